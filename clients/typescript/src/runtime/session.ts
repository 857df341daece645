import { UnauthenticatedError } from "../generated/errors.js";
import * as methods from "../generated/methods.js";
import type { Transport } from "../transports/transport.js";
import type { Call } from "./call.js";
import { lostError } from "./connection.js";
import type { Connection } from "./connection.js";
import { Connector } from "./connector.js";
import {
  CallTimeoutError,
  ClientClosedError,
  ConnectError,
  ConnectionLostError,
  ProtocolError,
} from "./errors.js";
import { Heartbeat } from "./heartbeat.js";
import type { Caller, CallOptions, Method } from "./method.js";
import type { ClientOptions } from "./options.js";
import { prepareCall } from "./prepare.js";
import type { CallDefaults } from "./prepare.js";

/** Something that lives on a connection and wants to go on on the next. */
export interface Follower {
  lost(reason: Error): void;
  closed(reason: Error): void;
}

/** What the service allows in one batch. */
const batchCalls = 100;
/** What a timer takes; beyond that it would run off at once. */
const longestTimer = 2 ** 31 - 1;
const firstPause = 20;
const longestPause = 1000;

/** Calls over one connection after the other: what waits when one is lost goes on on the next. */
export class Session implements Caller {
  readonly #transport: Transport;
  readonly #options: ClientOptions;
  readonly #connectTimeout: number;
  readonly #defaults: CallDefaults;
  readonly #connector: Connector;
  readonly #followers = new Set<Follower>();
  readonly #sinks = new Map<string, (params: unknown) => void>();
  readonly #listeners = new Set<(method: string, params: unknown) => void>();
  readonly #heartbeat: Heartbeat;
  #connection: Connection | undefined;
  #queue: (readonly Call[])[] = [];
  #isConnecting = false;
  /** Milliseconds before the next attempt: it grows until a service answers. */
  #pause = 0;
  /** Answers that came before the connection was ready. */
  #greetings = 0;
  #end: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(transport: Transport, options: ClientOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#connectTimeout = Math.min(options.connectTimeout ?? 10_000, longestTimer);
    this.#defaults = {
      timeout: options.timeout ?? 30_000,
      messageBytes: options.messageBytes ?? 6 << 20,
    };
    this.#connector = new Connector(transport, this.#connectTimeout, this.#defaults, {
      notification: (method, params) => this.#notify(method, params),
      ended: (connection, reason, calls) => this.#lost(connection, reason, calls),
    });
    this.#heartbeat = new Heartbeat(
      Math.min(options.heartbeat ?? 30_000, longestTimer), () => this.#beat());
  }

  /** The first connection. It is tried once, since an address may be wrong. */
  async start(): Promise<void> {
    await this.#open();
    this.#flush();
  }

  get isConnected(): boolean {
    return this.#connection !== undefined;
  }

  /** Whether it is over: closed, or lost for good. */
  get isClosed(): boolean {
    return this.#end !== undefined;
  }

  call<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options: CallOptions = {},
  ): Promise<Result> {
    let call: Call;
    try {
      call = this.prepare(method, params, options);
    } catch (error) {
      return Promise.reject(error);
    }
    this.submit([call]);
    return call.answer as Promise<Result>;
  }

  /** Makes a call of a method that answers with a subscription; `sink` gets what comes for it. */
  async subscribe<Params, Result extends { readonly subscription_id: string }>(
    method: Method<Params, Result>,
    params: Params,
    sink: (params: unknown) => void,
    options: CallOptions & { readonly onAnswer?: (result: Result) => void },
  ): Promise<void> {
    const onAnswer = (result: unknown): void => {
      const identifier = (result as Result | null)?.subscription_id;
      if (typeof identifier !== "string") throw new ProtocolError("a subscription has no name");
      this.#sinks.set(identifier, sink);
      options.onAnswer?.(result as Result);
    };
    const call = this.prepare(method, params, options, onAnswer);
    this.submit([call]);
    await call.answer;
  }

  /** What comes for this subscription from now on is not wanted any more. */
  forget(subscription: string): void {
    this.#sinks.delete(subscription);
  }

  /** Checks a call and writes its params; throws what is wrong with them. */
  prepare<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options: CallOptions,
    onAnswer?: (result: unknown) => void,
  ): Call {
    return prepareCall(method, params, options, this.#defaults, onAnswer);
  }

  /** Sends calls, several as one batch; or keeps them until there is a connection. */
  submit(calls: readonly Call[]): void {
    if (this.#end) {
      for (const call of calls) call.fail(this.#end);
      return;
    }
    if (this.#connection !== undefined && this.#queue.length === 0) {
      this.#send(this.#connection, calls);
      return;
    }
    this.#queue.push(calls);
    this.#connect();
  }

  onNotification(listener: (method: string, params: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  addFollower(follower: Follower): void {
    this.#followers.add(follower);
    if (this.#end) follower.closed(this.#end);
    else this.#heartbeat.start();
  }

  removeFollower(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size === 0) this.#heartbeat.stop();
  }

  /** Ends everything; calls that wait reject. */
  async close(): Promise<void> {
    const reason = new ClientClosedError("the client was closed");
    const connection = this.#connection;
    this.#finish(reason);
    await connection?.close(reason);
  }

  #send(connection: Connection, calls: readonly Call[]): void {
    let batch: Call[] = [];
    let length = 0;
    for (const call of calls) {
      if (call.isSettled) continue;
      // No UTF-16 unit has more than three bytes.
      const bytes = call.body.length * 3 + 256;
      const isFull = batch.length === batchCalls || length + bytes > this.#defaults.messageBytes;
      if (isFull && batch.length > 0) {
        connection.send(batch);
        batch = [];
        length = 0;
      }
      batch.push(call);
      length += bytes;
    }
    if (batch.length > 0) connection.send(batch);
  }

  #flush(): void {
    while (this.#connection !== undefined && this.#queue.length > 0) {
      const calls = this.#queue.shift();
      if (calls) this.#send(this.#connection, calls);
    }
  }

  #finish(reason: Error): void {
    if (this.#end) return;
    this.#end = reason;
    this.#connection = undefined;
    this.#heartbeat.stop();
    this.#wake?.();
    const queue = this.#queue;
    this.#queue = [];
    for (const call of queue.flat()) call.fail(reason);
    for (const follower of [...this.#followers]) follower.closed(reason);
  }

  // Connecting

  /** Tries again and again while something waits; each waiting call has a limit of its own. */
  async #connect(): Promise<void> {
    if (this.#isConnecting || this.#connection !== undefined) return;
    this.#isConnecting = true;
    try {
      while (this.#end === undefined && this.#isWaitedFor()) {
        if (this.#pause > 0) await this.#wait(this.#pause * (0.5 + Math.random() / 2));
        try {
          await this.#open();
          break;
        } catch (error) {
          if (error instanceof UnauthenticatedError) {
            this.#failQueue(error);
            break;
          }
          this.#tellObstacle(error);
        }
        this.#lengthenPause();
      }
    } finally {
      this.#isConnecting = false;
    }
    this.#flush();
    // The connection may have been lost again while what waited was sent.
    if (this.#connection === undefined && this.#isWaitedFor()) void this.#connect();
  }

  #isWaitedFor(): boolean {
    this.#queue = this.#queue.filter((calls) => calls.some((call) => !call.isSettled));
    return this.#queue.length > 0;
  }

  #failQueue(error: Error): void {
    const queue = this.#queue;
    this.#queue = [];
    for (const call of queue.flat()) call.fail(error);
  }

  #tellObstacle(error: unknown): void {
    const obstacle = error instanceof Error ? error : new Error(String(error));
    for (const call of this.#queue.flat()) call.obstacle = obstacle;
  }

  #lengthenPause(): void {
    this.#pause = Math.min(Math.max(this.#pause * 2, firstPause), longestPause);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #open(): Promise<void> {
    const connection = await this.#connector.open();
    if (this.#end) {
      await connection.close(this.#end);
      throw this.#end;
    }
    // It may be over already: nobody would hear of what is sent over it.
    if (connection.hasEnded) throw new ConnectError(`${this.#transport.name} ended at once`);
    this.#connection = connection;
    this.#greetings = connection.answers;
    this.#greet();
  }

  /** Asks whose schema the service has, beside everything else. */
  #greet(): void {
    if (this.#options.versionCheck === false) return;
    this.call(methods.systemInfo, {}).then(
      (info) => {
        const schema = (info as { readonly schema?: { readonly digest?: unknown } }).schema;
        if (typeof schema?.digest !== "string" || schema.digest === methods.schemaDigest) return;
        this.#warn(`the service has version ${info.version}; this client was made for `
          + `${methods.schemaVersion}. What is new passes through unnamed.`);
      },
      // Whoever may not ask is not told.
      () => undefined,
    );
  }

  #warn(text: string): void {
    if (this.#options.onWarning) this.#options.onWarning(text);
    else console.warn(text);
  }

  #lost(connection: Connection, reason: Error, calls: readonly Call[]): void {
    // A connection that was closed with the session.
    if (connection !== this.#connection) {
      for (const call of calls) call.fail(lostError(call, reason));
      return;
    }
    this.#connection = undefined;
    if (connection.answers > this.#greetings) this.#pause = 0;
    else this.#lengthenPause();
    this.#sinks.clear();
    const goesOn = this.#transport.reconnects && this.#end === undefined;
    for (const call of calls) {
      if (goesOn && call.isRepeatable && !call.isSettled) {
        call.obstacle = reason;
        this.#queue.push([call]);
      } else {
        call.fail(lostError(call, reason));
      }
    }
    if (!goesOn) this.#finish(new ConnectionLostError(reason.message, reason));
    for (const follower of [...this.#followers]) follower.lost(reason);
    if (this.#isWaitedFor()) void this.#connect();
  }

  #notify(method: string, params: unknown): void {
    const subscription = (params as { readonly subscription_id?: unknown } | null | undefined)
      ?.subscription_id;
    if (typeof subscription === "string") this.#sinks.get(subscription)?.(params);
    for (const listener of this.#listeners) {
      try {
        listener(method, params);
      } catch (error) {
        // What is wrong with a listener must not end the reading of what came.
        this.#warn(`a listener of notifications threw: ${String(error)}`);
      }
    }
  }

  async #beat(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    try {
      await this.call(methods.systemPing, {}, { timeout: this.#connectTimeout });
    } catch (error) {
      // A peer that is there and says nothing is as good as gone. A refusal is an answer, too.
      if (connection === this.#connection && error instanceof CallTimeoutError) {
        connection.abandon(new ConnectionLostError("the service does not answer"));
      }
    }
  }
}
