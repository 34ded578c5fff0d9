/** A limit on steps that run in the background: the ones beyond it wait their turn, first come, first served. */

/** Runs steps, never more than `limit` at once. */
export class BackgroundSteps {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(step: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await step();
    } finally {
      this.#leave();
    }
  }

  /** The place goes straight to the next one waiting, so that nobody slips in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
