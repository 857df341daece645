import type { Call } from "./call.js";
import type { Caller, CallOptions, Method } from "./method.js";
import { Pages } from "./pages.js";
import type { Session } from "./session.js";

/** What became of each call of a batch. */
export type Outcomes<Calls extends readonly unknown[]> = {
  -readonly [Index in keyof Calls]: PromiseSettledResult<Awaited<Calls[Index]>>;
};

/** Gathers calls, so that they go as one message. */
export class Batch implements Caller {
  readonly #session: Session;
  readonly #calls: Call[] = [];
  #isSent = false;

  constructor(session: Session) {
    this.#session = session;
  }

  call<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options: CallOptions = {},
  ): Promise<Result> {
    // The next page of a list, or a call that was made too late: alone is as good.
    if (this.#isSent) return this.#session.call(method, params, options);
    try {
      const call = this.#session.prepare(method, params, options);
      this.#calls.push(call);
      return call.answer as Promise<Result>;
    } catch (error) {
      const refused = Promise.reject(error);
      // It may not be in the list that is waited for.
      refused.catch(() => undefined);
      return refused;
    }
  }

  /** Sends what was gathered, and waits for what became of it. */
  send<Calls extends readonly unknown[]>(calls: readonly [...Calls]): Promise<Outcomes<Calls>> {
    const answers = calls.map((each) => (each instanceof Pages ? each.first() : each));
    this.#isSent = true;
    // A call that is not in the list may fail without anybody to hear it.
    for (const call of this.#calls) call.answer.catch(() => undefined);
    if (this.#calls.length > 0) this.#session.submit(this.#calls);
    return Promise.allSettled(answers) as Promise<Outcomes<Calls>>;
  }
}
