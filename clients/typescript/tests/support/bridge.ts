import { createHash } from "node:crypto";
import { createServer, request } from "node:http";
import type { RawSocket } from "node:http";
import { connect } from "node:net";

import type { WebSocketLike } from "operation-center";

/** The frames of a WebSocket (RFC 6455), as much of them as whole text messages need. */
function frame(text: string, isMasked: boolean): Bytes {
  const body = Buffer.from(text);
  const mark = isMasked ? 0x80 : 0;
  const { length } = body;
  const head = length < 126 ? [length | mark]
    : length < 65536 ? [126 | mark, length >> 8, length & 255]
      : [127 | mark, 0, 0, 0, 0, (length >> 24) & 255, (length >> 16) & 255, (length >> 8) & 255,
        length & 255];
  // A mask of zeros changes nothing, and is one.
  return Buffer.concat([Buffer.from([0x81, ...head, ...(isMasked ? [0, 0, 0, 0] : [])]), body]);
}

function reader(deliver: (text: string) => void): (bytes: Bytes) => void {
  let kept = Buffer.alloc(0);
  return (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    for (;;) {
      const short = (kept[1] ?? 0) & 127;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      const masked = ((kept[1] ?? 0) & 0x80) !== 0 ? 4 : 0;
      if (kept.length < start + masked) return;
      const length = short < 126 ? short : short === 126 ? kept.readUInt16BE(2)
        : kept.readUInt16BE(6) * 65536 + kept.readUInt16BE(8);
      const end = start + masked + length;
      if (kept.length < end) return;
      if (((kept[0] ?? 0) & 15) === 1) deliver(kept.subarray(start + masked, end).toString("utf8"));
      kept = kept.subarray(end);
    }
  };
}

interface Bridge {
  readonly url: string;
  /** Ends every connection. */
  drop(): void;
  close(): void;
}

/** A door to a service on TCP: each text frame is a line, and each line a frame. */
export async function openBridge(port: number): Promise<Bridge> {
  const server = createServer();
  const sockets = new Set<RawSocket>();
  server.on("upgrade", ({ headers }, socket) => {
    const key = `${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
    const service = connect({ host: "127.0.0.1", port });
    sockets.add(socket);
    let line = "";
    service.setEncoding("utf8").on("data", (chunk) => {
      const lines = (line + chunk).split("\n");
      line = lines.pop() ?? "";
      for (const each of lines) socket.write(frame(each, false));
    });
    service.on("close", () => socket.destroy()).on("error", () => undefined);
    socket.on("data", reader((text) => service.write(`${text}\n`)));
    socket.on("error", () => undefined).on("close", () => service.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `ws://127.0.0.1:${server.address().port}/`,
    drop,
    close: () => {
      drop();
      server.close();
    },
  };
}

type Listener = (event: { readonly data: unknown; readonly code: number }) => void;

/** A `WebSocket` for versions of Node that have none. */
export class TestWebSocket implements WebSocketLike {
  readyState = 0;
  #socket: RawSocket | undefined;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(url: string) {
    const { port } = new URL(url, url) as unknown as { readonly port: string };
    const asked = request({
      host: "127.0.0.1",
      port: Number(port),
      headers: {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      },
    });
    asked.on("error", () => this.#ended());
    asked.on("upgrade", (_, socket) => {
      this.#socket = socket;
      this.readyState = 1;
      socket.on("data", reader((text) => this.#tell("message", text)));
      socket.on("error", () => undefined).on("close", () => this.#ended());
      this.#tell("open", "");
    });
    asked.end();
  }

  send(text: string): void {
    this.#socket?.write(frame(text, true));
  }

  close(): void {
    this.#socket?.destroy();
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  #ended(): void {
    this.readyState = 3;
    this.#tell("close", "");
  }

  #tell(type: string, data: string): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data, code: 1006 });
  }
}
