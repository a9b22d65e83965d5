import type { ProgressReceipt } from '@tt/api-client/progress';

/** Tells those who are interested what the server stored. */
export class Receipts {
  private readonly listeners = new Set<(receipt: ProgressReceipt) => void>();

  readonly subscribe = (listener: (receipt: ProgressReceipt) => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  publish(receipt: ProgressReceipt): void {
    for (const listener of this.listeners) listener(receipt);
  }
}
