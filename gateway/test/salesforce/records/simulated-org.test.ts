/** The sink against the simulated org with the package as it comes: its rules, mappings, fields, rights and trigger. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { facet, orderOf, recordKindsInOrder, recordPaths } from '../../../src/model/index.ts';
import type { FieldValue, RecordFields, RecordKind, RecordPath } from '../../../src/model/index.ts';
import { openOrg } from '../../../src/salesforce/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import type { OrgRecord, RecordOutcome, RecordWrite } from '../../../src/ports/index.ts';
import { createLog, createMetrics } from '../../../src/telemetry/index.ts';
import { keys, people, startTestOrg } from '../../simulator/salesforce/test-org.ts';
import { org } from '../fake-org.ts';
import { key, quick, quickly, record, system } from './records.ts';

const username = `${people.integration}@test.example`;
const app = { clientId: 'gangway-client', certificate: keys.publicKey, usernames: [username] };

let simulator: SalesforceSimulator;
let open: OpenOrg;
let warnings: string[];
async function start(namespace: string): Promise<void> {
  simulator = await startTestOrg({ connectedApps: [app], ...(namespace === '' ? {} : { namespace }) });
  warnings = [];
  const log = createLog('test', { level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  const settings = {
    org,
    agentId: 'agent-1',
    instance: '4f0c7a10-0000-4000-8000-000000000001',
    loginUrl: simulator.url,
    audience: 'https://login.salesforce.com',
    clientId: app.clientId,
    username,
    privateKey: () => keys.privateKey,
    bell: false,
    pubSub: 'http://127.0.0.1:1',
  };
  open = openOrg(settings, { clock: quick, log, metrics: createMetrics('test') });
}
afterEach(async () => {
  await open.close();
  await simulator.close();
});

const ids: Readonly<Record<RecordKind, string>> = {
  canary: 'canary',
  product: 'PUMP-1',
  customer: '0000104711',
  contact: '0000000007',
  'sales-area': '0000104711/1000/10/00',
  partner: '0000104711/1000/10/00/WE/001',
  price: 'PR00/304/1000/10/PUMP-1/20260101',
  order: '0000000001',
  'order-item': '0000000001/000010',
  delivery: '0080000001',
  'delivery-item': '0080000001/000010',
  invoice: '0090000001',
  'invoice-item': '0090000001/000010',
};
const special: Readonly<Record<string, FieldValue>> = {
  email: 'fox@nordwind.example',
  'address.country': 'DE',
  currency: 'EUR',
  'credit.currency': 'EUR',
  role: 'ship-to',
  kind: 'invoice',
  cancels: null,
  language: 'DE',
};

function valueOf({ path, type, to }: RecordPath, kind: RecordKind): FieldValue {
  const known = special[path];
  if (known !== undefined && !(path === 'role' && kind === 'contact')) return known;
  if (type === 'reference') return to === undefined ? null : ids[to];
  const values = {
    text: 'Ü"1',
    code: '0A',
    decimal: '1234.5',
    date: '2026-11-21',
    instant: '2026-11-21T10:15:00.000Z',
  };
  return type === 'boolean' ? path !== 'isRemoved' : values[type];
}

const whole = (kind: RecordKind, at = '2026-11-21T10:15:00Z'): RecordWrite => {
  const paths = recordPaths[kind];
  const facets = new Set(paths.map((path) => path.facet));
  return record(kind, ids[kind], Object.fromEntries(paths.map((path) => [path.path, valueOf(path, kind)])), {
    facets: Object.fromEntries(facet.options.filter((one) => facets.has(one)).map((one) => [one, orderOf(at, '1')])),
  });
};

async function readAll(kind: RecordKind): Promise<OrgRecord[]> {
  const found: OrgRecord[] = [];
  for await (const one of open.sink.readAll(system, kind, quickly())) found.push(one);
  return found;
}

async function load(records: readonly RecordWrite[]): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  const each = async function* (): AsyncGenerator<RecordWrite> {
    yield* records;
  };
  const [first] = records;
  if (first === undefined) return [];
  for await (const outcome of open.sink.load(first.key.kind, each(), quickly())) outcomes.push(outcome);
  return outcomes;
}

/** What came back of what was sent. */
const sentOf = (fields: RecordFields, sent: RecordFields): RecordFields =>
  Object.fromEntries(Object.keys(fields).map((path) => [path, sent[path] ?? null]));

