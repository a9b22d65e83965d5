import { useEffect, type RefObject } from 'react';
import { progressEvent, segmentEvents, type EventSubject } from '../../lib/progress-event';
import type { ProgressEvent } from '@tt/api-client/progress';
import { PositionStore } from '../../lib/resume-position';
import { WatchTracker } from '../../lib/watch-tracker';
import { useProgress, type ProgressPort } from '../../state/progress-context';

/** A long unbroken stretch is reported this often, so that a crash loses little. */
const FLUSH_EVERY_MS = 5 * 60_000;
/** Seeking about is reported once, when it has come to rest. */
const SEEK_REST_MS = 2000;
/** The position on this device is written this often while playing. */
const HEARTBEAT_MS = 5000;

interface Subject extends EventSubject {
  blockId: string;
  /** What the server knew when the lesson was loaded. */
  serverPositionMs: number | null;
}

/** Reports what is watched and where the playhead rests. Does nothing for visitors. */
export function useWatchTracking(ref: RefObject<HTMLVideoElement | null>, subject: Subject): void {
  const progress = useProgress();
  const { courseId, lessonId, blockId, serverPositionMs } = subject;
  useEffect(() => {
    const video = ref.current;
    if (!video || !progress) return;
    const watcher = new Watcher(video, progress, { courseId, lessonId, blockId, serverPositionMs });
    return watcher.start();
    // The server's position changes with our own reports; only the one at load time matters here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ref, progress, courseId, lessonId, blockId]);
}

class Watcher {
  private readonly tracker = new WatchTracker();
  private readonly positions: PositionStore;
  private readonly sent = new Map<string, number>();
  private serverMs: number | null;
  private reportedMs: number;
  /** Before the first play or seek the playhead says nothing about the learner. */
  private touched = false;
  private savedAt = 0;
  private seekTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly progress: ProgressPort,
    private readonly subject: Subject,
  ) {
    this.positions = new PositionStore(progress.userId);
    this.serverMs = subject.serverPositionMs;
    this.reportedMs = subject.serverPositionMs ?? 0;
  }

  /** Listens until the returned function is called, which reports the rest. */
  start(): () => void {
    const { video } = this;
    const listening = new AbortController();
    const on = (name: string, handle: () => void) => {
      video.addEventListener(name, handle, { signal: listening.signal });
    };
    on('playing', () => { this.played(); });
    on('timeupdate', () => { this.beat(); });
    on('seeking', () => { this.seeked(); });
    on('pause', () => { this.paused(); });
    on('ended', () => { this.paused(); });
    const hide = () => {
      if (document.visibilityState === 'hidden') this.flush(true);
    };
    document.addEventListener('visibilitychange', hide, { signal: listening.signal });
    window.addEventListener('pagehide', () => { this.flush(true); }, { signal: listening.signal });
    const interval = setInterval(() => { this.flush(false); }, FLUSH_EVERY_MS);
    const stopReceipts = this.progress.onReceipt((receipt) => {
      this.acknowledge([...receipt.accepted, ...receipt.duplicates]);
    });
    return () => {
      listening.abort();
      clearInterval(interval);
      clearTimeout(this.seekTimer);
      this.flush(false);
      stopReceipts();
    };
  }

  private get positionMs(): number {
    return Math.round(this.video.currentTime * 1000);
  }

  private beat(): void {
    this.tracker.sample(this.positionMs, this.video.playbackRate);
    if (this.tracker.playing && performance.now() - this.savedAt > HEARTBEAT_MS) this.remember();
  }

  private played(): void {
    this.touched = true;
    this.tracker.play(this.positionMs);
  }

  private seeked(): void {
    this.touched = true;
    this.tracker.seek(this.positionMs);
    clearTimeout(this.seekTimer);
    this.seekTimer = setTimeout(() => { this.flush(false); }, SEEK_REST_MS);
  }

  private paused(): void {
    this.tracker.pause(this.positionMs);
    this.flush(false);
  }

  private remember(): void {
    this.savedAt = performance.now();
    this.positions.write(this.subject.blockId, { positionMs: this.positionMs, serverMs: this.serverMs });
  }

  private flush(hiding: boolean): void {
    const events = this.collect();
    if (events.length === 0) return;
    this.remember();
    for (const event of events) this.sent.set(event.event_id, event.data?.position_ms ?? this.positionMs);
    if (hiding) this.progress.trackBeforeHide(events);
    else this.progress.track(events);
  }

  private collect(): ProgressEvent[] {
    const { video, positionMs } = this;
    const durationMs = Number.isFinite(video.duration) ? video.duration * 1000 : null;
    const segments = segmentEvents(this.subject, this.tracker.take(), positionMs, durationMs);
    if (segments.length === 0 && (!this.touched || positionMs === this.reportedMs)) return [];
    this.reportedMs = positionMs;
    if (segments.length > 0) return segments;
    return [progressEvent('video.position', this.subject, { position_ms: positionMs })];
  }

  /** From now on the server knows this position, so a different one there is from another device. */
  private acknowledge(eventIds: readonly string[]): void {
    for (const id of eventIds) {
      const positionMs = this.sent.get(id);
      if (positionMs === undefined) continue;
      this.sent.delete(id);
      this.serverMs = positionMs;
      this.remember();
    }
  }
}
