/** Cuts text that comes in pieces into lines, each a message. */
export class LineSplitter {
  readonly #deliver: (line: string) => void;
  /** Pieces of the line that has not ended. Joined once, since long lines come in many pieces. */
  #pieces: string[] = [];

  constructor(deliver: (line: string) => void) {
    this.#deliver = deliver;
  }

  push(chunk: string): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf("\n", start);
      if (end < 0) break;
      const rest = chunk.slice(start, end);
      start = end + 1;
      const line = this.#pieces.length > 0 ? this.#pieces.join("") + rest : rest;
      this.#pieces = [];
      // Empty lines mean nothing.
      if (line.length > 1) this.#deliver(line);
    }
    if (start < chunk.length) this.#pieces.push(chunk.slice(start));
  }
}

/** Gathers the messages of one turn into one write: a system call for many calls. */
export class LineWriter {
  readonly #write: (text: string) => void;
  #waiting = "";

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  send(message: string): void {
    if (this.#waiting === "") queueMicrotask(() => this.flush());
    this.#waiting += `${message}\n`;
  }

  flush(): void {
    if (this.#waiting === "") return;
    const text = this.#waiting;
    this.#waiting = "";
    this.#write(text);
  }
}
