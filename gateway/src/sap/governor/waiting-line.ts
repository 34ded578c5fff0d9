/**
 * Who waits for a place: people first, each urgency in order of arrival.
 *
 * When people keep coming, every tenth place is for what nobody waits for: a tenth is not felt by people, and enough for the
 * rest to be over some day.
 */
import type { GatewayError } from '../../errors/index.ts';
import type { Urgency } from '../../ports/index.ts';

/** So many people go before one of the others has its turn. */
const peopleInARow = 9;

export interface Waiting {
  readonly urgency: Urgency;
  begin(): void;
  fail(error: GatewayError): void;
}

export class WaitingLine {
  readonly #waiting: Readonly<Record<Urgency, Set<Waiting>>> = { person: new Set(), bulk: new Set() };
  /** Since one of the others had its turn, while one could have had it. */
  #people = 0;

  get size(): number {
    return this.#waiting.person.size + this.#waiting.bulk.size;
  }

  add(waiting: Waiting): void {
    this.#waiting[waiting.urgency].add(waiting);
  }

  /** False where it does not wait any more. */
  remove(waiting: Waiting): boolean {
    return this.#waiting[waiting.urgency].delete(waiting);
  }

  /** Takes the next one out of the line. */
  next(mayBeBulk: boolean): Waiting | undefined {
    const [person] = this.#waiting.person;
    const [bulk] = mayBeBulk ? this.#waiting.bulk : [];
    const isTurnOfBulk = person === undefined || this.#people >= peopleInARow;
    const next = bulk !== undefined && isTurnOfBulk ? bulk : person;
    if (next === undefined) return undefined;
    if (next === bulk) this.#people = 0;
    else if (bulk !== undefined) this.#people += 1;
    this.remove(next);
    return next;
  }

  /** Who gives way when there are too many: the last of the bulk where there is one, else the last who came. */
  removeLast(): Waiting | undefined {
    const last = [...this.#waiting.bulk].at(-1) ?? [...this.#waiting.person].at(-1);
    if (last !== undefined) this.remove(last);
    return last;
  }

  removeAll(): readonly Waiting[] {
    const all = [...this.#waiting.person, ...this.#waiting.bulk];
    for (const each of all) this.remove(each);
    return all;
  }
}
