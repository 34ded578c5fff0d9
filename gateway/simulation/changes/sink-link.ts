/** The RecordSink port of one program: calls travel through the network, come late or twice, and lose their answers. */
import { GatewayError, toGatewayError } from '../../src/errors/index.ts';
import { recordKindsInOrder } from '../../src/model/index.ts';
import type { RecordKind } from '../../src/model/index.ts';
import type { RecordOutcome, RecordSink, RecordWrite, SinkAnswer, SyncIssue } from '../../src/ports/index.ts';
import type { Deadline } from '../../src/timing/index.ts';
import { epochMs } from '../machine/program.ts';
import { passageThrough } from '../network.ts';
import type { ChangeAgent } from './change-agent.ts';
import type { ChangesWorld } from './changes-world.ts';

/** Each agent reports under names of its own queue: what one shows, the other does not take away. */
export function openSinkLink(world: ChangesWorld, agent: ChangeAgent): RecordSink {
  const { org, mix } = world;
  const calls = new OrgCalls(world, agent);
  const { agentId } = agent.machine;
  const nameIn = (name: string): string => `${agentId} ${name}`;
  /** Wishes that this process was told of: its next report takes them off; one that nobody has seen yet stays. */
  const seen = new Set<string>();
  return {
    org: world.orgId,
    maxRecords: mix.maxRecords,
    callsUsed: undefined,
    async wantedKinds() {
      return new Set(recordKindsInOrder.filter((kind) => !org.settings.unwanted.has(kind)));
    },
    write: (records, refresh, deadline) =>
      calls.make(
        deadline,
        1,
        refresh === undefined ? 'write' : 'write and refresh',
        () => calls.write(records),
        records,
      ),
    async *load(kind, records, deadline) {
      yield* await calls.load(kind, records, deadline);
    },
    async *readAll() {
      // Nobody compares here.
    },
    async report(issues, _status, deadline) {
      const shown = issues.map((issue) => ({ ...issue, name: nameIn(issue.name) }));
      const isAnswered = ({ state, name }: SyncIssue): boolean => state !== 'held' || seen.has(name);
      const answered = new Set(shown.filter(isAnswered).map(({ name }) => name));
      const names = shown.map(({ name, state }) => `${name} ${state}`).join(', ');
      await calls.make(deadline, 1, `report ${names}`, () => {
        world.tell('org', () => `shows ${names}`);
        org.show(shown, answered);
      });
      for (const { name } of shown) seen.delete(name);
      return { calls: 1 };
    },
    async wishes(_system, deadline) {
      const all = await calls.make(deadline, 1, 'wishes', () => [...org.wishes.values()]);
      const ours = all.filter(({ name }) => name.startsWith(`${agentId} `));
      for (const { name } of ours) seen.add(name);
      return ours.map((wish) => ({ ...wish, name: wish.name.slice(agentId.length + 1) }));
    },
    forget: () => undefined,
  };
}

class OrgCalls {
  readonly #world: ChangesWorld;
  readonly #agent: ChangeAgent;

  constructor(world: ChangesWorld, agent: ChangeAgent) {
    this.#world = world;
    this.#agent = agent;
  }

