/** The agent of the bench: the product's own with its SAP room and journal, and two customers with 1 MB answers. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutor } from '../../src/agent/execute/index.ts';
import { startAgent } from '../../src/agent/index.ts';
import type { Executor } from '../../src/agent/index.ts';
import { openJournal } from '../../src/journal/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import { openSap } from '../../src/sap/index.ts';
import type { SapSystem } from '../../src/ports/index.ts';
import { createLog, createMetrics } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { audience, manyAgents, orgText, systemText } from './keys.ts';
import type { BenchKeys } from './keys.ts';

export const system = sapSystemId.parse(systemText);
const org = orgId.parse(orgText);

/** The SAP room against the bench's SAP. */
export function openBenchSap(url: string): SapSystem {
  const settings = {
    system,
    driver: 'soap',
    url,
    sapClient: '100',
    language: 'EN',
    user: 'GANGWAY',
    password: () => 'Gangway-Sim-1',
    timeZone: 'UTC',
    maxConnections: 16,
    companyCodes: ['1000'],
    accountGroup: '0001',
    // The bench measures the way, not the budget.
    governor: {
      ...{ workProcesses: 16, bulkWorkProcesses: 16, callsPerMinute: 1_000_000, waiting: 10_000 },
      ...{ slowAboveMs: 120_000, calendar: [] },
    },
  } as const;
  return openSap(settings, systemClock).system;
}

/** A page of about 1 MB, as an object: the agent has to turn it into bytes like any other answer. */
const largeBody = { rows: Array.from({ length: 10_000 }, (_unused, row) => ({ row, text: 'x'.repeat(80) })) };

function withLargeAnswers(executor: Executor): Executor {
  return {
    execute: (call) =>
      String(call.params['number']).startsWith('LARGE')
        ? Promise.resolve({ status: 200, body: largeBody })
        : executor.execute(call),
    drain: (deadline) => executor.drain(deadline),
  };
}

/** Starts it and resolves when it is connected. */
export async function startBenchAgent(relayUrl: string, sapUrl: string, keys: BenchKeys): Promise<void> {
  const log = createLog('agent', { level: 'info' });
  const clock = systemClock;
  const file = join(mkdtempSync(join(tmpdir(), 'gangway-bench-')), 'journal.sqlite');
  const executor = createExecutor({
    sap: new Map([[system, openBenchSap(sapUrl)]]),
    journal: await openJournal({ file }, { clock, log }),
    clock,
    log,
    metrics: createMetrics('agent', { withProcess: true }),
  });
  const agent = startAgent(
    {
      id: 'agent',
      privateKey: () => keys.agent.privateKey,
      relays: [relayUrl.replace('http', 'ws')],
      audience,
      orgs: [{ id: org, certificates: [keys.org.publicKey], systems: [system] }],
      systems: [system],
      // The bench only reads.
      signedWrites: 'optional',
      concurrency: { calls: 16, waiting: 200 },
    },
    withLargeAnswers(executor),
    { clock, log },
  );
  await agent.ready();
}

/** A thousand agents with nothing to do, in one process. */
export async function startIdleAgents(relayUrl: string, keys: BenchKeys): Promise<void> {
  const log = createLog('idle', { level: 'error' });
  const idle: Executor = { execute: () => Promise.reject(new Error('idle')), drain: () => Promise.resolve() };
  const orgs = [{ id: org, certificates: [keys.org.publicKey], systems: [system] }];
  for (let index = 0; index < manyAgents; index += 1) {
    const settings = {
      id: `idle-${index}`,
      privateKey: () => keys.agent.privateKey,
      relays: [relayUrl.replace('http', 'ws')],
      audience,
      orgs,
      systems: [system],
      signedWrites: 'optional' as const,
      concurrency: { calls: 1, waiting: 1 },
    };
    // One after the other: what is measured is the cost of having them, not of their arrival.
    await startAgent(settings, idle, { clock: systemClock, log }).ready();
  }
}
