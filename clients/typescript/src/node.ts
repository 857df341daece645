/** Everything of the client, and what only Node has: a child process and TCP. */
export * from "./index.js";
export { childProcess } from "./transports/child_process.js";
export type { ChildProcessOptions } from "./transports/child_process.js";
export { tcp } from "./transports/tcp.js";
export type { TcpOptions } from "./transports/tcp.js";
