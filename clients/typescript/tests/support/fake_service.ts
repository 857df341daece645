import { connect } from "operation-center";
import type { Client, ClientOptions, Transport, Wire, WireListener } from "operation-center";

/** A request as it went over the wire. */
export interface Received {
  readonly id?: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Answer = (request: Received, peer: FakePeer) => void;

/** The service's end of one connection. */
export class FakePeer {
  readonly #listener: WireListener;
  isOpen = true;

  constructor(listener: WireListener) {
    this.#listener = listener;
  }

  say(message: unknown): void {
    this.sayText(JSON.stringify(message));
  }

  sayText(text: string): void {
    if (this.isOpen) this.#listener.message(text);
  }

  result(request: Received, result: unknown): void {
    this.say({ jsonrpc: "2.0", id: request.id, result });
  }

  refuse(request: Received, code: number, message: string, data?: unknown): void {
    this.say({ jsonrpc: "2.0", id: request.id, error: { code, message, data } });
  }

  notify(method: string, params: unknown): void {
    this.say({ jsonrpc: "2.0", method, params });
  }

  die(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#listener.ended(new Error("the fake service died"));
  }
}

/** A service that answers as a test says, without a process or a socket. */
export class FakeService implements Transport {
  readonly name = "fake";
  readonly reconnects: boolean;
  /** Every message as it came. */
  readonly frames: string[] = [];
  readonly received: Received[] = [];
  peers: FakePeer[] = [];
  /** Connections to refuse before one is taken. */
  refusals = 0;
  answer: Answer;
  readonly #waiters: (() => void)[] = [];

  constructor(answer: Answer, reconnects = true) {
    this.answer = answer;
    this.reconnects = reconnects;
  }

  get peer(): FakePeer {
    const peer = this.peers.at(-1);
    if (!peer) throw new Error("nobody has connected");
    return peer;
  }

  async open(listener: WireListener): Promise<Wire> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error("nobody listens");
    }
    const peer = new FakePeer(listener);
    this.peers.push(peer);
    const end = (): void => {
      peer.isOpen = false;
    };
    return {
      send: (message) => this.#take(message, peer),
      close: async () => end(),
      destroy: end,
    };
  }

  /** Settled once so many requests and notifications of a method have come. */
  async until(method: string, count = 1): Promise<Received> {
    for (;;) {
      const found = this.received.filter((each) => each.method === method);
      const last = found[count - 1];
      if (last) return last;
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  #take(message: string, peer: FakePeer): void {
    this.frames.push(message);
    const value = JSON.parse(message) as Received | Received[];
    // As over a socket, an answer never comes within the call that it answers.
    queueMicrotask(() => {
      for (const request of Array.isArray(value) ? value : [value]) {
        this.received.push(request);
        if (peer.isOpen) this.answer(request, peer);
      }
      for (const resolve of this.#waiters.splice(0)) resolve();
    });
  }
}

/** A client that sends only what a test calls. */
export function connectFake(service: Transport, options: ClientOptions = {}): Promise<Client> {
  return connect(service, { versionCheck: false, ...options });
}
