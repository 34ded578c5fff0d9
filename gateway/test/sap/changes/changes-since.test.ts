/** "Changes since" of the ABAP pack: what raises no IDoc arrives too, each change once, and nothing is lost. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions, SimulatorClock } from '../../../simulator/sap/start.ts';
import { arrivedDocument } from '../../../src/model/index.ts';
import type { ChangesPage, OpenedSap } from '../../../src/ports/index.ts';
import { openSap } from '../../../src/sap/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { settingsFor } from '../fakes/simulated-sap-settings.ts';
import { fieldsOf, strayPaths, understood } from './read-changes.ts';

let now = Date.parse('2026-11-21T12:00:00Z');
/** SAP's clock stands still until the test moves it; ours is another, which must not matter. */
const clock: SimulatorClock = { now: () => now, after: () => () => undefined };
const pass = (minutes: number): void => void (now += minutes * 60_000);

let sap: SapSimulator;
let opened: OpenedSap;
afterEach(async () => {
  await opened.system.close();
  await sap.close();
});

async function start(settings: Partial<SoapSettings> = {}, options: SapSimulatorOptions = {}): Promise<void> {
  now = Date.parse('2026-11-21T12:00:00Z');
  sap = await startSapSimulator({ clock, ...options });
  opened = openSap({ ...settingsFor(sap), timeZone: 'UTC', ...settings }, systemClock);
}

const read = (position?: string): Promise<ChangesPage> =>
  opened.changes.changesSince(position, Deadline.in(systemClock, 10_000));

