/** Whole and reduced documents in any order, with restarts between: at rest each path is as the newest document that said it. */
import { expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldValue, RecordChange } from '../../src/model/index.ts';
import type { ChangeQueue } from '../../src/ports/index.ts';
import { openChangeQueue } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { judge } from '../../src/sync/outcomes.ts';
import { planRecord } from '../../src/sync/plan.ts';
import { defaultSyncPolicy } from '../../src/sync/policy.ts';
import { chance, pick } from '../protocol/chance.ts';
import { startInPlace } from '../queue/in-place.ts';
import { ManualClock } from '../agent/execute/manual-clock.ts';
import { change, customer, document, org, system } from './fakes/bench.ts';
import { MemorySink } from './fakes/memory-sink.ts';

const facets = {
  master: ['name', 'name2', 'industry'],
  status: ['blocks.order', 'blocks.delivery', 'isRemoved'],
  credit: ['credit.limit', 'credit.riskClass'],
} as const;
const customers = 4;

/** Documents of one facet each, whole or with some of its paths, numbered as SAP did. */
function documentsOf(random: () => number): readonly RecordChange[] {
  return Array.from({ length: 40 }, (_, index) => {
    const facet = (['master', 'status', 'credit'] as const)[pick(random, 3)] ?? 'master';
    const isWhole = random() < 0.4;
    const paths = facets[facet].filter((_path, place) => isWhole || place === index % 3 || random() < 0.3);
    const value = (path: string): FieldValue => (path === 'isRemoved' ? random() < 0.3 : `${path} of ${index}`);
    const fields = Object.fromEntries(paths.map((path) => [path, value(path)]));
    const isRemoved = fields['isRemoved'] === true;
    return change(customer(1 + pick(random, customers)), fields, { facet, at: index, number: index, isRemoved });
  });
}

const shuffled = <Item>(items: readonly Item[], random: () => number): readonly Item[] =>
  items
    .map((item) => ({ item, by: random() }))
    .toSorted((one, other) => one.by - other.by)
    .map(({ item }) => item);

/** One turn of everything that waits; an answer may be lost, and then nothing of it is settled. */
async function deliver(queue: ChangeQueue, sink: MemorySink, clock: ManualClock, isLost: () => boolean): Promise<void> {
  const judging = { clock, policy: defaultSyncPolicy, wantedKinds: sink.kinds, isUnwanted: () => false };
  for (const record of await queue.take(org, system, 100)) {
    const plan = planRecord(record);
    if (!('planned' in plan)) {
      await queue.settle(org, plan.ended);
      continue;
    }
    const { outcomes, committedAt } = await sink.write([plan.planned.write], undefined);
    const [outcome] = outcomes;
    if (isLost() || outcome === undefined) continue;
    const verdict = judge(plan.planned, outcome, committedAt, judging);
    if ('ended' in verdict) await queue.settle(org, verdict.ended);
  }
}

/** What each path of a customer should be: as its newest document says. */
function expectedOf(documents: readonly RecordChange[], id: string): Record<string, FieldValue> {
  const own = documents.filter(({ key }) => key.id === id).toSorted((one, other) => (one.order < other.order ? -1 : 1));
  return Object.assign({}, ...own.map(({ fields }) => fields)) as Record<string, FieldValue>;
}

test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))(
  'nothing is lost and nothing is stale in history %d',
  async (seed) => {
    const random = chance(seed);
    const folder = await mkdtemp(join(tmpdir(), 'gangway-late-'));
    const clock = new ManualClock();
    const sink = new MemorySink(clock, org);
    const settings = { file: join(folder, 'changes.sqlite'), maxBytes: 64 * 1024 * 1024, orgsOf: () => [org] };
    const open = (): Promise<ChangeQueue> => openChangeQueue(settings, { clock, log: silentLog }, startInPlace);
    let queue = await open();
    try {
      const documents = documentsOf(random);
      for (const one of shuffled(documents, random)) {
        await queue.accept([document([one])]);
        if (random() < 0.5) await deliver(queue, sink, clock, () => random() < 0.2);
        if (random() > 0.2) continue;
        await queue.close();
        queue = await open();
      }
      await queue.close();
      queue = await open();
      await deliver(queue, sink, clock, () => false);
      expect(await queue.counts(org, system)).toMatchObject({ waiting: 0, held: 0 });
      for (let number = 1; number <= customers; number += 1) {
        const { id } = customer(number);
        const stored = sink.stored.get(`${system}:customer:${id}`);
        const expected = expectedOf(documents, id);
        const found = Object.fromEntries(Object.keys(expected).map((path) => [path, stored?.fields[path]?.value]));
        expect({ id, found }).toEqual({ id, found: expected });
      }
    } finally {
      await queue.close();
      await rm(folder, { recursive: true });
    }
  },
);
