// The few functions of Node that the tests use beside those that the package itself does.

declare const process: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
  readonly execPath: string;
  cwd(): string;
  kill(pid: number, signal: string): void;
};

declare class AbortController {
  readonly signal: {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
  };
  abort(reason?: unknown): void;
}

declare class URL {
  constructor(url: string, base: string);
  readonly pathname: string;
}

interface ImportMeta {
  readonly url: string;
}

declare const performance: { now(): number };

declare module "node:test" {
  interface TestContext {
    after(action: () => unknown): void;
    diagnostic(text: string): void;
    skip(reason: string): void;
  }
  interface TestOptions {
    readonly timeout?: number;
  }
  function test(name: string, action: (context: TestContext) => unknown): void;
  function test(
    name: string,
    options: TestOptions,
    action: (context: TestContext) => unknown,
  ): void;
}

declare module "node:assert/strict" {
  function equal(actual: unknown, expected: unknown, message?: string): void;
  function notEqual(actual: unknown, expected: unknown, message?: string): void;
  function deepEqual(actual: unknown, expected: unknown, message?: string): void;
  function ok(value: unknown, message?: string): asserts value;
  function match(text: string, pattern: RegExp): void;
  function rejects(
    promise: PromiseLike<unknown>,
    expected?: object | ((error: never) => boolean),
  ): Promise<void>;
  function throws(action: () => unknown, expected: object, message: string): void;
}

declare module "node:fs" {
  function readFileSync(path: string, encoding: "utf8"): string;
  function writeFileSync(path: string, text: string): void;
  function mkdtempSync(prefix: string): string;
  function mkdirSync(path: string, options: { recursive: true }): void;
  function rmSync(path: string, options: { recursive: true; force: true }): void;
  function existsSync(path: string): boolean;
  function readdirSync(path: string): string[];
}

declare module "node:os" {
  function tmpdir(): string;
}

declare module "node:path" {
  function join(...parts: string[]): string;
}

declare module "node:module" {
  function createRequire(url: string): (name: string) => unknown;
}

declare module "node:child_process" {
  function execFileSync(
    command: string,
    parameters: readonly string[],
    options: { cwd?: string; encoding: "utf8"; stdio?: readonly string[] },
  ): string;
}

interface Bytes {
  readonly length: number;
  [index: number]: number;
  toString(encoding: "utf8" | "base64"): string;
  readUInt16BE(offset: number): number;
  subarray(start: number, end?: number): Bytes;
}

declare const Buffer: {
  from(text: string): Bytes;
  from(bytes: readonly number[]): Bytes;
  alloc(length: number): Bytes;
  concat(parts: readonly Bytes[]): Bytes;
};

declare module "node:http" {
  interface IncomingMessage {
    readonly headers: Readonly<Record<string, string | undefined>>;
  }
  interface Server {
    on(event: "upgrade", listener: (request: IncomingMessage, socket: RawSocket) => void): this;
    listen(port: number, host: string, listener: () => void): this;
    address(): { readonly port: number };
    close(): void;
  }
  interface RawSocket {
    on(event: "data", listener: (bytes: Bytes) => void): this;
    on(event: "close" | "error", listener: () => void): this;
    write(data: string | Bytes): boolean;
    end(): void;
    destroy(): void;
  }
  function createServer(): Server;
  function request(options: {
    host: string;
    port: number;
    headers: Readonly<Record<string, string>>;
  }): {
    on(event: "upgrade", listener: (answer: IncomingMessage, socket: RawSocket) => void): void;
    on(event: "error", listener: () => void): void;
    end(): void;
  };
}

declare module "node:net" {
  function createServer(listener: (socket: Socket) => void): {
    listen(port: number, host: string, listener: () => void): void;
    address(): { readonly port: number };
    close(): void;
  };
}

declare module "node:crypto" {
  function createHash(name: "sha1"): {
    update(text: string): { digest(encoding: "base64"): string };
  };
}
