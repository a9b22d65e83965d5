/** What we change on the video element; here, because hooks may not modify what they are given. */

export function moveTo(video: HTMLVideoElement, ms: number): void {
  const end = Number.isFinite(video.duration) ? video.duration : Infinity;
  video.currentTime = Math.min(end, Math.max(0, ms / 1000));
}

export function setRate(video: HTMLVideoElement, rate: number): void {
  video.playbackRate = rate;
}

export function toggleSound(video: HTMLVideoElement): void {
  video.muted = !video.muted;
}

/** Shows the captions of one language, or none. */
export function showTrack(video: HTMLVideoElement, language: string | null): void {
  for (const track of video.textTracks) track.mode = track.language === language ? 'showing' : 'disabled';
}

/** Refused when the browser wants a gesture or the file failed; the button then still says "Play". */
export function play(video: HTMLVideoElement): void {
  void video.play().catch(() => undefined);
}

/** iPhones can only show the bare video in full screen, not our controls. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

export function toggleFullscreen(frame: HTMLElement | null, video: AppleVideo): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (frame && document.fullscreenEnabled) void frame.requestFullscreen();
  else video.webkitEnterFullscreen?.();
}
