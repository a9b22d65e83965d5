import { describe, expect, it } from 'vitest';
import { mergeSegments, WatchTracker } from './watch-tracker';

function tracker() {
  let clock = 0;
  const watch = new WatchTracker(() => clock);
  return {
    watch,
    /** Plays `ms` of media in real time, sampled four times a second as `timeupdate` does. */
    run(fromMs: number, ms: number, rate = 1) {
      for (let step = 250; step <= ms; step += 250) {
        clock += 250 / rate;
        watch.sample(fromMs + step, rate);
      }
    },
  };
}

describe('mergeSegments', () => {
  it('joins overlapping and touching stretches and keeps real gaps', () => {
    expect(
      mergeSegments([
        { fromMs: 20_000, toMs: 30_000 },
        { fromMs: 0, toMs: 10_000 },
        { fromMs: 10_200, toMs: 12_000 },
        { fromMs: 25_000, toMs: 40_000 },
      ]),
    ).toEqual([
      { fromMs: 0, toMs: 12_000 },
      { fromMs: 20_000, toMs: 40_000 },
    ]);
  });

  it('counts a second watched twice once', () => {
    const again = { fromMs: 1000, toMs: 5000 };
    expect(mergeSegments([again, again])).toEqual([again]);
  });

  it('does not change its input', () => {
    const input = [
      { fromMs: 0, toMs: 10 },
      { fromMs: 5, toMs: 20 },
    ];
    mergeSegments(input);
    expect(input[0]).toEqual({ fromMs: 0, toMs: 10 });
  });
});

describe('WatchTracker', () => {
  it('gives one segment for play until pause', () => {
    const { watch, run } = tracker();
    watch.play(0);
    run(0, 10_000);
    watch.pause(10_000);
    expect(watch.take()).toEqual([{ fromMs: 0, toMs: 10_000 }]);
    expect(watch.take()).toEqual([]);
  });

  it('splits at a seek and never claims the skipped part', () => {
    const { watch, run } = tracker();
    watch.play(0);
    run(0, 5000);
    watch.seek(60_000);
    run(60_000, 5000);
    watch.pause(65_000);
    expect(watch.take()).toEqual([
      { fromMs: 0, toMs: 5000 },
      { fromMs: 60_000, toMs: 65_000 },
    ]);
  });

  it('notices a jump that no seek event announced', () => {
    const { watch, run } = tracker();
    watch.play(0);
    run(0, 2000);
    watch.sample(100_000, 1);
    run(100_000, 2000);
    watch.pause(102_000);
    expect(watch.take()).toEqual([
      { fromMs: 0, toMs: 2000 },
      { fromMs: 100_000, toMs: 102_000 },
    ]);
  });

  it('accepts fast playback as watching', () => {
    const { watch, run } = tracker();
    watch.play(0);
    run(0, 20_000, 2);
    watch.pause(20_000);
    expect(watch.take()).toEqual([{ fromMs: 0, toMs: 20_000 }]);
  });

  it('continues a running stretch across a flush without a gap', () => {
    const { watch, run } = tracker();
    watch.play(0);
    run(0, 5000);
    expect(watch.take()).toEqual([{ fromMs: 0, toMs: 5000 }]);
    run(5000, 5000);
    watch.pause(10_000);
    expect(watch.take()).toEqual([{ fromMs: 5000, toMs: 10_000 }]);
  });

  it('drops the crumbs of scrubbing', () => {
    const { watch } = tracker();
    watch.play(0);
    watch.seek(10_000);
    watch.seek(20_000);
    watch.pause(20_000);
    expect(watch.take()).toEqual([]);
  });
});
