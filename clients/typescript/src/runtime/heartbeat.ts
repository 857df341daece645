/** Does something every now and then, and never twice at once. */
export class Heartbeat {
  readonly #interval: number;
  readonly #beat: () => Promise<void>;
  #timer: Timer | undefined;

  constructor(interval: number, beat: () => Promise<void>) {
    this.#interval = interval;
    this.#beat = beat;
  }

  start(): void {
    if (this.#timer === undefined) this.#schedule();
  }

  stop(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    const timer = setTimeout(() => {
      void this.#beat().then(() => {
        // It may have been stopped, and started again, meanwhile.
        if (this.#timer === timer) this.#schedule();
      });
    }, this.#interval);
    this.#timer = timer;
  }
}