describe.each([[''], ['gway']])('with the namespace "%s"', (namespace) => {
  beforeEach(() => start(namespace));

  test('every path of every kind that the package maps arrives and comes back', async () => {
    // Prices are live only as the package comes.
    const kinds = recordKindsInOrder.filter((kind) => kind !== 'price');
    expect([...(await open.sink.wantedKinds(quickly()))].toSorted()).toEqual(kinds.toSorted());
    const records = kinds.map((kind) => whole(kind));
    const { outcomes } = await open.sink.write(records, { customers: [key('customer', ids.customer)] }, quickly());
    expect(outcomes).toEqual(records.map(() => ({ ended: 'written', recordId: expect.any(String), isNew: true })));
    for (const sent of records) {
      const [found, ...others] = await readAll(sent.key.kind);
      expect(others).toEqual([]);
      expect(found?.key).toEqual(sent.key);
      expect(found?.fields).toEqual({ ...sentOf(found?.fields ?? {}, sent.fields), isRemoved: false });
      expect(Object.keys(found?.fields ?? {}).length).toBeGreaterThan(2);
    }
    expect(warnings).toEqual([]);
  });

  test('the same by Bulk API 2.0', async () => {
    for (const kind of recordKindsInOrder.filter((one) => one !== 'price')) {
      const sent = whole(kind);
      expect(await load([sent])).toEqual([{ ended: 'written', recordId: expect.any(String), isNew: true }]);
      const [found] = await readAll(kind);
      expect(found?.fields).toEqual({ ...sentOf(found?.fields ?? {}, sent.fields), isRemoved: false });
    }
  });
});

describe('the trigger of the package', () => {
  beforeEach(() => start(''));

  test('refuses what is older, by collection and by Bulk API, and takes a repetition', async () => {
    const now = whole('customer', '2026-11-21T10:15:00Z');
    const older = whole('customer', '2026-11-20T10:15:00Z');
    await open.sink.write([now], undefined, quickly());
    const facets = expect.arrayContaining(['credit', 'master']);
    expect((await open.sink.write([older], undefined, quickly())).outcomes).toEqual([{ ended: 'older', facets }]);
    expect(await load([older])).toEqual([{ ended: 'older', facets }]);
    expect((await open.sink.write([now], undefined, quickly())).outcomes).toMatchObject([
      { ended: 'written', isNew: false },
    ]);
  });

  test('a reference is cleared by null, by collection and by Bulk API', async () => {
    await open.sink.write([whole('customer'), whole('order')], undefined, quickly());
    const without = { ...whole('order', '2026-11-22T10:15:00Z'), fields: { shipTo: null } };
    await open.sink.write([without], undefined, quickly());
    expect(await readAll('order')).toMatchObject([{ fields: { shipTo: null, customer: ids.customer } }]);
    await load([whole('order', '2026-11-23T10:15:00Z')]);
    expect(await readAll('order')).toMatchObject([{ fields: { shipTo: ids.customer } }]);
    await load([{ ...without, facets: whole('order', '2026-11-24T10:15:00Z').facets }]);
    expect(await readAll('order')).toMatchObject([{ fields: { shipTo: null, customer: ids.customer } }]);
  });

  test('a parent that is not there is named, by collection and by Bulk API', async () => {
    const missing = [{ ended: 'parent-missing', parent: key('customer', ids.customer) }];
    const order = whole('order');
    expect((await open.sink.write([order], undefined, quickly())).outcomes).toEqual(missing);
    expect(await load([order])).toEqual(missing);
  });

  test('issues, status and wishes find their fields', async () => {
    await open.sink.write([whole('customer')], undefined, quickly());
    const { source } = whole('customer');
    const issue = {
      name: 'SC-000001',
      system,
      key: key('customer', ids.customer),
      state: 'held',
      code: 'SALESFORCE_RULE_REFUSED',
      whatHappened: 'A rule refused it.',
      nextStep: 'Change the rule.',
      owner: 'salesforce-admin',
      messages: 'Phone is missing',
      source,
      attempts: 3,
      heldAt: '2026-11-21T10:16:00.000Z',
    } as const;
    const status = {
      system,
      canaryAt: '2026-11-21T10:15:00.000Z',
      canaryTookMs: 812,
      waiting: 4,
      held: 1,
      oldestWaitingAt: null,
      callsToday: 120,
      callsBudget: 5_000,
      refreshesToday: 7,
      refreshesBudget: 500,
    };
    expect(await open.sink.report([issue], status, quickly())).toEqual({ calls: 1 });
    expect(warnings).toEqual([]);
    expect(await open.sink.wishes(system, quickly())).toEqual([]);
    expect(open.sink.callsUsed?.used).toBeGreaterThan(0);
  });
});
