import type { Video } from '@tt/api-client/lessons';

/** Files on our own origin: only these may be played, because nothing foreign loads by itself. */
export function ownSources(video: Video, origin: string): Video['sources'] {
  return video.sources.filter((source) => new URL(source.url, origin).origin === origin);
}
