/**
 * Chaos around the outbox: two agents, lost visits, lost answers, kills, sleeps and impatient people, from fixed seeds. Whatever
 * they do, one request is one customer, the org shows what SAP has, and everything ends.
 */
import { expect, test } from '@jest/globals';
import { chance as createChance } from '../../protocol/chance.ts';
import type { LookUpScript, WriteScript } from '../execute/scripted-sap.ts';
import { draft, OutboxBench } from './outbox-bench.ts';
import type { Network } from './fake-org.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const writeScripts: readonly WriteScript[] = [
  'commit',
  'commit',
  'commit-lose',
  'lose',
  'work-on',
  { code: 'SAP_UNREACHABLE' },
  { code: 'SAP_OBJECT_LOCKED' },
  { code: 'SAP_WORK_PROCESSES_EXHAUSTED' },
  { code: 'SAP_SHORT_DUMP', commits: true },
];
const lookUpScripts: readonly LookUpScript[] = ['honest', 'honest', 'SAP_UNREACHABLE'];
const networks: readonly Network[] = ['through', 'lose-before', 'lose-after', 'SALESFORCE_ROW_LOCKED'];

test.each(Array.from({ length: 50 }, (_, seed) => seed))(
  'seed %i: ends, and the org shows what SAP has',
  async (seed) => {
    const chance = createChance(seed);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)] as T;
    const first = new OutboxBench();
    const { clock, org, sap } = first;
    const agents = [first, new OutboxBench({ clock, org, table: sap.table, agentId: 'agent-2' })];
    clock.chance = chance;

    let requests = 0;
    for (let round = 0; round < 15; round += 1) {
      const index = Math.floor(chance() * agents.length);
      const agent = agents[index] as OutboxBench;
      agent.sap.writes.push(pick(writeScripts), pick(writeScripts));
      agent.sap.lookUps.push(pick(lookUpScripts));
      org.network.push(pick(networks), pick(networks));
      if (chance() < 0.6) {
        requests += 1;
        const credit = chance() < 0.3 ? { credit: { creditControlArea: '1000', riskClass: 'A01' } } : {};
        agent.save(`customer.create:${String(requests).padStart(6, '0')}`, { ...draft, ...credit });
      }
      if (chance() < 0.3) agent.call({ body: draft }).catch(() => undefined);
      await clock.pass(chance() * 40_000);
      if (chance() < 0.25) agents[index] = agent.killed();
      else if (chance() < 0.2) agent.sleep();
      if (chance() < 0.3) agents.forEach((each) => each.wake());
      if (chance() < 0.4) sap.finish();
    }
    for (const agent of agents) {
      agent.sap.writes.length = 0;
      agent.sap.lookUps.length = 0;
      agent.wake();
    }
    org.network.length = 0;
    sap.table.locked.clear();
    await clock.pass(2 * hourMs);
    // A person retries what is held, as the words say.
    for (const row of org.rows) if (row.state === 'held') row.state = 'ready';
    await clock.pass(2 * hourMs);

    for (const row of org.rows) {
      const key = [...sap.table.committed.keys()].find((each) => each.endsWith(row.id));
      expect(row).toMatchObject({ state: 'done', customer: key && sap.table.committed.get(key)?.number });
    }
    const created = [...sap.table.committed.keys()].filter((key) => key.includes('customer.create'));
    expect(created.length).toBeLessThanOrEqual(requests + 1);
    const numbers = created.map((key) => sap.table.committed.get(key)?.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  },
);