  /** Rows in their order; what the org commits is looked at. */
  write(records: readonly RecordWrite[]): SinkAnswer {
    const world = this.#world;
    const outcomes = records.map((write, index) => this.#row(write, records.slice(index + 1)));
    world.tell(
      'org',
      () => outcomes.map((one, index) => inWords(records[index], one)).join('; ') || 'refreshes panels',
    );
    return { outcomes, committedAt: new Date(epochMs + world.scheduler.nowMs).toISOString(), calls: 1 };
  }

  #row(write: RecordWrite, later: readonly RecordWrite[]): RecordOutcome {
    const world = this.#world;
    const outcome = world.org.upsert(write);
    world.watch.rowEnded(this.#agent, write, outcome, later);
    world.history.count(`rows: ${outcome.ended === 'failed' ? outcome.error.code : outcome.ended}`);
    return outcome;
  }

  async load(
    kind: RecordKind,
    records: AsyncIterable<RecordWrite>,
    deadline: Deadline,
  ): Promise<readonly RecordOutcome[]> {
    const all: RecordWrite[] = [];
    for await (const record of records) all.push(record);
    const { outcomes } = await this.make(deadline, bulkCalls, `load ${kind}`, () => this.write(all), all);
    return outcomes;
  }

  make<T>(
    deadline: Deadline,
    calls: number,
    what: string,
    work: () => T,
    records: readonly RecordWrite[] = [],
  ): Promise<T> {
    const world = this.#world;
    const { program } = this.#agent;
    const passage = passageThrough(world.weather.org, world.random);
    world.watch.callLeaves(this.#agent, calls, records);
    world.tell(program.name, () => `${what}: ${records.map((write) => writeInWords(write)).join(', ')}`);
    return new Promise<T>((resolve, reject) => {
      let hasHungUp = false;
      const hangUp = program.clock.after(deadline.remainingMs(), () => {
        hasHungUp = true;
        world.watch.callEnded(this.#agent, records);
        reject(new GatewayError('SALESFORCE_UNREACHABLE', { reason: 'no answer in time' }));
      });
      const settle = (outcome: { readonly value: T } | { readonly error: unknown }): void =>
        void program.deliver(passage.backMs, () => {
          hangUp();
          if (hasHungUp) return;
          world.watch.callEnded(this.#agent, records);
          if ('value' in outcome) resolve(outcome.value);
          else reject(toGatewayError(outcome.error));
        });
      const arrive = (): void => {
        // What a guard looks at may arrive long after its process has died; nobody guards what a report says.
        if (hasHungUp || (records.length === 0 && !program.isAlive)) return;
        if (passage.cut === 'before') return settle({ error: lost('cut') });
        const failure = this.#failure(records);
        if (failure !== undefined) return settle({ error: failure });
        const value = work();
        if (passage.againMs !== undefined && records.length > 0) this.#repeat(passage.againMs, records);
        if (passage.cut !== 'after') return settle({ value });
        world.history.count('answers of the org lost');
        settle({ error: lost('the answer is lost') });
      };
      world.scheduler.after(passage.thereMs, () => (program.isPaused ? program.deliver(0, arrive) : arrive()));
    });
  }

  #failure(records: readonly RecordWrite[]): unknown {
    const world = this.#world;
    const door = world.faults.orgDoor;
    if (door !== undefined) {
      world.history.count(`the org said ${door}`);
      return new GatewayError(door);
    }
    // A bug of ours that one record wakes up.
    if (records.some(({ key }) => world.isCallPoison(key))) return new TypeError('a record nobody can write');
    return undefined;
  }

  /** The network brings the same bytes again; nobody waits for this answer. */
  #repeat(afterMs: number, records: readonly RecordWrite[]): void {
    const world = this.#world;
    world.scheduler.after(afterMs, () => {
      if (world.faults.orgDoor !== undefined) return;
      world.history.count('calls that arrived twice');
      world.tell('org', () => `the network repeats ${records.map(writeInWords).join(', ')}`);
      for (const write of records) world.watch.rowRepeated(write, () => world.org.upsert(write));
    });
  }
}

/** As the engine reckons a job (policy.ts). */
const bulkCalls = 10;
const lost = (reason: string): GatewayError => new GatewayError('SALESFORCE_UNREACHABLE', { reason });

function writeInWords({ key, fields, facets, isRemoved }: RecordWrite): string {
  const said = Object.entries(fields).map(([path, value]) => `${path}=${String(value)}`);
  const orders = Object.entries(facets).map(([facet, order]) => `${facet} ${shortOrder(order)}`);
  return `${key.kind} ${key.id} {${said.join(', ')}${isRemoved ? ', removed' : ''}} [${orders.join(', ')}]`;
}

/** Without the day and most zeros. */
export const shortOrder = (order: string): string => order.slice(11).replace(/#0*/, '#');

const inWords = (write: RecordWrite | undefined, outcome: RecordOutcome): string =>
  `${write?.key.kind ?? ''} ${write?.key.id ?? ''} ${outcome.ended}${
    outcome.ended === 'failed'
      ? ` ${outcome.error.code}`
      : outcome.ended === 'older'
        ? ` ${outcome.facets.join(',')}`
        : ''
  }${outcome.ended === 'parent-missing' ? ` ${outcome.parent.id}` : ''}`;
