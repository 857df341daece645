import { ConnectError } from "../runtime/errors.js";
import type { Transport, Wire, WireListener } from "./transport.js";

/** What is needed of a browser's `WebSocket`; every one of them will do, and `ws` of Node, too. */
export interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "error", listener: () => void): void;
  addEventListener(type: "close", listener: (event: { readonly code?: number }) => void): void;
}

/** Where a service is, behind a door that speaks WebSocket: one message a frame. */
export interface WebSocketOptions {
  readonly url: string;
  /** Or a function, for one that is asked for anew each time. */
  readonly token?: string | (() => Promise<string>) | undefined;
  /** The class. Default: the platform's own. */
  readonly WebSocket?: (new (url: string) => WebSocketLike) | undefined;
}

const isOpen = 1;
const closingMilliseconds = 2000;

/** A service that is reached over a WebSocket; the only way from a browser. */
export function webSocket(options: WebSocketOptions): Transport {
  const { token } = options;
  return {
    name: options.url,
    reconnects: true,
    open: (listener) => open(options, listener),
    token: async () => (typeof token === "function" ? token() : token),
  };
}

function open(options: WebSocketOptions, listener: WireListener): Promise<Wire> {
  const platform = globalThis as { readonly WebSocket?: new (url: string) => WebSocketLike };
  const Class = options.WebSocket ?? platform.WebSocket;
  if (!Class) return Promise.reject(new ConnectError("this platform has no WebSocket; give one"));
  return new Promise((resolve, reject) => {
    const socket = new Class(options.url);
    socket.addEventListener("open", () => resolve(wire(socket, listener)));
    socket.addEventListener("message", ({ data }) => {
      // A frame of bytes is no JSON; it is told as such.
      listener.message(typeof data === "string" ? data : "");
    });
    // Browsers do not say what went wrong; `close` follows.
    socket.addEventListener("error", () => undefined);
    socket.addEventListener("close", ({ code }) => {
      const how = code === undefined ? "" : ` with code ${code}`;
      reject(new ConnectError(`${options.url}: no connection${how}`));
      listener.ended(new Error(`${options.url} closed the connection${how}`));
    });
  });
}

function wire(socket: WebSocketLike, listener: WireListener): Wire {
  const destroy = (): void => {
    socket.close();
    // A peer that is gone does not say goodbye, and browsers wait for it.
    listener.ended(new Error("the connection was given up"));
  };
  return {
    send: (message) => {
      if (socket.readyState === isOpen) socket.send(message);
    },
    close: () => new Promise((resolve) => {
      const timer = setTimeout(resolve, closingMilliseconds);
      socket.addEventListener("close", () => {
        clearTimeout(timer);
        resolve();
      });
      socket.close();
    }),
    destroy,
  };
}
