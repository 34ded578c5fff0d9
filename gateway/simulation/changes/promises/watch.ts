/** Watches one world of changes with every promise; the first one that is broken ends the schedule. */
import type { RecordKey } from '../../../src/model/index.ts';
import { keyText } from '../../../src/model/index.ts';
import type { Arrival, RecordOutcome, RecordWrite } from '../../../src/ports/index.ts';
import type { QueueRequest } from '../../../src/queue/index.ts';
import { InvariantBroken } from '../../invariants/invariant.ts';
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangeAgent } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import { facetOf } from '../documents.ts';
import { budgetKept } from './budget.ts';
import { echoesWriteNothing } from './echo.ts';
import { keptBeforeAcknowledged, everyChangeEnds } from './kept.ts';
import { heldIsListed } from './listed.ts';
import { newerStays } from './newer-stays.ts';
import { oneAccount } from './one-account.ts';
import { parentsFirst } from './parents.ts';
import type { Promised } from './promise.ts';
import { receiptsAreTrue, olderOnlyBehindNewer } from './receipts.ts';
import { comesToRest } from './rest.ts';
import { truthArrives } from './truth.ts';

/** Every promise there is; a new one is a file and a line here. */
const all: readonly ((world: ChangesWorld) => Promised)[] = [
  keptBeforeAcknowledged,
  newerStays,
  oneAccount,
  parentsFirst,
  receiptsAreTrue,
  olderOnlyBehindNewer,
  echoesWriteNothing,
  budgetKept,
  comesToRest,
  everyChangeEnds,
  truthArrives,
  heldIsListed,
];

export class ChangesWatch {
  /** Paths that an admin has changed, or the network has put back, and nothing has put right since: `key path`. */
  readonly damaged = new Set<string>();
  readonly #world: ChangesWorld;
  readonly #promises: readonly Promised[];

  constructor(world: ChangesWorld) {
    this.#world = world;
    this.#promises = all.map((make) => make(world));
  }

  damage(key: RecordKey, path: string): void {
    const record = this.#world.org.records.get(keyText(key));
    if (record === undefined) return;
    record.fields.set(path, 'damaged 0');
    this.damaged.add(`${keyText(key)} ${path}`);
  }

  rowEnded(agent: ChangeAgent, write: RecordWrite, outcome: RecordOutcome, later: readonly RecordWrite[]): void {
    this.#heal(write, outcome);
    this.#look((each) => each.rowEnded?.({ agent, write, outcome, later }));
    this.accountsChanged();
  }

  /** The network brings it again. What came later with the same order it puts back: an org cannot tell which of both is newer. */
  rowRepeated(write: RecordWrite, repeat: () => RecordOutcome): void {
    const text = keyText(write.key);
    const record = this.#world.org.records.get(text);
    const later = Object.entries(write.fields).filter(([path, value]) => {
      const facet = facetOf(write.key.kind, path);
      const isSameOrder = record?.facets.get(facet) === write.facets[facet];
      return isSameOrder && record?.fields.has(path) === true && record.fields.get(path) !== value;
    });
    const outcome = repeat();
    this.#heal(write, outcome);
    if (outcome.ended === 'written') for (const [path] of later) this.damaged.add(`${text} ${path}`);
    this.accountsChanged();
  }

  acknowledged(agent: ChangeAgent, arrivals: readonly Arrival[]): void {
    this.#look((each) => each.acknowledged?.(agent, arrivals));
  }

  callLeaves(agent: ChangeAgent, calls: number, records: readonly RecordWrite[]): void {
    this.#look((each) => each.callLeaves?.(agent, calls, records));
  }

  callEnded(agent: ChangeAgent, records: readonly RecordWrite[]): void {
    this.#look((each) => each.callEnded?.(agent, records));
  }

  committed(agent: ChangeAgent, requests: readonly QueueRequest[], replies: readonly unknown[]): void {
    // What could not be written did not happen.
    const done = requests.filter((request, index) => Object(replies[index]).kind === request.kind);
    this.#look((each) => each.committed?.(agent, done));
  }

  clockJumps(agent: ChangeAgent): void {
    this.#look((each) => each.clockJumps?.(agent));
  }

  accountsChanged(): void {
    this.#look((each) => each.accountsChanged?.());
  }

  atRest(): void {
    this.#look((each) => each.atRest?.());
  }

  atEnd(): void {
    this.#look((each) => each.atEnd?.());
  }

  #heal({ key, fields }: RecordWrite, { ended }: RecordOutcome): void {
    if (ended === 'written') for (const path of Object.keys(fields)) this.damaged.delete(`${keyText(key)} ${path}`);
  }

  #look(at: (promise: Promised) => Verdict): void {
    for (const promise of this.#promises) {
      const sentence = at(promise);
      // Not thrown: inside a program's promise it would be caught, and taken for a failure of the org.
      if (sentence !== undefined) this.#world.scheduler.fail(new InvariantBroken(promise.name, sentence));
    }
  }
}
