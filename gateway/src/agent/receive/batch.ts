/** Arrivals that are kept together: as many as one transaction carries well. */
import type { ArrivedDocument } from '../../model/index.ts';
import type { Arrival, RefusedDocument } from '../../ports/index.ts';

/** One sync to disk for so many; more would only make the first of them wait. */
const maxArrivals = 100;
/** Two batches are in memory at a time, one being filled and one being written. */
const maxCharacters = 1024 * 1024;
/** A field costs so much beside its text, a change so much beside its fields. */
const fieldCharge = 16;
const changeCharge = 200;

/** Filled until it is full, then emptied as a whole. */
export class Batch {
  #documents: ArrivedDocument[] = [];
  #refused: RefusedDocument[] = [];
  #characters = 0;

  get isFull(): boolean {
    return this.#documents.length + this.#refused.length >= maxArrivals || this.#characters >= maxCharacters;
  }

  add(arrival: Arrival): void {
    if ('refused' in arrival) {
      this.#refused.push(arrival.refused);
      return;
    }
    this.#documents.push(arrival.document);
    this.#characters += weightOf(arrival.document);
  }

  /** What is in it; it is empty afterwards. */
  takeAll(): { readonly documents: readonly ArrivedDocument[]; readonly refused: readonly RefusedDocument[] } {
    const taken = { documents: this.#documents, refused: this.#refused };
    this.#documents = [];
    this.#refused = [];
    this.#characters = 0;
    return taken;
  }
}

/** About the characters that a document takes. */
function weightOf({ changes }: ArrivedDocument): number {
  let characters = 0;
  for (const { fields } of changes) {
    characters += changeCharge;
    for (const [path, value] of Object.entries(fields))
      characters += path.length + fieldCharge + (typeof value === 'string' ? value.length : 0);
  }
  return characters;
}
