// The few functions of Node that the transports use. They stand here, so that the package is built
// without anything from a registry; they are not shipped.

declare module "node:net" {
  import type { Readable, Writable } from "node:stream";

  interface Socket extends Readable, Writable {
    setNoDelay(on: boolean): this;
    destroy(): this;
    on(event: "connect", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "close" | "end" | "finish", listener: () => void): this;
    on(event: "data", listener: (chunk: string) => void): this;
  }

  function connect(options: { host: string; port: number }): Socket;
  function connect(options: { path: string }): Socket;
}

declare module "node:stream" {
  interface Readable {
    setEncoding(encoding: "utf8"): this;
    on(event: "data", listener: (chunk: string) => void): this;
    on(event: "end" | "close", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    destroy(): this;
  }

  interface Writable {
    write(text: string): boolean;
    end(): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "close" | "finish", listener: () => void): this;
    destroy(): this;
  }
}

declare module "node:child_process" {
  import type { Readable, Writable } from "node:stream";

  interface ChildProcess {
    readonly pid: number | undefined;
    readonly stdin: Writable;
    readonly stdout: Readable;
    readonly stderr: Readable;
    kill(signal: "SIGTERM" | "SIGKILL"): boolean;
    on(event: "spawn", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "close", listener: (code: number | null, signal: string | null) => void): this;
  }

  interface SpawnOptions {
    readonly cwd?: string | undefined;
    readonly env?: Readonly<Record<string, string | undefined>> | undefined;
    readonly stdio: readonly ["pipe", "pipe", "pipe"];
  }

  function spawn(
    command: string,
    parameters: readonly string[],
    options: SpawnOptions,
  ): ChildProcess;
}

declare module "node:fs/promises" {
  function readFile(path: string, encoding: "utf8"): Promise<string>;
}
