import type { Block, Lesson } from '@tt/api-client/lessons';
import { flatten } from '../../lib/completion';
import { ownSources } from '../../lib/video-sources';
import { VideoPlayer } from '../video/video-player';
import { YoutubeVideo } from '../video/youtube-video';
import { LinkBlock } from './link-block';
import { NoteBlock } from './note-block';

export function VideoBlock({ block, lesson }: { block: Block; lesson: Lesson }) {
  const { video } = block;
  const sources = video ? ownSources(video, window.location.origin) : [];
  if (video && sources.length > 0) {
    return (
      <VideoPlayer
        video={{ ...video, sources }}
        title={lesson.title}
        courseId={lesson.course.id}
        lessonId={lesson.id}
        blockId={block.id}
        serverPositionMs={hasOneVideo(lesson) ? (lesson.progress?.position_ms ?? null) : null}
      />
    );
  }
  if (video?.youtube_id) return <YoutubeVideo id={video.youtube_id} title={lesson.title} />;
  const foreign = video?.sources[0];
  if (foreign) return <LinkBlock url={foreign.url} title={null} />;
  return <NoteBlock kind="unsupported" reason={block.unsupported?.reason ?? null} sourceType={block.unsupported?.source_type ?? 'video'} />;
}

/** The server keeps one position a lesson; with several videos it cannot say whose it is. */
function hasOneVideo(lesson: Lesson): boolean {
  return flatten(lesson.blocks).filter((block) => block.kind === 'video').length === 1;
}
