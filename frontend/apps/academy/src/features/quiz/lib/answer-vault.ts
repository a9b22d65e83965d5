import { QuizResponse } from '@tt/api-client/quiz-attempts';
import { z } from '@tt/api-client/schema';

const VaultEntry = z.object({
  response: QuizResponse,
  seq: z.int().check(z.positive()),
  saved: z.boolean(),
});
export type VaultEntry = z.infer<typeof VaultEntry>;

const Contents = z.array(z.tuple([z.number(), VaultEntry]));

/**
 * The answers of one attempt in localStorage: synchronous, so that a reload or crash between a
 * keystroke and the request loses nothing.
 */
export class AnswerVault {
  constructor(
    private readonly attemptId: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
  ) {}

  read(): Map<number, VaultEntry> {
    try {
      const parsed = Contents.safeParse(JSON.parse(this.storage.getItem(this.key) ?? '[]'));
      return new Map(parsed.success ? parsed.data : []);
    } catch {
      return new Map();
    }
  }

  write(entries: ReadonlyMap<number, VaultEntry>): void {
    try {
      this.storage.setItem(this.key, JSON.stringify([...entries]));
    } catch {
      // Storage full or blocked: the answers stay in memory and go to the server as usual.
    }
  }

  clear(): void {
    this.storage.removeItem(this.key);
  }

  private get key(): string {
    return `tt.quiz.${this.attemptId}`;
  }
}
