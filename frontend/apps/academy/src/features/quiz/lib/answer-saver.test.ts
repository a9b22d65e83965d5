import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttemptItem, QuizResponse } from '@tt/api-client/quiz-attempts';
import { AnswerSaver, type SaveOutcome } from './answer-saver';
import { AnswerVault } from './answer-vault';

function item(slot: number, response: QuizResponse | null = null, response_seq = 0): AttemptItem {
  return { slot, type: 'single_choice', response, response_seq } as AttemptItem;
}

function saved(slot: number, client_seq: number): SaveOutcome {
  return {
    kind: 'saved',
    answer: { slot, client_seq, saved_at: '2026-01-01T00:00:01Z', server_time: '2026-01-01T00:00:01Z' },
  };
}

function setup(items: AttemptItem[], answers: SaveOutcome[] = []) {
  const sent: [number, QuizResponse, number][] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const onServerTime = vi.fn();
  const saver = new AnswerSaver({
    items,
    vault: new AnswerVault('a1'),
    onServerTime,
    random: () => 1,
    setTimer: (run, ms) => timers.push({ run, ms }),
    clearTimer: () => undefined,
    put: async (slot, response, seq) => {
      sent.push([slot, response, seq]);
      return answers.shift() ?? saved(slot, seq);
    },
  });
  return { saver, sent, timers, onServerTime };
}

describe('AnswerSaver', () => {
  beforeEach(() => localStorage.clear());

  it('saves an answer and says so', async () => {
    const { saver, sent, onServerTime } = setup([item(1), item(2)]);
    saver.answer(1, { option: 'a' });
    expect(saver.getState()).toMatchObject({ status: 'saving', unsaved: 1 });
    await saver.flush();
    expect(sent).toEqual([[1, { option: 'a' }, 1]]);
    expect(saver.getState()).toMatchObject({ status: 'saved', unsaved: 0, savedAt: '2026-01-01T00:00:01Z' });
    expect(onServerTime).toHaveBeenCalledWith('2026-01-01T00:00:01Z');
  });

  it('sends the newest answer when the learner changes it during a request', async () => {
    const { saver, sent } = setup([item(1)]);
    saver.answer(1, { option: 'a' });
    saver.answer(1, { option: 'b' });
    saver.answer(1, { option: 'c' });
    await saver.flush();
    expect(sent).toEqual([
      [1, { option: 'a' }, 1],
      [1, { option: 'c' }, 3],
    ]);
    expect(saver.getState().unsaved).toBe(0);
  });

  it('continues the numbering of the server', async () => {
    const { saver, sent } = setup([item(1, { option: 'a' }, 4)]);
    expect(saver.getState().answers.get(1)).toEqual({ option: 'a' });
    saver.answer(1, { option: 'b' });
    await saver.flush();
    expect(sent[0]?.[2]).toBe(5);
  });

  it('keeps answers while offline, also across a reload, and sends them later', async () => {
    const first = setup([item(1)], [{ kind: 'retry', retryAfterMs: null }]);
    first.saver.answer(1, { option: 'a' });
    await first.saver.flush();
    expect(first.saver.getState()).toMatchObject({ status: 'waiting', unsaved: 1 });
    expect(first.timers[0]?.ms).toBe(1000);

    const second = setup([item(1)]);
    expect(second.saver.getState().answers.get(1)).toEqual({ option: 'a' });
    await second.saver.flush();
    expect(second.sent).toEqual([[1, { option: 'a' }, 1]]);
    expect(second.saver.getState().unsaved).toBe(0);
  });

  it('after a reload prefers a newer answer given on another device', () => {
    new AnswerVault('a1').write(new Map([[1, { response: { option: 'old' }, seq: 2, saved: false }]]));
    const { saver } = setup([item(1, { option: 'newer' }, 3)]);
    expect(saver.getState()).toMatchObject({ unsaved: 0 });
    expect(saver.getState().answers.get(1)).toEqual({ option: 'newer' });
  });

  it('puts the answer on top when the server already knows a higher number', async () => {
    const { saver, sent } = setup([item(1)], [saved(1, 9)]);
    saver.answer(1, { option: 'a' });
    await saver.flush();
    expect(sent.map(([, , seq]) => seq)).toEqual([1, 10]);
  });

  it('obeys Retry-After', async () => {
    const { saver, timers } = setup([item(1)], [{ kind: 'retry', retryAfterMs: 9000 }]);
    saver.answer(1, { option: 'a' });
    await saver.flush();
    expect(timers[0]?.ms).toBe(9000);
  });

  it('stops for good when the attempt is closed', async () => {
    const { saver, sent } = setup([item(1)], [{ kind: 'closed' }]);
    saver.answer(1, { option: 'a' });
    await saver.flush();
    saver.answer(1, { option: 'b' });
    await saver.flush();
    expect(sent).toHaveLength(1);
    expect(saver.getState().closed).toBe(true);
  });

  it('reports a refused answer and still saves the others', async () => {
    const { saver, sent } = setup([item(1), item(2)], [{ kind: 'refused' }]);
    saver.answer(1, { option: '?' });
    saver.answer(2, { option: 'b' });
    await saver.flush();
    expect(sent.map(([slot]) => slot)).toEqual([1, 2]);
    expect(saver.getState()).toMatchObject({ status: 'refused', unsaved: 1 });
  });

  it('keeps answers of an ended session', async () => {
    const { saver, timers } = setup([item(1)], [{ kind: 'signed_out' }]);
    saver.answer(1, { option: 'a' });
    await saver.flush();
    expect(saver.getState()).toMatchObject({ signedOut: true, unsaved: 1 });
    expect(timers).toEqual([]);
  });
});
