import { connect, createServer } from "node:net";
import type { Socket } from "node:net";

/** A door in front of a service, behind which answers can be kept back. */
export class Door {
  /** Whether what the service says is dropped: calls are done, and nobody hears of it. */
  isHeld = false;
  readonly #sockets = new Set<Socket>();
  readonly #server;

  constructor(behind: number) {
    this.#server = createServer((client) => {
      const service = connect({ host: "127.0.0.1", port: behind });
      this.#pass(client, service, () => false);
      this.#pass(service, client, () => this.isHeld);
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get port(): number {
    return this.#server.address().port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #pass(source: Socket, target: Socket, isDropped: () => boolean): void {
    this.#sockets.add(source);
    source.setEncoding("utf8");
    source.on("data", (text) => {
      if (!isDropped()) target.write(text);
    });
    source.on("error", () => undefined);
    source.on("close", () => {
      this.#sockets.delete(source);
      target.destroy();
    });
  }
}
