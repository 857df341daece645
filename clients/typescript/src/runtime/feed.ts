import { OperationCenterError } from "./errors.js";
import type { Signal } from "./method.js";
import type { Follower, Session } from "./session.js";

/** How something is followed. */
export interface FollowOptions {
  /** Ends it; whoever waits for the next gets the signal's reason. */
  readonly signal?: Signal | undefined;
  /** Milliseconds in which a lost connection must be there again. Default: 60,000. */
  readonly patience?: number | undefined;
}

interface Waiter<Item> {
  resolve(result: IteratorResult<Item, undefined>): void;
  reject(error: unknown): void;
}

/**
 * What both kinds of following have in common: it subscribes at once, subscribes again after a lost
 * connection, and gives one item after the other to whoever asks.
 */
export abstract class Feed<Item> implements AsyncIterableIterator<Item>, Follower {
  /** Settled when the service follows for the first time: what happens afterwards will come. */
  readonly ready: Promise<void>;
  protected readonly session: Session;
  protected readonly patience: number;
  readonly #signal: Signal | undefined;
  readonly #waiters: Waiter<Item>[] = [];
  #resolveReady!: () => void;
  #rejectReady!: (error: unknown) => void;
  #isAsking = false;
  #hasEnded = false;
  #failure: { readonly error: unknown } | undefined;

  protected constructor(session: Session, options: FollowOptions) {
    this.session = session;
    this.patience = options.patience ?? 60_000;
    this.#signal = options.signal;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Whoever only iterates gets the error there.
    this.ready.catch(() => undefined);
  }

  /** The oldest item that nobody has had; it is taken. */
  protected abstract take(): { readonly item: Item } | undefined;
  /** Asks the service, and calls `answered` while the answer is looked at. */
  protected abstract subscribe(): Promise<void>;
  /** Tells the service that nothing more is wanted. */
  protected abstract unsubscribe(): void;
  /** What a refused subscription means; throws it, or goes on otherwise. */
  protected abstract refused(error: unknown): void;

  next(): Promise<IteratorResult<Item, undefined>> {
    const taken = this.take();
    if (taken) return Promise.resolve({ done: false, value: taken.item });
    const failure = this.#failure;
    if (failure) {
      // It is told once.
      this.#failure = undefined;
      return Promise.reject(failure.error);
    }
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** Ends it, as leaving a `for await` does. */
  return(): Promise<IteratorResult<Item, undefined>> {
    this.finish();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  lost(_reason: Error): void {
    this.open();
  }

  closed(reason: Error): void {
    this.finish({ error: reason });
  }

  /** Begins; not in the constructor, where the rest of it is not there yet. */
  protected begin(): void {
    const signal = this.#signal;
    if (signal?.aborted === true) {
      this.finish({ error: signal.reason });
      return;
    }
    signal?.addEventListener("abort", this.#onAbort);
    this.open();
    // A session that has ended says so at once.
    this.session.addFollower(this);
  }

  protected get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Subscribes, once at a time: a call that is lost with its connection is repeated by itself. */
  protected open(): void {
    if (this.#isAsking || this.#hasEnded) return;
    this.#isAsking = true;
    void this.#ask();
  }

  /**
   * The service follows. Said while its answer is looked at, since the connection may be lost
   * before anything else runs.
   */
  protected answered(): void {
    this.#isAsking = false;
    this.#resolveReady();
  }

  /** Gives what there is to whoever waits. */
  protected deliver(): void {
    while (this.#waiters.length > 0) {
      const taken = this.take();
      if (!taken) return;
      this.#waiters.shift()?.resolve({ done: false, value: taken.item });
    }
  }

  protected finish(failure?: { readonly error: unknown }): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.session.removeFollower(this);
    this.unsubscribe();
    this.#rejectReady(failure ? failure.error : new OperationCenterError("ended before it began"));
    const [first, ...others] = this.#waiters.splice(0);
    if (failure && first) first.reject(failure.error);
    else if (failure) this.#failure = failure;
    else first?.resolve({ done: true, value: undefined });
    for (const waiter of others) waiter.resolve({ done: true, value: undefined });
  }

  readonly #onAbort = (): void => {
    this.finish({ error: this.#signal?.reason });
  };

  async #ask(): Promise<void> {
    try {
      await this.subscribe();
      if (this.#hasEnded) this.unsubscribe();
    } catch (error) {
      this.#isAsking = false;
      if (this.#hasEnded) return;
      try {
        this.refused(error);
      } catch (failure) {
        this.finish({ error: failure });
      }
    }
  }
}
