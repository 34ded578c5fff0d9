/** A set of record ids in the order in which the records were made: what an index of the database gives. */

export class OrderedIds {
  readonly #ids: string[] = [];

  get size(): number {
    return this.#ids.length;
  }

  get first(): string | undefined {
    return this.#ids[0];
  }

  has(id: string): boolean {
    return this.#ids[this.#from(id)] === id;
  }

  add(id: string): void {
    const last = this.#ids.at(-1);
    if (last === undefined || last < id) {
      this.#ids.push(id);
      return;
    }
    const at = this.#from(id);
    if (this.#ids[at] !== id) this.#ids.splice(at, 0, id);
  }

  delete(id: string): void {
    const at = this.#from(id);
    if (this.#ids[at] === id) this.#ids.splice(at, 1);
  }

  /** The ids behind `after`, or all; the set may change meanwhile. */
  *behind(after: string | null): Generator<string, undefined> {
    let at = after === null ? 0 : this.#from(after);
    if (after !== null && this.#ids[at] === after) at += 1;
    while (at < this.#ids.length) {
      const id = this.#ids[at] ?? '';
      yield id;
      if (this.#ids[at] === id) at += 1;
      else at = this.#from(id);
    }
    return undefined;
  }

  /** The place of an id, or where it would be. Ids count upwards in the order of ASCII, which is that of JavaScript. */
  #from(id: string): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