async function control(method: string, path: string, payload?: object): Promise<unknown> {
  const body =
    payload === undefined ? {} : { body: JSON.stringify(payload), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${sap.url}/simulator/${path}`, { method, ...body });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const edit = (table: string, key: Record<string, string>, set: Record<string, string>): Promise<unknown> =>
  control('PATCH', `tables/${table}`, { key, set });
const calls = async (): Promise<Record<string, number>> => {
  const { functions } = (await control('GET', 'calls')) as { functions: Record<string, number> };
  await control('DELETE', 'calls');
  return functions;
};
const nordwind = { KUNNR: '0000104711' };
const numbersOf = ({ arrivals }: ChangesPage): readonly string[] =>
  arrivals.map((it) => ('document' in it ? it.document.source.number : `refused ${it.refused.source.number}`));

describe('changes since', () => {
  test('begins with nothing, and then tells the credit that a customer has now', async () => {
    await start();
    const first = await read();
    expect(first).toMatchObject({ arrivals: [], hasMore: false });
    pass(1);
    await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CRBLB: 'X', KLIMK: '170000.00' });
    const { arrivals } = await read(first.position);
    expect(arrivals).toHaveLength(1);
    const changes = understood(arrivals[0]);
    expect(strayPaths(changes)).toEqual([]);
    expect(changes[0]).toMatchObject({ facet: 'credit', key: { kind: 'customer', id: '0000104711' } });
    expect(changes[0]?.order).toMatch(/^2026-11-21T12:01:00\.000Z#0{10}\d{10}$/);
    expect(fieldsOf(changes, 'customer')).toMatchObject({
      'credit.limit': '170000.00',
      'credit.currency': 'EUR',
      'credit.isBlocked': true,
      'credit.exposure': expect.stringMatching(/^\d+\.\d\d$/),
      'credit.overdue': expect.stringMatching(/^\d+\.\d\d$/),
    });
    const [arrival] = arrivals;
    if (arrival === undefined || !('document' in arrival)) throw new Error('refused');
    expect(() => arrivedDocument.parse(arrival.document)).not.toThrow();
    expect(arrival.document.source).toMatchObject({
      kind: 'change',
      type: 'changes since',
      createdAt: '2026-11-21T12:01:00.000Z',
    });
  });

  test('is told again until its position was kept, and not again after that', async () => {
    await start();
    const first = await read();
    pass(1);
    await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CTLPC: '003' });
    const lost = await read(first.position);
    const kept = await read(first.position);
    expect(numbersOf(kept)).toEqual(numbersOf(lost));
    await calls();
    const after = await read(kept.position);
    expect(after.arrivals).toEqual([]);
    expect((await calls())['Z_GANGWAY_CREDIT_READ']).toBeUndefined();
  });

  test('gives the same number and hash to a change that comes twice, though the credit has changed once more', async () => {
    await start();
    const first = await read();
    pass(1);
    await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CTLPC: '003' });
    const one = await read(first.position);
    await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CTLPC: '002' });
    const other = await read(first.position);
    const [before, after] = [one.arrivals[0], other.arrivals[0]];
    if (before === undefined || after === undefined || !('document' in before) || !('document' in after))
      throw new Error('refused');
    expect(after.document).toMatchObject({ source: before.document.source, contentHash: before.document.contentHash });
    expect(understood(after)[0]?.fields['credit.riskClass']).toBe('002');
  });

  test('reads a customer once per page, however often it was changed', async () => {
    await start({ changeKinds: ['credit'] });
    const first = await read();
    for (const CTLPC of ['001', '002', '003', '001']) {
      pass(1);
      await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CTLPC });
    }
    await calls();
    const page = await read(first.position);
    expect(page.arrivals.length).toBeGreaterThan(1);
    expect((await calls())['Z_GANGWAY_CREDIT_READ']).toBe(1);
  });

  test('tells deletion marks with the blocks that stand beside them, in the facet of the status', async () => {
    await start();
    const first = await read();
    pass(1);
    await edit('KNA1', nordwind, { LOEVM: 'X', AUFSD: '01' });
    const { arrivals } = await read(first.position);
    const changes = understood(arrivals[0]);
    expect(strayPaths(changes)).toEqual([]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      facet: 'status',
      isRemoved: true,
      fields: { 'blocks.order': '01', 'blocks.any': true },
    });
  });

  test('tells that a block was lifted', async () => {
    await start();
    const first = await read();
    pass(1);
    await edit('KNA1', nordwind, { LOEVM: 'X', AUFSD: '' });
    const [arrival] = (await read(first.position)).arrivals;
    expect(fieldsOf(understood(arrival), 'customer')).toMatchObject({ 'blocks.order': null, 'blocks.any': false });
  });

  test('tells names and address only where somebody wants customers from it', async () => {
    await start({ changeKinds: ['customers'] });
    const first = await read();
    pass(1);
    await edit('KNA1', nordwind, { NAME1: 'Nordwind Logistik AG' });
    const changes = understood((await read(first.position)).arrivals[0]);
    expect(strayPaths(changes)).toEqual([]);
    expect(changes.map(({ facet }) => facet)).toEqual(['master', 'status', 'address']);
    expect(fieldsOf(changes, 'customer')).toMatchObject({
      name: 'Nordwind Logistik AG',
      'address.street': 'Hafenstraße',
    });
  });

  test('goes on where a page ended, with no change lost', async () => {
    await start({ changeKinds: ['credit'] });
    const first = await read();
    pass(1);
    for (let index = 0; index < 120; index += 1)
      await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CTLPC: index % 2 === 0 ? '001' : '003' });
    const numbers: string[] = [];
    let page = await read(first.position);
    for (; page.hasMore; page = await read(page.position)) numbers.push(...numbersOf(page));
    numbers.push(...numbersOf(page));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThanOrEqual(119);
  });

  test('goes on from the time it had reached where other kinds are asked for', async () => {
    await start({ changeKinds: ['credit'] });
    const first = await read();
    pass(1);
    await edit('KNA1', nordwind, { LOEVM: 'X' });
    opened = openSap({ ...settingsFor(sap), timeZone: 'UTC', changeKinds: ['credit', 'deletions'] }, systemClock);
    expect(numbersOf(await read(first.position))).toEqual([expect.stringMatching(/^L\d{10}$/)]);
  });

  test('refuses the changes of a customer that is gone, and tells the others', async () => {
    await start({ changeKinds: ['credit'] });
    const first = await read();
    pass(1);
    await edit('KNKK', { KUNNR: '0000999999', KKBER: '1000' }, { CTLPC: '003' });
    await edit('KNKK', { ...nordwind, KKBER: '1000' }, { CTLPC: '003' });
    const { arrivals } = await read(first.position);
    const refused = arrivals.flatMap((it) => ('refused' in it ? [it.refused.error.code] : []));
    expect(refused).toEqual(['SAP_CUSTOMER_UNKNOWN']);
    expect(arrivals).toHaveLength(2);
  });
});

describe('clearings', () => {
  const cleared = (BELNR: string, BUZEI: string, set: Record<string, string> = { VBELN: BELNR }): Promise<unknown> =>
    edit(
      'BSAD',
      {
        ...nordwind,
        BUKRS: '1000',
        AUGDT: '20261121',
        AUGBL: '1400009001',
        ZUONR: BELNR,
        GJAHR: '2026',
        BELNR,
        BUZEI,
      },
      { BLART: 'RV', BSCHL: '01', ...set, WAERS: 'EUR', DMBTR: '10.00', WRBTR: '10.00', SHKZG: 'S', BUDAT: '20261101' },
    );

  test('make an invoice paid; one of whose instalments another is open is not', async () => {
    await start({ changeKinds: ['clearings'] });
    const first = await read();
    pass(61);
    await cleared('0090009001', '001');
    // Open in the shipped data.
    await cleared('0090004729', '002');
    const { arrivals } = await read(first.position);
    const changes = arrivals.flatMap((it) => understood(it));
    expect(strayPaths(changes)).toEqual([]);
    expect(changes.map(({ key, facet, fields }) => [key.kind, key.id, facet, fields])).toEqual(
      expect.arrayContaining([
        ['invoice', '0090009001', 'clearing', { isPaid: true, clearedOn: '2026-11-21' }],
        ['invoice', '0090004729', 'clearing', { isPaid: false, clearedOn: null }],
      ]),
    );
  });

  test('of a bill that accounting entered are no news of any billing document, and are not asked for again', async () => {
    await start({ changeKinds: ['clearings'] });
    const first = await read();
    pass(61);
    await cleared('1800000001', '001', { BLART: 'DR' });
    const page = await read(first.position);
    expect(page.arrivals.map(understood)).toEqual([[]]);
    pass(61);
    expect((await read(page.position)).arrivals).toEqual([]);
  });

  test('are asked for once an hour, because each walk repeats days', async () => {
    await start({ changeKinds: ['credit', 'clearings'] });
    let { position } = await read();
    await calls();
    for (let round = 0; round < 3; round += 1) {
      pass(1);
      ({ position } = await read(position));
    }
    expect((await calls())['Z_GANGWAY_CHANGES_READ']).toBe(3);
    pass(60);
    await read(position);
    expect((await calls())['Z_GANGWAY_CHANGES_READ']).toBe(2);
  });
});

test('without the pack says so, and with an old one, too', async () => {
  await start({}, { pack: false });
  await expect(read()).rejects.toMatchObject({ code: 'SAP_PACK_MISSING' });
  await opened.system.close();
  await sap.close();
  await start({}, { packVersion: '1.1.0' });
  await expect(read()).rejects.toMatchObject({ code: 'SAP_PACK_OUTDATED' });
});

test('a position that is not ours is refused before SAP is asked', async () => {
  await start();
  await expect(read('20261121')).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  expect(await calls()).toEqual({});
});
