/** The flow of changes as one: who asks SAP, what is ready, and in which order it ends. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openQueueFor, startChanges, toHttpSettings } from '../../src/agent/compose-changes.ts';
import type { Changes } from '../../src/agent/compose-changes.ts';
import { Lease, Leases } from '../../src/agent/lease.ts';
import { loadAgentConfig } from '../../src/config/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import type { ChangeQueue, SapChanges } from '../../src/ports/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { agentYaml, createExampleFolder, org } from '../config/example-files.ts';
import { until } from '../flows/stack.ts';

const system = sapSystemId.parse('ERPCLNT100');
const otherOrg = '00D5g000004OTHR';

let folder: string;
let changes: Changes | undefined;
let queue: ChangeQueue | undefined;
beforeEach(() => {
  folder = createExampleFolder();
  changes = undefined;
  queue = undefined;
});
afterEach(async () => {
  await changes?.drain(Deadline.in(systemClock, 5_000));
  await queue?.close();
  rmSync(folder, { recursive: true });
});

/** The agent's configuration with these lines for SAP. */
function configOf(sap: string) {
  const orgs = `orgs: [{ id: ${org}, certificates: [org.pem], systems: [ERPCLNT100] },
    { id: ${otherOrg}, certificates: [org.pem], systems: [ERPCLNT100] }]`;
  const yaml = agentYaml.replace(/orgs: .*/, orgs).replace('log:', `  ${sap}\nlog:`);
  writeFileSync(join(folder, 'agent.yaml'), yaml);
  return loadAgentConfig({ file: join(folder, 'agent.yaml'), environment: {} }).config;
}

/** SAP that answers nothing new, and remembers where it was asked from. */
function sapAsked() {
  const asked: (string | undefined)[] = [];
  const changesSince: SapChanges['changesSince'] = (position) => {
    asked.push(position);
    return Promise.resolve({ arrivals: [], position: 'now', hasMore: false });
  };
  async function* nothing(): AsyncGenerator<never> {
    yield* [];
  }
  return { asked, changesSince, readXmlIdocs: nothing, readFlatIdocs: nothing, readStaging: nothing };
}

async function start(sapSettings: string, leases = new Leases()) {
  const config = configOf(sapSettings);
  const parts = { clock: systemClock, log: silentLog, metrics: createMetrics('agent') };
  const opened = await openQueueFor(config, parts);
  if (opened === undefined) throw new Error('a queue was expected');
  queue = opened;
  const sap = sapAsked();
  const none = () => undefined;
  changes = startChanges(config, { queue, changes: sap, leases, sinkOf: none, beingCreated: none }, parts);
  return { sap, queue, changes };
}

function leasesOf(...orgs: readonly string[]) {
  const leases = new Leases();
  const all = orgs.map((id) => {
    const lease = new Lease(systemClock);
    leases.add(orgId.parse(id), system, lease);
    return lease;
  });
  return { leases, all };
}

const kept = (of: ChangeQueue): Promise<string | undefined> => of.checkpoint(`changes-since:${system}`);
/** So rarely that in a test SAP is asked again only because somebody says so. */
const poll = 'changesSince: { pollSeconds: 3600 }';

describe('SAP is asked for changes', () => {
  test('by an agent whose orgs give no lease', async () => {
    const { sap, changes: flow } = await start(poll);
    await until(
      () => {
        flow.goOn();
        return Promise.resolve(sap.asked);
      },
      (asked) => asked.includes('now'),
    );
    expect(sap.asked[0]).toBeUndefined();
  });

  test('by the holder of the lease of any of its orgs, from where it stands', async () => {
    const { leases, all } = leasesOf(org, otherOrg);
    all[1]?.take(1, systemClock.monotonic() + 600_000);
    const { sap, changes: flow } = await start(poll, leases);
    // The second question goes on from the first, which only who asks for changes does.
    await until(
      () => {
        flow.goOn();
        return Promise.resolve(sap.asked);
      },
      (asked) => asked.includes('now'),
    );
    for (const lease of all) lease.lose(undefined);
  });

  test('by nobody else: who has no lease only notes where SAP stands', async () => {
    const { leases } = leasesOf(org, otherOrg);
    const { queue: of, sap, changes: flow } = await start(poll, leases);
    await until(
      () => kept(of),
      (position) => position === 'now',
    );
    // Its next turns, each with time for a question by way of the same queue.
    for (let turn = 1; turn <= 20; turn += 1) {
      flow.goOn();
      await kept(of);
    }
    await flow.drain(Deadline.in(systemClock, 5_000));
    changes = undefined;
    expect(sap.asked).toEqual([undefined]);
  });
});

test('without a way for changes there is no queue', async () => {
  const parts = { clock: systemClock, log: silentLog, metrics: createMetrics('agent') };
  expect(await openQueueFor(configOf('language: EN'), parts)).toBeUndefined();
});

test('it is ready once every way is open, and a folder that comes later is one', async () => {
  const { changes: flow } = await start(`idocs: { folder: { path: ${join(folder, 'idocs')}, pollSeconds: 1 } }`);
  expect(flow.isReady).toBe(false);
  mkdirSync(join(folder, 'idocs'));
  flow.goOn();
  await until(
    () => {
      flow.goOn();
      return Promise.resolve(flow.isReady);
    },
    (isReady) => isReady,
  );
});

test('at the end nothing more is taken, and then the queue is closed', async () => {
  const idocs = join(folder, 'idocs');
  mkdirSync(idocs);
  const { changes: flow, queue: of } = await start(`idocs: { folder: { path: ${idocs} } }`);
  await until(
    () => Promise.resolve(flow.isReady),
    (isReady) => isReady,
  );
  await flow.drain(Deadline.in(systemClock, 5_000));
  changes = undefined;
  expect(readdirSync(join(idocs, 'reading'))).toEqual([]);
  await expect(of.checkpoint('x')).rejects.toThrow();
  queue = undefined;
});

test('settings of the listener keep their units, and secrets are read each time', () => {
  const password = join(folder, 'password');
  const listen = `{ host: 127.0.0.1, port: 8010, user: IDOC, passwordFile: ${password}, maxDocumentMb: 3 }`;
  const { sap } = configOf(`idocs: { listen: ${listen} }`);
  if (sap.idocs?.listen === undefined) throw new Error('a listener was expected');
  const settings = toHttpSettings(sap.idocs.listen);
  expect(settings).toMatchObject({ host: '127.0.0.1', port: 8010, maxDocumentBytes: 3_145_728, tls: undefined });
  expect(settings.credentials?.password()).toBe('Gangway-Sim-1');
  writeFileSync(password, 'a new one\n');
  expect(settings.credentials?.password()).toBe('a new one');
});
