/** The queue's promises in memory, for tests of what stands on it; several orgs, no disk. */
import type {
  Accepted,
  ChangeQueue,
  ChangeTrace,
  Checkpoint,
  HeldChange,
  PathOrders,
  QueueCounts,
  QueuedChange,
  RefusedArrival,
  RefusedDocument,
  Settlement,
  WaitingRecord,
} from '../../../src/ports/index.ts';
import { keyText } from '../../../src/model/index.ts';
import type {
  ArrivedDocument,
  Facet,
  ChangeOrder,
  OrgId,
  Problem,
  RecordKey,
  SapSystemId,
} from '../../../src/model/index.ts';
import type { Clock } from '../../../src/timing/index.ts';

interface Row {
  readonly key: RecordKey;
  waiting: QueuedChange[];
  attempts: number;
  applied: Partial<Record<Facet, ChangeOrder>>;
  appliedPaths: PathOrders;
  written: string | undefined;
  dueAtMs: number;
  isTaken: boolean;
  held: { problem: Problem; waitsFor: RecordKey | undefined; atMs: number } | undefined;
  isDelivered: boolean;
}

/** How a change ended, for tests that count. */
export interface EndedChange {
  readonly position: number;
  readonly how: string;
}

export class MemoryQueue implements ChangeQueue {
  readonly #clock: Clock;
  readonly #org: OrgId;
  readonly rows = new Map<string, Row>();
  readonly ended: EndedChange[] = [];
  readonly settlements: Settlement[] = [];
  readonly #traces: ChangeTrace[] = [];
  readonly #documents = new Map<string, { hash: string; position: number }>();
  readonly #checkpoints = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #children = new Map<string, Set<Row>>();
  readonly #refused: RefusedArrival[] = [];
  #position = 0;
  /** Throws instead of doing anything, while set. */
  broken: Error | undefined;

  constructor(clock: Clock, org: OrgId) {
    this.#clock = clock;
    this.#org = org;
  }

  /** As after a restart of the program: what was taken is due again. */
  restart(): void {
    for (const row of this.rows.values()) row.isTaken = false;
    this.#listeners.clear();
  }

