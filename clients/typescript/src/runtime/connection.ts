import type { Transport, Wire, WireListener } from "../transports/transport.js";
import type { Call, Carrier } from "./call.js";
import {
  ClientClosedError,
  ConnectError,
  ConnectionLostError,
  ProtocolError,
} from "./errors.js";
import type { WireRefusal } from "./refusals.js";

/** Who hears of a connection. */
export interface ConnectionListener {
  notification(method: string, params: unknown): void;
  /** `calls` are those that were not answered. Comes once, and nothing after it. */
  ended(reason: Error, calls: readonly Call[]): void;
}

interface WireMessage {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: WireRefusal;
}

/** One connection, from its beginning to its end: gives each answer to its call. */
export class Connection implements Carrier, WireListener {
  readonly #listener: ConnectionListener;
  readonly #inFlight = new Map<number, Call>();
  #wire: Wire | undefined;
  #nextID = 1;
  #hasEnded = false;
  #answers = 0;

  private constructor(listener: ConnectionListener) {
    this.#listener = listener;
  }

  static async open(
    transport: Transport,
    listener: ConnectionListener,
    timeout: number,
  ): Promise<Connection> {
    const connection = new Connection(listener);
    const opening = transport.open(connection);
    const wire = await within(timeout, opening, () => {
      // A wire that comes too late is not wanted any more.
      opening.then((late) => late.destroy(), () => undefined);
      return new ConnectError(`${transport.name}: no connection within ${timeout} ms`);
    });
    connection.#wire = wire;
    if (connection.#hasEnded) throw new ConnectError(`${transport.name} ended at once`);
    return connection;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** How many answers came. A service that takes calls and ends must not be called in a hurry. */
  get answers(): number {
    return this.#answers;
  }

  /** Sends one call, or several in one batch. */
  send(calls: readonly Call[]): void {
    const texts = calls.map((call) => this.#begin(call));
    this.#wire?.send(texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(",")}]`);
  }

  async close(reason: Error): Promise<void> {
    const wire = this.#wire;
    const closed = wire?.close();
    this.ended(reason);
    await closed;
  }

  /** For a peer that does not answer, or not in JSON-RPC. */
  abandon(reason: Error): void {
    this.#wire?.destroy();
    this.ended(reason);
  }

  /** Tells the service that nobody waits for the answer any more. */
  cancel(call: Call): void {
    const { id } = call;
    if (id === undefined || !this.#inFlight.delete(id)) return;
    this.#wire?.send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":${id}}}`);
  }

  message(text: string): void {
    if (this.#hasEnded) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      this.abandon(new ProtocolError("a message is no JSON", error));
      return;
    }
    if (Array.isArray(value)) value.forEach((each) => this.#take(each));
    else this.#take(value);
  }

  ended(reason: Error): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const calls = [...this.#inFlight.values()];
    this.#inFlight.clear();
    for (const call of calls) {
      call.id = undefined;
      call.carrier = undefined;
    }
    this.#listener.ended(reason, calls);
  }

  #begin(call: Call): string {
    const id = this.#nextID;
    this.#nextID += 1;
    call.id = id;
    call.carrier = this;
    this.#inFlight.set(id, call);
    return `{"jsonrpc":"2.0","id":${id},"method":${call.quotedName},"params":${call.body}}`;
  }

  #take(value: unknown): void {
    if (typeof value !== "object" || value === null) {
      this.abandon(new ProtocolError("a message is no object"));
      return;
    }
    const message = value as WireMessage;
    if (typeof message.method === "string") {
      this.#listener.notification(message.method, message.params);
      return;
    }
    if (typeof message.id !== "number") {
      // The service could not read a message, and cannot say which: some call would wait in vain.
      const text = message.error?.message;
      const words = typeof text === "string" ? text : "an answer belongs to no call";
      this.abandon(new ProtocolError(words));
      return;
    }
    const call = this.#inFlight.get(message.id);
    // The answer to a call that was given up.
    if (call === undefined) return;
    this.#inFlight.delete(message.id);
    this.#answers += 1;
    if (typeof message.error === "object" && message.error !== null) call.refuse(message.error);
    else call.succeed(message.result);
  }
}

/** The value of a promise, or an error when it takes too long. */
export async function within<Value>(
  timeout: number,
  promise: Promise<Value>,
  lateness: () => Error,
): Promise<Value> {
  let timer: Timer | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lateness()), timeout);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    if (timer !== undefined) clearTimeout(timer);
  }
}

/** The error of a call whose connection ended. */
export function lostError(call: Call, reason: Error): Error {
  if (reason instanceof ClientClosedError || reason instanceof ProtocolError) return reason;
  return new ConnectionLostError(`${call.method.name}: ${reason.message}`, reason);
}
