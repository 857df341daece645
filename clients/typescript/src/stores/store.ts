import type { Client } from "../client.js";
import { ConnectionError, EventsLostError } from "../runtime/errors.js";
import type { EventFilter } from "../runtime/event_stream.js";
import { share } from "./share.js";

/** What a page shows. The same object until something changed. */
export interface Snapshot<Value> {
  /** None until it was read for the first time. */
  readonly value: Value | undefined;
  /** Whether it is read for the first time, or anew after something went wrong. */
  readonly isLoading: boolean;
  /** Why it could not be read. */
  readonly error: Error | undefined;
  /** Whether an action is under way. */
  readonly isBusy: boolean;
  /** Why the last action was not done. */
  readonly actionError: Error | undefined;
}

/** How stores behave. */
export interface StoreOptions {
  /** Milliseconds from one reading to the next at least, however much happens. Default: 250. */
  readonly pace?: number | undefined;
}

/**
 * Something of the service that stays up to date while somebody listens. `subscribe` and
 * `getSnapshot` are what React's `useSyncExternalStore` takes; both may be passed as they are.
 */
export abstract class Store<Value> {
  protected readonly client: Client;
  readonly #pace: number;
  readonly #listeners = new Set<() => void>();
  #snapshot: Snapshot<Value> = {
    value: undefined, isLoading: true, error: undefined, isBusy: false, actionError: undefined,
  };
  #actions = 0;
  /** Ends what follows the service for the present listeners. */
  #stop: (() => void) | undefined;
  #isReading = false;
  #isStale = false;
  #readAt = -Infinity;

  constructor(client: Client, options: StoreOptions = {}) {
    this.client = client;
    this.#pace = options.pace ?? 250;
  }

  /** Calls the listener after each change; gives back what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    // The same function may listen twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#end();
    };
  };

  readonly getSnapshot = (): Snapshot<Value> => this.#snapshot;

  /** Whether anybody listens. */
  get isUsed(): boolean {
    return this.#listeners.size > 0;
  }

  /** Reads it again, as a button "try again" does. */
  readonly refresh = (): void => {
    if (this.#stop === undefined) return;
    if (this.#snapshot.error) this.#set({ isLoading: true, error: undefined });
    this.#invalidate();
  };

  /** Which events tell that it has changed. */
  protected abstract events(): EventFilter;
  /** Reads it from the service. */
  protected abstract read(): Promise<Value>;

  /** Further things to follow; gives back what ends it. */
  protected followMore(): () => void {
    return () => undefined;
  }

  /** Takes a value that came by itself. */
  protected update(value: Value): void {
    this.#set({ value: share(this.#snapshot.value, value), isLoading: false, error: undefined });
  }

  /**
   * Does something, and reads again. It never rejects, so that a button may call it as it is: what
   * went wrong stands in the snapshot until the next action, and the promise gives nothing.
   */
  protected async act<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
    this.#actions += 1;
    this.#set({ isBusy: true, actionError: undefined });
    let result: Result | undefined;
    let actionError: Error | undefined;
    try {
      result = await action();
    } catch (error) {
      actionError = asError(error);
    }
    this.#actions -= 1;
    this.#set({
      isBusy: this.#actions > 0,
      actionError: actionError ?? this.#snapshot.actionError,
    });
    if (this.#stop) this.#invalidate();
    return result;
  }

  #set(changes: Partial<Snapshot<Value>>): void {
    const next = { ...this.#snapshot, ...changes };
    const keys = Object.keys(changes) as (keyof Snapshot<Value>)[];
    if (keys.every((key) => Object.is(next[key], this.#snapshot[key]))) return;
    this.#snapshot = next;
    for (const listener of [...this.#listeners]) listener();
  }

  #start(): void {
    const following = new Following(this.client, this.events(), {
      changed: () => this.#invalidate(),
      failed: (error) => this.#set({ error, isLoading: false }),
    });
    const endMore = this.followMore();
    this.#stop = () => {
      following.end();
      endMore();
    };
  }

  #end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Reads once more, after the reading that is under way. */
  #invalidate(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#readWhileStale();
  }

  async #readWhileStale(): Promise<void> {
    this.#isReading = true;
    while (this.#isStale && this.#stop !== undefined) {
      const wait = this.#readAt + this.#pace - Date.now();
      if (wait > 0 && wait <= this.#pace) {
        await new Promise<void>((resolve) => setTimeout(resolve, wait));
      }
      this.#isStale = false;
      this.#readAt = Date.now();
      try {
        this.update(await this.read());
      } catch (error) {
        this.#set({ error: asError(error), isLoading: false });
      }
    }
    this.#isReading = false;
  }
}

interface FollowingListener {
  changed(): void;
  failed(error: Error): void;
}

/** Follows events for as long as it takes, over lost connections and lost events. */
class Following {
  readonly #client: Client;
  readonly #filter: EventFilter;
  readonly #listener: FollowingListener;
  #hasEnded = false;
  #endStream: (() => void) | undefined;

  constructor(client: Client, filter: EventFilter, listener: FollowingListener) {
    this.#client = client;
    this.#filter = filter;
    this.#listener = listener;
    void this.#run();
  }

  end(): void {
    this.#hasEnded = true;
    this.#endStream?.();
  }

  async #run(): Promise<void> {
    while (!this.#hasEnded) {
      const stream = this.#client.follow(this.#filter, { gaps: "tell" });
      this.#endStream = () => void stream.return();
      try {
        await stream.ready;
        // Read after the service follows, so that nothing between the two is missed.
        this.#listener.changed();
        for await (const _ of stream) this.#listener.changed();
        return;
      } catch (error) {
        if (this.#hasEnded) return;
        const isPassing = error instanceof EventsLostError || error instanceof ConnectionError;
        this.#listener.failed(asError(error));
        if (!isPassing || this.#client.isClosed) return;
      }
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
