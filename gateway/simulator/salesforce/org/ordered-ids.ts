/** A set of record ids in the order in which the records were made: what an index of the database gives. */

/** Room that the oldest ids have left is given back in pieces of this size at least. */
const minGap = 1_024;

export class OrderedIds {
  #ids: string[] = [];
  /** Queues are emptied from the front: what is gone there is skipped, and cut off now and then. */
  #start = 0;

  get size(): number {
    return this.#ids.length - this.#start;
  }

  get first(): string | undefined {
    return this.#ids[this.#start];
  }

  has(id: string): boolean {
    return this.#ids[this.#from(id)] === id;
  }

  add(id: string): void {
    const last = this.#ids.at(-1);
    if (last === undefined || this.size === 0 || last < id) {
      this.#ids.push(id);
      return;
    }
    const at = this.#from(id);
    if (this.#ids[at] !== id) this.#ids.splice(at, 0, id);
  }

  delete(id: string): void {
    const at = this.#from(id);
    if (this.#ids[at] !== id) return;
    if (at > this.#start) {
      this.#ids.splice(at, 1);
      return;
    }
    this.#start += 1;
    if (this.#start < minGap || this.#start < this.#ids.length / 2) return;
    this.#ids = this.#ids.slice(this.#start);
    this.#start = 0;
  }

  /** The ids behind `after`, or all; the set may change meanwhile. */
  *behind(after: string | null): Generator<string, undefined> {
    let last = after;
    let at = this.#behindIndex(last);
    for (;;) {
      // Found again only where something has moved.
      if (last !== null && this.#ids[at - 1] !== last) at = this.#behindIndex(last);
      const id = this.#ids[at];
      if (id === undefined) return undefined;
      yield id;
      last = id;
      at += 1;
    }
  }

  #behindIndex(id: string | null): number {
    if (id === null) return this.#start;
    const at = this.#from(id);
    return this.#ids[at] === id ? at + 1 : at;
  }

  /** The place of an id, or where it would be. Ids count upwards in the order of ASCII, which is that of JavaScript. */
  #from(id: string): number {
    let low = this.#start;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
