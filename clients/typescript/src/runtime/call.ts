import { CallTimeoutError, ConnectionLostError } from "./errors.js";
import type { Method, Signal } from "./method.js";
import { refused } from "./refusals.js";
import type { WireRefusal } from "./refusals.js";

/** What a call is made from. */
export interface CallRequest {
  readonly method: Method<unknown, unknown>;
  /** The params as JSON, written once: what the caller changes afterwards changes nothing. */
  readonly body: string;
  readonly isRepeatable: boolean;
  readonly timeout: number;
  readonly signal?: Signal | undefined;
  /** Runs before anything behind the answer is looked at, so that no notification is missed. */
  readonly onAnswer?: ((result: unknown) => void) | undefined;
}

/** What a call is sent over. */
export interface Carrier {
  cancel(call: Call): void;
}

/** One call on its way: it is settled once, whatever happens. */
export class Call {
  readonly method: Method<unknown, unknown>;
  readonly body: string;
  readonly isRepeatable: boolean;
  readonly answer: Promise<unknown>;
  /** Its identifier on the wire; none while it waits for a connection. */
  id: number | undefined;
  isSettled = false;
  /** Who is told when it is given up, while it is on the wire. */
  carrier: Carrier | undefined;
  /** Why there is no connection, while it waits for one. */
  obstacle: Error | undefined;

  readonly #request: CallRequest;
  readonly #timer: Timer | undefined;
  readonly #onAbort: (() => void) | undefined;
  #resolve!: (result: unknown) => void;
  #reject!: (error: unknown) => void;

  constructor(request: CallRequest) {
    this.#request = request;
    this.method = request.method;
    this.body = request.body;
    this.isRepeatable = request.isRepeatable;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Timers take 31 bits; longer is for ever.
    if (request.timeout < 2 ** 31) {
      this.#timer = setTimeout(() => this.#giveUp(this.#lateness()), request.timeout);
    }
    if (request.signal) {
      this.#onAbort = () => this.#giveUp(request.signal?.reason);
      request.signal.addEventListener("abort", this.#onAbort);
    }
  }

  /** The method's name as JSON. */
  get quotedName(): string {
    return JSON.stringify(this.method.name);
  }

  succeed(result: unknown): void {
    if (!this.#settle()) return;
    try {
      this.#request.onAnswer?.(result);
      this.#resolve(result);
    } catch (error) {
      this.#reject(error);
    }
  }

  refuse(error: WireRefusal): void {
    this.fail(refused(this.method.name, error));
  }

  fail(error: unknown): void {
    if (this.#settle()) this.#reject(error);
  }

  #lateness(): Error {
    const { name } = this.method;
    const { timeout } = this.#request;
    return this.id === undefined
      ? new ConnectionLostError(`${name}: no connection within ${timeout} ms`, this.obstacle)
      : new CallTimeoutError(`${name}: no answer within ${timeout} ms`, this.obstacle);
  }

  #giveUp(error: unknown): void {
    if (this.isSettled) return;
    this.carrier?.cancel(this);
    this.fail(error);
  }

  #settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#onAbort) this.#request.signal?.removeEventListener("abort", this.#onAbort);
    return true;
  }
}