  async accept(documents: readonly ArrivedDocument[], checkpoint?: Checkpoint): Promise<readonly Accepted[]> {
    this.#check();
    const accepted = documents.map((document) => this.#acceptOne(document));
    if (checkpoint !== undefined) this.#checkpoints.set(checkpoint.name, checkpoint.value);
    this.#tell();
    return accepted;
  }

  #acceptOne({ source, contentHash, changes }: ArrivedDocument): Accepted {
    const name = `${source.sender}/${source.number}`;
    const known = this.#documents.get(name);
    const refused = this.#refused.findIndex((one) => one.source.number === source.number);
    if (known === undefined && refused >= 0) this.#refused.splice(refused, 1);
    if (known !== undefined)
      return { result: known.hash === contentHash ? 'repeated' : 'conflict', position: known.position };
    let position = this.#position + 1;
    this.#documents.set(name, { hash: contentHash, position });
    for (const change of changes) {
      position = this.#position += 1;
      const row = this.#row(change.key);
      row.waiting.push({ ...change, position, source, arrivedAtMs: this.#clock.now() });
      row.held = undefined;
      row.dueAtMs = 0;
    }
    return { result: 'new', position };
  }

  #row(key: RecordKey): Row {
    const text = keyText(key);
    const row = this.rows.get(text) ?? {
      ...{ key, waiting: [], attempts: 0, applied: {}, appliedPaths: {}, written: undefined, dueAtMs: 0 },
      ...{ isTaken: false, held: undefined, isDelivered: false },
    };
    this.rows.set(text, row);
    return row;
  }

  async refuse(document: RefusedDocument): Promise<Accepted> {
    const accepted = { result: 'new', position: (this.#position += 1) } as const;
    const name = `SD-${String(accepted.position).padStart(6, '0')}`;
    this.#refused.push({ ...document, ...accepted, name, arrivedAtMs: this.#clock.now() });
    return accepted;
  }

  async take(_org: OrgId, _system: SapSystemId, limit: number): Promise<readonly WaitingRecord[]> {
    this.#check();
    const due = [...this.rows.values()].filter(
      (row) => row.waiting.length > 0 && !row.isTaken && row.held === undefined && row.dueAtMs <= this.#clock.now(),
    );
    due.sort((one, other) => (one.waiting[0]?.position ?? 0) - (other.waiting[0]?.position ?? 0));
    return due.slice(0, limit).map((row) => {
      row.isTaken = true;
      const { key, attempts, appliedPaths, written } = row;
      const changes = row.waiting.slice(0, 200);
      return { key, attempts, written, applied: { ...row.applied }, appliedPaths, changes };
    });
  }

  async settle(_org: OrgId, settlements: readonly Settlement[]): Promise<void> {
    this.#check();
    for (const settlement of settlements) this.#settleOne(settlement);
    for (const { key } of settlements) this.#row(key).isTaken = false;
    this.#tell();
  }

  #settleOne(settlement: Settlement): void {
    this.settlements.push(settlement);
    const row = this.#row(settlement.key);
    if (!row.isTaken) throw new Error(`${keyText(settlement.key)} is settled without having been taken`);
    const isMeant = ({ position }: QueuedChange): boolean => settlement.positions.includes(position);
    const changes = row.waiting.filter(isMeant);
    if (changes.length !== settlement.positions.length)
      throw new Error(`${keyText(settlement.key)}: a position is settled twice or was never taken`);
    if (settlement.ended === 'retry' || settlement.ended === 'held') return this.#keep(row, settlement);
    row.waiting = row.waiting.filter((change) => !isMeant(change));
    const how = settlement.ended === 'skipped' ? settlement.why : settlement.ended;
    this.#end(changes, how);
    row.attempts = 0;
    if (settlement.applied !== undefined) row.applied = { ...row.applied, ...settlement.applied };
    row.appliedPaths = laterOf(row.appliedPaths, settlement.appliedPaths);
    if (settlement.ended !== 'delivered') return;
    row.written = settlement.written;
    row.isDelivered = true;
    const text = keyText(row.key);
    for (const child of this.#children.get(text) ?? []) child.held = undefined;
    this.#children.delete(text);
  }

  #keep(row: Row, settlement: Settlement & { ended: 'retry' | 'held' }): void {
    if (settlement.ended === 'retry' && !Number.isInteger(settlement.dueAtMs))
      throw new Error('a part of a millisecond');
    row.attempts += 1;
    const hasNewer = row.waiting.some(({ position }) => !settlement.positions.includes(position));
    if (settlement.ended === 'retry') row.dueAtMs = hasNewer ? 0 : settlement.dueAtMs;
    else if (!hasNewer) this.#hold(row, settlement.problem, settlement.waitsFor);
  }

  #hold(row: Row, problem: Problem, waitsFor: RecordKey | undefined): void {
    row.held = { problem, waitsFor, atMs: this.#clock.now() };
    if (waitsFor === undefined) return;
    const children = this.#children.get(keyText(waitsFor)) ?? new Set();
    this.#children.set(keyText(waitsFor), children.add(row));
  }

  #end(changes: readonly QueuedChange[], how: string): void {
    for (const { key, facet, position, source, fields, arrivedAtMs } of changes) {
      this.ended.push({ position, how });
      this.#traces.push({
        ...{ org: this.#org, key, facet, position, source, fields, arrivedAtMs },
        ...{
          state: how === 'delivered' || how === 'older' || how === 'echo' || how === 'unwanted' ? how : 'discarded',
        },
        ...{ committedAt: undefined, recordId: undefined, problem: undefined, reason: undefined },
      });
    }
  }

  onDue(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #check(): void {
    if (this.broken !== undefined) throw this.broken;
  }

