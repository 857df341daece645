import { connect } from "node:net";
import type { Socket } from "node:net";

type Message = Readonly<Record<string, unknown>>;

/** Reads every event after the first one from a connection that has nothing of a client in it. */
export async function readEvents(
  port: number,
  token: string,
  isLast: (event: Message) => boolean,
): Promise<readonly Message[]> {
  const socket = connect({ host: "127.0.0.1", port });
  try {
    return await gather(socket, token, isLast);
  } finally {
    socket.destroy();
  }
}

function gather(
  socket: Socket,
  token: string,
  isLast: (event: Message) => boolean,
): Promise<readonly Message[]> {
  const say = (id: number, method: string, params: object): void => {
    socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
  };
  say(1, "system.authenticate", { token });
  say(2, "events.subscribe", { after_sequence: 0 });
  const events: Message[] = [];
  let rest = "";
  return new Promise((resolve, reject) => {
    socket.setEncoding("utf8");
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the service has ended")));
    socket.on("data", (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const message = JSON.parse(line) as Message;
        if ("error" in message) reject(new Error(line));
        if (message["method"] !== "events.event") continue;
        const { subscription_id: _, ...event } = message["params"] as Record<string, unknown>;
        events.push(event);
        if (!isLast(event)) continue;
        resolve(events);
        return;
      }
    });
  });
}
