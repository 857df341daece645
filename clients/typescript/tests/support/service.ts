import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

import { childProcess, connect, tcp } from "operation-center/node";
import type { Client, ClientOptions, Transport } from "operation-center/node";

/** The program under test. */
export const opcenter = process.env["OPCENTER"] ?? "opcenter";

/** Everything that a test waits for comes within this, or it has failed. */
export const limit = 60_000;

/** A client that is closed when the test ends, however it ends. */
export async function connected(
  context: TestContext,
  transport: Transport,
  options: ClientOptions = {},
): Promise<Client> {
  const client = await connect(transport, options);
  context.after(() => client.close());
  return client;
}

/** A service as a child process that keeps nothing. */
export function memoryService(...options: string[]): Transport {
  return childProcess({
    command: opcenter, arguments: ["serve", "--stdio", "--memory", ...options],
  });
}

/** A service on TCP that can be killed and started again, with the data that it had. */
export class TcpService {
  readonly folder = mkdtempSync(join(tmpdir(), "operation-center-"));
  readonly #options: string[];
  #child: ChildProcess | undefined;
  port = 0;

  constructor(...options: string[]) {
    this.#options = options;
  }

  get portFile(): string {
    return join(this.folder, "port");
  }

  get tokenFile(): string {
    return join(this.folder, "data", "token");
  }

  get token(): string {
    return readFileSync(this.tokenFile, "utf8").trim();
  }

  get transport(): Transport {
    return tcp({ port: this.port, tokenFile: this.tokenFile });
  }

  /** Settled once it listens; on the same port as before. */
  async start(): Promise<void> {
    const child = spawn(
      opcenter,
      ["serve", "--listen", `127.0.0.1:${this.port}`, "--port-file", this.portFile,
        "--data", join(this.folder, "data"), ...this.#options],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    this.#child = child;
    let log = "";
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding("utf8").on("data", (text) => {
        log += text;
        if (log.includes("listening on")) resolve();
      });
      child.stdout.setEncoding("utf8").on("data", () => undefined);
      child.on("error", reject);
      child.on("close", () => reject(new Error(`the service ended: ${log}`)));
    });
    this.port = Number(readFileSync(this.portFile, "utf8"));
  }

  /** More options, which the folder is needed for. */
  add(...options: string[]): void {
    this.#options.push(...options);
  }

  /** Halts it: it takes and answers nothing until it is killed. */
  stop(): void {
    const pid = this.#child?.pid;
    if (pid !== undefined) process.kill(pid, "SIGSTOP");
  }

  /** Kills it at once, as a crash would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
    child.kill("SIGKILL");
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
