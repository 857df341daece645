import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

import { ConnectError } from "../runtime/errors.js";
import { LineSplitter, LineWriter } from "./lines.js";
import type { Transport, Wire, WireListener } from "./transport.js";

/** How the service is started. */
export interface ChildProcessOptions {
  /** Default: `opcenter`, found on the path. */
  readonly command?: string | undefined;
  /** Default: `serve --stdio`, which keeps nothing; `--data DIR` keeps everything. */
  readonly arguments?: readonly string[] | undefined;
  readonly directory?: string | undefined;
  /** Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Starts it again when it dies. Default: no, as what it kept in memory is gone. */
  readonly restarts?: boolean | undefined;
  /** Gets what the service logs. The end of it also stands in the error when the service dies. */
  readonly onLog?: ((text: string) => void) | undefined;
}

const closingMilliseconds = 5000;
const keptLog = 2000;

/** A service of its own, spoken to over its standard input and output. It ends with the client. */
export function childProcess(options: ChildProcessOptions = {}): Transport {
  const command = options.command ?? "opcenter";
  return {
    name: command,
    reconnects: options.restarts ?? false,
    open: (listener) => open(command, options, listener),
  };
}

function open(
  command: string,
  options: ChildProcessOptions,
  listener: WireListener,
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, options.arguments ?? ["serve", "--stdio"], {
      cwd: options.directory,
      env: options.environment,
      stdio: ["pipe", "pipe", "pipe"],
    });
    let log = "";
    let failure: Error | undefined;
    const splitter = new LineSplitter((line) => listener.message(line));
    child.stdout.setEncoding("utf8").on("data", (chunk) => splitter.push(chunk));
    // Read in any case: a full pipe would hold the service up.
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      log = (log + chunk).slice(-keptLog);
      options.onLog?.(chunk);
    });
    // A service that dies is told of by its end, not by the write that found nobody.
    child.stdin.on("error", () => undefined);
    child.on("spawn", () => resolve(wire(child)));
    child.on("error", (error) => {
      failure = error;
      reject(new ConnectError(`${command}: ${error.message}`, error));
      listener.ended(error);
    });
    child.on("close", (code, signal) => {
      if (failure) return;
      const how = signal === null ? `with code ${code}` : `by ${signal}`;
      const said = log.trim();
      const reason = new Error(`${command} ended ${how}${said === "" ? "" : `: ${said}`}`);
      reject(new ConnectError(reason.message));
      listener.ended(reason);
    });
  });
}

function wire(child: ChildProcess): Wire {
  const writer = new LineWriter((text) => child.stdin.write(text));
  return {
    send: (message) => writer.send(message),
    close: () => new Promise((resolve) => {
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        resolve();
      }, closingMilliseconds);
      child.on("close", () => {
        clearTimeout(timer);
        resolve();
      });
      writer.flush();
      // It answers what it has read, and ends.
      child.stdin.end();
    }),
    destroy: () => {
      child.kill("SIGKILL");
    },
  };
}
