import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import type { Socket } from "node:net";

import { ConnectError } from "../runtime/errors.js";
import { LineSplitter, LineWriter } from "./lines.js";
import type { Transport, Wire, WireListener } from "./transport.js";

/** Where a service listens. */
export interface TcpOptions {
  /** Default: `127.0.0.1`; a token on plain TCP can be read on the way. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Holds the port, as `--port-file` writes it; read for each connection. */
  readonly portFile?: string | undefined;
  readonly token?: string | undefined;
  /** Holds the token, such as `DIR/token`; read for each connection. */
  readonly tokenFile?: string | undefined;
}

const closingMilliseconds = 2000;

/** A service that listens on TCP. */
export function tcp(options: TcpOptions): Transport {
  const host = options.host ?? "127.0.0.1";
  const place = options.port ?? options.portFile ?? "no port";
  const name = `${host}:${place}`;
  return {
    name,
    reconnects: true,
    async open(listener) {
      const port = options.port ?? Number(await fileText(options.portFile ?? "", "port"));
      if (!Number.isInteger(port)) throw new ConnectError(`${name} is no port`);
      return open(name, host, port, listener);
    },
    token: async () => options.token
      ?? (options.tokenFile === undefined ? undefined : fileText(options.tokenFile, "token")),
  };
}

async function fileText(path: string, meaning: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw new ConnectError(`${path}: cannot read the ${meaning}`, error);
  }
}

function open(name: string, host: string, port: number, listener: WireListener): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let failure: Error | undefined;
    const splitter = new LineSplitter((line) => listener.message(line));
    socket.setEncoding("utf8");
    // A small request waits for nothing.
    socket.setNoDelay(true);
    socket.on("connect", () => resolve(wire(socket)));
    socket.on("data", (chunk) => splitter.push(chunk));
    socket.on("error", (error) => {
      failure = error;
    });
    socket.on("close", () => {
      const reason = failure ?? new Error(`${name} closed the connection`);
      reject(new ConnectError(`${name}: ${reason.message}`, reason));
      listener.ended(reason);
    });
  });
}

function wire(socket: Socket): Wire {
  const writer = new LineWriter((text) => socket.write(text));
  return {
    send: (message) => writer.send(message),
    close: () => new Promise((resolve) => {
      const timer = setTimeout(() => {
        socket.destroy();
        resolve();
      }, closingMilliseconds);
      socket.on("close", () => {
        clearTimeout(timer);
        resolve();
      });
      writer.flush();
      socket.end();
    }),
    destroy: () => {
      socket.destroy();
    },
  };
}
