/** Chaos: random faults, kills and callers, from fixed seeds; whatever they do, one intent is one customer. */
import { expect, test } from '@jest/globals';
import { chance as createChance } from '../../protocol/chance.ts';
import { Bench } from './bench.ts';
import type { LookUpScript, WriteScript } from './scripted-sap.ts';

const writeScripts: readonly WriteScript[] = [
  'commit',
  'commit-lose',
  'lose',
  'work-on',
  { code: 'SAP_UNREACHABLE' },
  { code: 'SAP_OBJECT_LOCKED' },
  { code: 'SAP_REFUSED' },
  { code: 'SAP_NOT_AUTHORIZED' },
  { code: 'SAP_SHORT_DUMP', commits: true },
  { code: 'SAP_ANSWER_UNREADABLE' },
];
const lookUpScripts: readonly LookUpScript[] = ['honest', 'honest', 'SAP_UNREACHABLE', 'SAP_NOT_AUTHORIZED'];

test.each(Array.from({ length: 100 }, (_, seed) => seed))(
  'seed %i: ends, and never with two customers',
  async (seed) => {
    const chance = createChance(seed);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)] as T;
    let bench = new Bench();
    bench.clock.chance = chance;
    const numbers = new Set<string>();

    for (let round = 0; round < 12; round += 1) {
      bench.sap.writes.push(pick(writeScripts), pick(writeScripts));
      bench.sap.lookUps.push(pick(lookUpScripts), pick(lookUpScripts));
      const reply = bench.executor.execute(bench.call({ withinMs: 1_000 + chance() * 20_000 }));
      reply.catch(() => undefined);
      await bench.clock.pass(chance() * 30_000);
      if (chance() < 0.4) {
        const { sap } = bench;
        bench = bench.killed();
        if (chance() < 0.7) sap.finish();
        await bench.executor.resume();
      } else if (chance() < 0.5) bench.sap.finish();
    }
    bench.sap.writes.length = 0;
    bench.sap.lookUps.length = 0;
    bench.sap.table.locked.clear();
    await bench.clock.pass(48 * 60 * 60_000);

    const last = await bench.send();
    await bench.clock.pass(48 * 60 * 60_000);
    const end = await bench.stands();
    for (const { number } of bench.sap.table.committed.values()) numbers.add(number);
    expect(last.status).toBeLessThan(300);
    expect(end).toMatchObject({ state: 'done', customer: { number: [...numbers][0] } });
    expect(numbers.size).toBe(1);
    expect(await bench.journal.unfinished(10)).toEqual([]);
  },
);
