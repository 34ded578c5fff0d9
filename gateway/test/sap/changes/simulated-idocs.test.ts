/** Every IDoc that the simulated SAP makes of its objects is understood, in every style of its ports alike. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { renderFlat } from '../../../simulator/sap/idocs/render-flat.ts';
import { renderXml } from '../../../simulator/sap/idocs/render-xml.ts';
import type { Idoc } from '../../../simulator/sap/idocs/index.ts';
import { arrivedDocument } from '../../../src/model/index.ts';
import type { Arrival } from '../../../src/ports/index.ts';
import { changesOf, collect, fieldsOf, refusalOf, strayPaths, understood } from './read-changes.ts';

let sap: SapSimulator;
const messageTypes = [
  'DEBMAS',
  'ADRMAS',
  'MATMAS',
  'COND_A',
  'ORDRSP',
  'ORDERS',
  'DESADV',
  'WHSORD',
  'INVOIC',
] as const;
type MessageType = (typeof messageTypes)[number];

beforeAll(async () => {
  sap = await startSapSimulator({
    idocs: {
      // Nobody listens: what was made is read from SAP's own database.
      ports: { GW: { kind: 'http', url: 'http://127.0.0.1:1/' } },
      messageTypes: Object.fromEntries(messageTypes.map((name) => [name, {}])),
    },
  });
  await keepPrice({ KNUMH: '0000000001', KSCHL: 'PR00', KBETR: '99.50', KONWA: 'EUR', KRECH: 'C' }, 'A304', {});
  const own = { KUNNR: '0000104714' };
  await keepPrice({ KNUMH: '0000000002', KSCHL: 'PR00', KBETR: '120.00', KONWA: 'JPY', KRECH: 'C' }, 'A305', own);
  await keepPrice({ KNUMH: '0000000003', KSCHL: 'K005', KBETR: '10.00', KONWA: '%', KRECH: 'A' }, 'A305', own);
});
afterAll(() => sap.close());

/** A condition record as somebody keeps it in VK11; the shipped data have none. */
async function keepPrice(
  { KNUMH, ...item }: Readonly<Record<string, string>>,
  table: string,
  key: Readonly<Record<string, string>>,
): Promise<void> {
  const edit = async (name: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${sap.url}/simulator/tables/${name}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  await edit('KONP', { key: { KNUMH, KOPOS: '01' }, set: { KPEIN: '1', KMEIN: 'ST', ...item } });
  const condition = {
    KAPPL: 'V',
    KSCHL: item['KSCHL'],
    VKORG: '1000',
    VTWEG: '10',
    MATNR: 'GW-2040',
    DATBI: '99991231',
    ...key,
  };
  await edit(table, { key: condition, set: { DATAB: '20260101', KNUMH } });
}

function idocsOf(messageType: MessageType): readonly Idoc[] {
  const ale = sap.idocs?.ale;
  if (ale === undefined) throw new Error('no IDocs');
  const keys = [...ale.active(messageType).message.allKeys(ale.system.database)];
  return ale.request(messageType, keys, 1);
}

const style = { encoding: 'utf-8', emptyElements: false, soap: false };
const bytes = (pieces: Iterable<string>): Buffer => Buffer.from([...pieces].join(''));
const readAsXml = (idocs: readonly Idoc[], more = {}): Promise<readonly Arrival[]> =>
  collect(changesOf().readXmlIdocs([bytes(renderXml(idocs, { ...style, ...more }))], 'text/xml'));
const readAsFlat = (idocs: readonly Idoc[], trimBlanks: boolean): Promise<readonly Arrival[]> =>
  collect(changesOf().readFlatIdocs([bytes(renderFlat(idocs, { lineEnd: 'LF', trimBlanks, definitions: {} }))]));
const changesIn = (arrivals: readonly Arrival[]): unknown => arrivals.map((it) => understood(it));

describe.each(messageTypes)('%s of every object', (messageType) => {
  test('is understood, in paths that the model has', async () => {
    const idocs = idocsOf(messageType);
    const arrivals = await readAsXml(idocs);
    expect(idocs.length).toBeGreaterThan(0);
    expect(arrivals).toHaveLength(idocs.length);
    for (const arrival of arrivals) {
      const changes = understood(arrival);
      expect(strayPaths(changes)).toEqual([]);
      if ('document' in arrival) expect(() => arrivedDocument.parse(arrival.document)).not.toThrow();
    }
    expect(arrivals.flatMap((it) => understood(it)).length).toBeGreaterThan(0);
  });

  test('says the same with blank fields as empty elements and inside a SOAP envelope', async () => {
    const idocs = idocsOf(messageType);
    const plain = changesIn(await readAsXml(idocs));
    expect(changesIn(await readAsXml(idocs, { emptyElements: true }))).toEqual(plain);
    expect(changesIn(await readAsXml(idocs, { soap: true }))).toEqual(plain);
  });
});

const withLayouts = messageTypes.filter((it) => it !== 'ADRMAS' && it !== 'COND_A');
test.each(withLayouts)('%s says the same from a flat file, whether or not its blanks were cut', async (messageType) => {
  const idocs = idocsOf(messageType);
  const plain = await readAsXml(idocs);
  expect(await readAsFlat(idocs, false)).toEqual(plain);
  expect(await readAsFlat(idocs, true)).toEqual(plain);
});

test.each(['ADRMAS', 'COND_A'] as const)(
  '%s in a flat file is refused, because nobody knows where its fields stand',
  async (messageType) => {
    const [arrival] = await readAsFlat(idocsOf(messageType).slice(0, 1), false);
    expect(refusalOf(arrival)).toMatch(/^IDOC_LAYOUT_UNKNOWN: IDoc \d+ has a segment E1\w+ whose layout is not known/);
  },
);

describe('what stands in them', () => {
  const find = async (messageType: MessageType, key: string): Promise<ReturnType<typeof understood>> => {
    const idoc = idocsOf(messageType).find((it) => it.key.includes(key));
    if (idoc === undefined) throw new Error(`no ${messageType} of ${key}`);
    return understood((await readAsXml([idoc]))[0]);
  };

  test('the address of ADRMAS has street, house number and mail address apart', async () => {
    const [change, ...others] = await find('ADRMAS', '0000104724');
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      key: { kind: 'customer', id: '0000104724' },
      facet: 'address',
      fields: { 'address.street': 'Senator-Borttscheller-Straße', 'address.houseNumber': '4', 'address.country': 'DE' },
    });
    expect(change?.fields).toHaveProperty('email');
  });

  test('yen and dinars have their own decimals, in orders and in invoices', async () => {
    const decimals: Record<string, Set<number>> = {};
    for (const messageType of ['ORDRSP', 'INVOIC'] as const) {
      for (const arrival of await readAsXml(idocsOf(messageType))) {
        for (const { fields } of understood(arrival)) {
          const { net, currency } = fields;
          if (typeof net !== 'string' || typeof currency !== 'string') continue;
          (decimals[currency] ??= new Set()).add(net.split('.')[1]?.length ?? 0);
        }
      }
    }
    expect(decimals).toMatchObject({ EUR: new Set([2]), JPY: new Set([0]), KWD: new Set([3]) });
  });

  test('credit memos are negative, and what cancels an invoice names it', async () => {
    const all = (await readAsXml(idocsOf('INVOIC')))
      .flatMap((it) => understood(it))
      .filter(({ key }) => key.kind === 'invoice');
    const of = (kind: string): typeof all => all.filter(({ fields }) => fields['kind'] === kind);
    for (const { fields } of of('credit-memo')) expect(fields['gross']).toMatch(/^-/);
    for (const { fields } of of('invoice')) expect(fields['gross']).not.toMatch(/^-/);
    expect(of('credit-memo').length).toBeGreaterThan(0);
    const [cancellation] = of('cancellation');
    expect(cancellation?.fields['cancels']).toMatch(/^\d{10}$/);
    expect(cancellation?.parents).toContainEqual(expect.objectContaining({ kind: 'invoice' }));
  });

  test('a delivery of one order refers to it, and its items to the items of the order', async () => {
    const all = (await readAsXml(idocsOf('DESADV'))).map((it) => understood(it));
    const delivery = all.find((it) => typeof fieldsOf(it, 'delivery')['order'] === 'string') ?? [];
    const order = fieldsOf(delivery, 'delivery')['order'];
    const items = delivery.filter(({ key }) => key.kind === 'delivery-item');
    expect(items.length).toBeGreaterThan(0);
    for (const { fields } of items)
      expect(String(fields['orderItem'])).toMatch(new RegExp(`^${String(order)}/\\d{6}$`));
  });

  test('a price is known by type, table, key and first day, a percentage is none', async () => {
    const prices = (await readAsXml(idocsOf('COND_A'))).map((it) => understood(it));
    expect(prices).toHaveLength(3);
    expect(
      prices.flat().map(({ key, fields, parents }) => [key.id, fields['amount'], fields['currency'], parents.length]),
    ).toEqual([
      ['PR00/304/1000/10/GW-2040/20260101', '99.50', 'EUR', 1],
      ['PR00/305/1000/10/0000104714/GW-2040/20260101', '12000', 'JPY', 2],
    ]);
    expect(prices.flat()[0]?.fields).toMatchObject({ per: '1', unit: 'PCE', validFrom: '2026-01-01', validTo: null });
  });
});
