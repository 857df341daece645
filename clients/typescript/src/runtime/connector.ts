import { UnauthenticatedError } from "../generated/errors.js";
import * as methods from "../generated/methods.js";
import type { Transport } from "../transports/transport.js";
import type { Call } from "./call.js";
import { Connection, lostError } from "./connection.js";
import { ConnectError } from "./errors.js";
import { prepareCall } from "./prepare.js";
import type { CallDefaults } from "./prepare.js";

/** Who hears of the connections that were ready. */
export interface ConnectorListener {
  notification(method: string, params: unknown): void;
  ended(connection: Connection, reason: Error, calls: readonly Call[]): void;
}

/** Makes connections that are ready for calls: open, and the token taken. */
export class Connector {
  readonly #transport: Transport;
  readonly #timeout: number;
  readonly #defaults: CallDefaults;
  readonly #listener: ConnectorListener;

  constructor(
    transport: Transport,
    timeout: number,
    defaults: CallDefaults,
    listener: ConnectorListener,
  ) {
    this.#transport = transport;
    this.#timeout = timeout;
    this.#defaults = defaults;
    this.#listener = listener;
  }

  async open(): Promise<Connection> {
    let token = await this.#transport.token?.();
    for (;;) {
      try {
        return await this.#open(token);
      } catch (error) {
        if (!(error instanceof UnauthenticatedError)) throw error;
        // A service that starts anew makes a new token; perhaps the old one was read.
        const newer = await this.#transport.token?.();
        if (newer === token) throw error;
        token = newer;
      }
    }
  }

  async #open(token: string | undefined): Promise<Connection> {
    let ready: Connection | undefined;
    const listener = {
      notification: (method: string, params: unknown) =>
        this.#listener.notification(method, params),
      ended: (reason: Error, calls: readonly Call[]) => {
        if (ready) this.#listener.ended(ready, reason, calls);
        else for (const call of calls) call.fail(lostError(call, reason));
      },
    };
    const connection = await Connection.open(this.#transport, listener, this.#timeout);
    if (token !== undefined) await this.#authenticate(connection, token);
    if (connection.hasEnded) throw new ConnectError(`${this.#transport.name} ended at once`);
    ready = connection;
    return connection;
  }

  /** Nothing else may be sent before the token was taken. */
  async #authenticate(connection: Connection, token: string): Promise<void> {
    try {
      const options = { timeout: this.#timeout };
      const call = prepareCall(methods.systemAuthenticate, { token }, options, this.#defaults);
      connection.send([call]);
      await call.answer;
    } catch (error) {
      connection.abandon(new ConnectError(`${this.#transport.name} did not take the token`));
      throw error;
    }
  }
}
