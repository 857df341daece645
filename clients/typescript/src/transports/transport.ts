/** What a connection tells. Nothing comes after `ended`, and that comes once. */
export interface WireListener {
  /** One whole message, as text. */
  message(text: string): void;
  ended(reason: Error): void;
}

/** An open connection that carries whole messages. */
export interface Wire {
  /** Never waits; what cannot go at once is kept. A message after the end is dropped. */
  send(message: string): void;
  /** Ends it in good order; settled once it is over, at the latest after a few seconds. */
  close(): Promise<void>;
  /** Ends it at once, for a peer that no longer answers. */
  destroy(): void;
}

/** How connections are made. Write one of your own for whatever carries text both ways. */
export interface Transport {
  /** For messages to people, such as `127.0.0.1:4710`. */
  readonly name: string;
  /** Whether another connection reaches the same service. A new child process may know nothing. */
  readonly reconnects: boolean;
  open(listener: WireListener): Promise<Wire>;
  /** What to show first on a new connection; read each time, as a restart makes a new one. */
  token?(): Promise<string | undefined>;
}
