import type { Block, Lesson } from '@tt/api-client/lessons';
import type { QuizRules } from '@tt/api-client/quiz-attempts';
import { lazy, Suspense, type ReactNode } from 'react';
import { FileBlock } from './file-block';
import { HtmlBlock } from './html-block';
import { LinkBlock } from './link-block';
import { NoteBlock, type NoteKind } from './note-block';

// The player is a third of the code of a lesson; most lessons are text.
const VideoBlock = lazy(() => import('./video-block').then((module) => ({ default: module.VideoBlock })));

interface LessonBlockProps {
  block: Block;
  lesson: Lesson;
  /** The quiz is a feature of its own; the page brings the two together. */
  renderQuiz: (rules: QuizRules) => ReactNode;
}

const NOTES: readonly string[] = ['discussion', 'poll', 'survey', 'assignment'];

export function LessonBlock({ block, lesson, renderQuiz }: LessonBlockProps) {
  const note = (kind: NoteKind) => (
    <NoteBlock kind={kind} reason={block.unsupported?.reason ?? null} sourceType={block.unsupported?.source_type ?? null} />
  );
  if (block.kind === 'video' || block.kind === 'audio') {
    return (
      <Suspense fallback={<div className="aspect-video rounded-card bg-board" />}>
        <VideoBlock block={block} lesson={lesson} />
      </Suspense>
    );
  }
  if (block.quiz) return renderQuiz(block.quiz);
  if (NOTES.includes(block.kind)) return note(block.kind as NoteKind);
  if (block.embed) return <LinkBlock url={block.embed.url} title={block.embed.title} />;
  const children = block.children.map((child) => (
    <LessonBlock key={child.id} block={child} lesson={lesson} renderQuiz={renderQuiz} />
  ));
  const shown = block.html !== null || block.file !== null || children.length > 0;
  if (!shown) return note('unsupported');
  return (
    <>
      {block.html !== null && <HtmlBlock html={block.html} />}
      {block.file && (block.kind === 'image' ? <ImageBlock url={block.file.url} name={block.file.name} /> : <FileBlock file={block.file} />)}
      {children}
    </>
  );
}

function ImageBlock({ url, name }: { url: string; name: string }) {
  return <img src={url} alt={name} loading="lazy" decoding="async" className="max-w-full rounded-card" />;
}
