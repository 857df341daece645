// Calls a second beside a bare socket, in one run: `node build/speed.js [SECONDS]`.
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";

import { connect } from "operation-center/node";
import type { Client } from "operation-center/node";

import { TcpService } from "./support/service.js";

const seconds = Number(process.argv[2] ?? "1");

async function clientRate(client: Client, inFlight: number): Promise<number> {
  let [calls, isOver] = [0, false];
  const end = performance.now() + seconds * 1000;
  const one = async (): Promise<void> => {
    while (!isOver) {
      await client.system.ping();
      calls += 1;
      isOver = performance.now() >= end;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, one));
  return (calls * 1000) / (performance.now() - start);
}

/** One write for all that can go, and one search for line ends: nothing is parsed. */
function socketRate(socket: Socket, inFlight: number): Promise<number> {
  const request = '{"jsonrpc":"2.0","id":1,"method":"system.ping","params":{}}\n';
  return new Promise((resolve) => {
    const start = performance.now();
    const end = start + seconds * 1000;
    let [calls, waiting] = [0, inFlight];
    const hear = (chunk: string): void => {
      let answers = 0;
      for (let at = chunk.indexOf("\n"); at >= 0; at = chunk.indexOf("\n", at + 1)) answers += 1;
      calls += answers;
      waiting -= answers;
      if (performance.now() < end) {
        waiting += answers;
        if (answers > 0) socket.write(request.repeat(answers));
      } else if (waiting === 0) {
        listener = () => undefined;
        resolve((calls * 1000) / (performance.now() - start));
      }
    };
    listener = hear;
    socket.write(request.repeat(inFlight));
  });
}

let listener: (chunk: string) => void = () => undefined;

const service = new TcpService();
await service.start();
const client = await connect(service.transport);
const socket = connectSocket({ host: "127.0.0.1", port: service.port });
socket.setNoDelay(true);
socket.setEncoding("utf8").on("data", (chunk) => listener(chunk));
await new Promise<void>((resolve) => {
  listener = () => resolve();
  const params = JSON.stringify([service.token]);
  socket.write(`{"jsonrpc":"2.0","id":1,"method":"system.authenticate","params":${params}}\n`);
});
for (const inFlight of [1, 64]) {
  // Both are warm before they are measured, and take turns.
  await clientRate(client, inFlight);
  await socketRate(socket, inFlight);
  const rates: [number, number][] = [];
  for (let round = 0; round < 5; round += 1) {
    rates.push([await clientRate(client, inFlight), await socketRate(socket, inFlight)]);
  }
  const middle = (values: number[]): number => values.sort((one, other) => one - other)[2] ?? 0;
  const ours = middle(rates.map(([rate]) => rate));
  const bare = middle(rates.map(([, rate]) => rate));
  console.warn(`${inFlight} in flight: client ${Math.round(ours)} calls/s, bare socket `
    + `${Math.round(bare)} calls/s, ratio ${(ours / bare).toFixed(2)}`);
}
socket.destroy();
await client.close();
await service.remove();
