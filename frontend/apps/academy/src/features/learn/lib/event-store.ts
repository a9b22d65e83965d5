import type { ProgressEvent } from '@tt/api-client/progress';

/** Where events wait until the server has acknowledged them. */
export interface EventStore {
  add(events: readonly ProgressEvent[]): Promise<void>;
  /** The oldest events first. */
  peek(limit: number): Promise<ProgressEvent[]>;
  remove(eventIds: readonly string[]): Promise<void>;
}

export class MemoryEventStore implements EventStore {
  private readonly events = new Map<string, ProgressEvent>();

  async add(events: readonly ProgressEvent[]): Promise<void> {
    for (const event of events) this.events.set(event.event_id, event);
  }

  async peek(limit: number): Promise<ProgressEvent[]> {
    return [...this.events.values()].slice(0, limit);
  }

  async remove(eventIds: readonly string[]): Promise<void> {
    for (const id of eventIds) this.events.delete(id);
  }
}

const DATABASE = 'tt-progress';
const STORE = 'events';

/** Events in IndexedDB, apart by user: what one learner did is never sent with another's token. */
export class IndexedDbEventStore implements EventStore {
  private readonly opened: Promise<IDBDatabase>;

  constructor(private readonly userId: string) {
    this.opened = openDatabase();
  }

  async add(events: readonly ProgressEvent[]): Promise<void> {
    await this.write((store) => {
      for (const event of events) store.put(event, [this.userId, event.event_id]);
    });
  }

  async peek(limit: number): Promise<ProgressEvent[]> {
    const database = await this.opened;
    const store = database.transaction(STORE, 'readonly').objectStore(STORE);
    // Event ids are UUIDv7, so key order is the order in which things happened.
    const mine = IDBKeyRange.bound([this.userId, ''], [this.userId, '\uffff']);
    return requestResult<ProgressEvent[]>(store.getAll(mine, limit));
  }

  async remove(eventIds: readonly string[]): Promise<void> {
    await this.write((store) => {
      for (const id of eventIds) store.delete([this.userId, id]);
    });
  }

  private async write(change: (store: IDBObjectStore) => void): Promise<void> {
    const database = await this.opened;
    const transaction = database.transaction(STORE, 'readwrite');
    change(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB write failed'));
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB write aborted'));
    });
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return requestResult(request);
}

function requestResult<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request failed'));
  });
}

/** Private windows may refuse IndexedDB; progress then lives as long as the page. */
export async function openEventStore(userId: string): Promise<EventStore> {
  try {
    const store = new IndexedDbEventStore(userId);
    await store.peek(1);
    return store;
  } catch {
    return new MemoryEventStore();
  }
}
