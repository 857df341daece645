import type { Check } from "./check.js";

/** The params of a method that takes none. */
export type NoParams = { readonly [key: string]: never };

/**
 * Whether a call whose answer was lost with the connection may be made again: `always` where it
 * changes nothing or is harmless by nature, `with_key` where an idempotency key makes it so.
 */
export type Repeat = "always" | "with_key" | "never";

/** A method of the service. The last two members carry types only. */
export interface Method<Params, Result> {
  /** On the wire, such as `campaign.start`. */
  readonly name: string;
  readonly check: Check;
  readonly repeat: Repeat;
  readonly paramsType?: Params;
  readonly resultType?: Result;
}

/** What is needed of an `AbortSignal`; every one of them will do. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How one call is made. */
export interface CallOptions {
  /** Milliseconds until the call is given up, reconnecting included. Default: the client's. */
  readonly timeout?: number | undefined;
  /** Gives the call up, here and in the service. The call then rejects with the signal's reason. */
  readonly signal?: Signal | undefined;
}

/** Whoever can make a call: a client, or a batch. */
export interface Caller {
  call<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options?: CallOptions,
  ): Promise<Result>;
}