  async nextDueAtMs(): Promise<number | undefined> {
    const times = [...this.rows.values()]
      .filter((row) => row.waiting.length > 0 && !row.isTaken && row.held === undefined)
      .map((row) => row.dueAtMs);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async counts(): Promise<QueueCounts> {
    const rows = [...this.rows.values()].filter((row) => row.waiting.length > 0);
    const waiting = rows.filter((row) => row.held === undefined);
    const arrivals = waiting.map((row) => row.waiting[0]?.arrivedAtMs ?? 0);
    const oldestAtMs = arrivals.length === 0 ? undefined : Math.min(...arrivals);
    return { waiting: waiting.length, held: rows.length - waiting.length, oldestAtMs };
  }

  async checkpoint(name: string): Promise<string | undefined> {
    return this.#checkpoints.get(name);
  }

  async remember({ name, value }: Checkpoint): Promise<void> {
    this.#check();
    this.#checkpoints.set(name, value);
  }

  async held(limit: number, after?: string): Promise<readonly HeldChange[]> {
    const all = [...this.rows.values()].flatMap((row): HeldChange[] => {
      const [first] = row.waiting;
      if (row.held === undefined || first === undefined) return [];
      const { key, attempts, held } = row;
      const { source, arrivedAtMs } = first;
      const name = nameOf(first.position);
      const { problem, waitsFor, atMs: heldAtMs } = held;
      return [
        {
          name,
          org: this.#org,
          key,
          problem,
          waitsFor,
          attempts,
          changes: row.waiting.length,
          source,
          arrivedAtMs,
          heldAtMs,
        },
      ];
    });
    all.sort((one, other) => (one.name < other.name ? -1 : 1));
    return all.filter(({ name }) => after === undefined || name > after).slice(0, limit);
  }

  async refused(): Promise<readonly RefusedArrival[]> {
    return [...this.#refused];
  }

  async retry(names: readonly string[]): Promise<readonly string[]> {
    return this.#release(names, (row) => {
      row.dueAtMs = 0;
    });
  }

  async discard(names: readonly string[], _reason: string, _by: string): Promise<readonly string[]> {
    const at = this.#refused.findIndex(({ name }) => names.includes(name));
    if (at >= 0) this.#refused.splice(at, 1);
    return this.#release(names, (row) => {
      this.#end(row.waiting, 'discarded');
      row.waiting = [];
    });
  }

  #release(names: readonly string[], act: (row: Row) => void): readonly string[] {
    const released: string[] = [];
    for (const row of this.rows.values()) {
      const name = nameOf(row.waiting[0]?.position ?? 0);
      if (row.held === undefined || !names.includes(name)) continue;
      row.held = undefined;
      act(row);
      released.push(name);
    }
    this.#tell();
    return released;
  }

  async trace(number: string, limit: number): Promise<readonly ChangeTrace[]> {
    const waiting = [...this.rows.values()].flatMap((row) =>
      row.waiting.map(({ key, facet, position, source, fields, arrivedAtMs }): ChangeTrace => ({
        ...{ org: this.#org, key, facet, position, source, fields, arrivedAtMs },
        ...{ state: row.held === undefined ? 'waiting' : 'held' },
        ...{ committedAt: undefined, recordId: undefined, problem: row.held?.problem, reason: undefined },
      })),
    );
    return [...waiting, ...this.#traces]
      .filter(({ key, source }) => key.id.split('/').includes(number) || source.number === number)
      .toSorted((one, other) => other.position - one.position)
      .slice(0, limit);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}

function laterOf(before: PathOrders, more: PathOrders = {}): PathOrders {
  const isLater = ([path, order]: [string, ChangeOrder]): boolean => order > (before[path] ?? '');
  return { ...before, ...Object.fromEntries(Object.entries(more).filter(isLater)) };
}

const nameOf = (position: number): string => `SC-${String(position).padStart(6, '0')}`;
