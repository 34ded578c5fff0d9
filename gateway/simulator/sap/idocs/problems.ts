/** What could not be made into an IDoc: noted, and in nobody's way. */

/** Enough to see what goes wrong; each is a line of text. */
const maxProblems = 100;

export class Problems {
  readonly #texts: string[] = [];

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** Does the work; what is thrown is noted under the name. */
  attempt(name: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (this.#texts.length >= maxProblems) return;
      this.#texts.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
