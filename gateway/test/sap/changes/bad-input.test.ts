/** Whatever is wrong with an IDoc: it is refused by itself, in words, and the others arrive. */
import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../src/errors/index.ts';
import { hashOfIdoc } from '../../../src/sap/changes/content-hash.ts';
import { toControl } from '../../../src/sap/idoc/control-record.ts';
import { seeded } from '../fakes/seeded.ts';
import { control, layoutOf, segment, xmlBytes } from '../idoc/written-idocs.ts';
import type { WrittenIdoc, WrittenSegment } from '../idoc/written-idocs.ts';
import {
  changesOf,
  collect,
  fieldsOf,
  readXml,
  refusalOf,
  strayPaths,
  understood,
  wholeCustomer,
} from './read-changes.ts';

const order = (
  changes: {
    readonly head?: object;
    readonly sum?: object;
    readonly item?: object;
    readonly line?: object;
    readonly more?: readonly WrittenSegment[];
  } = {},
  controlFields: Readonly<Record<string, string>> = {},
): WrittenIdoc => ({
  control: control(700201, { IDOCTYP: 'ORDERS05', MESTYP: 'ORDRSP', ...controlFields }),
  segments: [
    segment('E1EDK01', { CURCY: 'EUR', BSART: 'TA', BELNR: 'PO-1', ...changes.head }),
    segment('E1EDK03', { IDDAT: '012', DATUM: '20261120' }),
    segment('E1EDKA1', { PARVW: 'AG', PARTN: '0000104711' }),
    segment('E1EDK02', { QUALF: '002', BELNR: '0000004500', DATUM: '20261120' }),
    ...(changes.more ?? []),
    segment(
      'E1EDP01',
      { POSEX: '000010', MENGE: '12.000', MENEE: 'PCE', NETWR: '1788.00', CURCY: 'EUR', ...changes.item },
      [
        segment('E1EDP20', { WMENG: '12.000', EDATU: '20261201', ...changes.line }),
        segment('E1EDP19', { QUALF: '002', IDTNR: 'GW-2040', KTEXT: 'Pump' }),
      ],
    ),
    segment('E1EDS01', { SUMID: '002', SUMME: '1788.00', ...changes.sum }),
  ],
});

const document = (idocs: readonly WrittenIdoc[]): ReturnType<typeof readXml> => readXml(idocs, 'ORDERS05');

test('the order that is spoiled below is understood', async () => {
  const changes = understood((await document([order()]))[0]);
  expect(strayPaths(changes)).toEqual([]);
  expect(changes.map(({ key }) => `${key.kind} ${key.id}`)).toEqual([
    'order 0000004500',
    'order-item 0000004500/000010',
  ]);
});

describe('a value that SAP itself would not have', () => {
  test.each([
    [
      'a day that does not exist',
      order({ line: { EDATU: '20260230' } }),
      'Field EDATU of segment E1EDP20 holds no day that exists.',
    ],
    ['a figure with a comma', order({ sum: { SUMME: '1.788,00' } }), 'Field SUMME of segment E1EDS01 holds no number.'],
    [
      'more decimals than the currency has',
      order({ sum: { SUMME: '1788.005' } }),
      'Field SUMME of segment E1EDS01 holds no amount in EUR, which has 2 decimals.',
    ],
    [
      'half a yen',
      order({ item: { CURCY: 'JPY', NETWR: '1788.50' } }),
      'Field NETWR of segment E1EDP01 holds no amount in JPY, which has 0 decimals.',
    ],
    [
      'an unknown currency',
      order({ head: { CURCY: 'QQQ' } }),
      'Field CURCY of segment E1EDK01 holds no currency that is known.',
    ],
    [
      'an amount without a currency',
      order({ head: { CURCY: '' } }),
      'Field SUMME of segment E1EDS01 holds no amount with a currency.',
    ],
    [
      'an unknown unit',
      order({ item: { MENEE: 'QQQ' } }),
      'Field MENEE of segment E1EDP01 holds no unit that is known.',
    ],
    ['two signs', order({ sum: { SUMME: '-5.00-' } }), 'Field SUMME of segment E1EDS01 holds no number.'],
    [
      'an item that has no number',
      order({ item: { POSEX: '' } }),
      'Field POSEX of segment E1EDP01 holds no item number.',
    ],
  ])('%s', async (_what, idoc, words) => {
    const [spoiled, next] = await document([idoc, order({}, { DOCNUM: '0000000000700999' })]);
    expect(refusalOf(spoiled)).toBe(`IDOC_VALUE_INVALID: ${words}`);
    expect(catalogue.IDOC_VALUE_INVALID).toMatchObject({ disposition: 'reject', owner: 'sap-key-user' });
    expect(understood(next)).toHaveLength(2);
  });

  test("units and currencies of the company's own are known where T006, TCURX or the configuration name them", async () => {
    expect(understood((await document([order({ item: { MENEE: 'ZPL' } })]))[0])).toHaveLength(2);
    const idoc = order({ head: { CURCY: 'QQQ' }, item: { CURCY: 'QQQ', MENEE: 'Q9' }, sum: { SUMME: '1.2345' } });
    const changes = changesOf({ idocs: { currencies: { QQQ: 4 }, units: ['Q9'] } });
    const [arrival] = await readXml([idoc], 'ORDERS05', changes);
    expect(understood(arrival)[0]?.fields['net']).toBe('1.2345');
  });
});

describe('a message', () => {
  const typed = (IDOCTYP: string, MESTYP: string): Promise<string> =>
    document([order({}, { IDOCTYP, MESTYP })]).then(([it]) => refusalOf(it));

  test.each([
    ['ORDERS05', 'QUOTES'],
    ['ORDERS05', 'ORDCHG'],
    ['ORDERS05', 'DEBMAS'],
    ['ORDERS05', 'BOMMAT'],
  ])('in %s of the type %s is refused, because it says something else', async (basicType, messageType) => {
    const root = `IDoc 700201 is ${messageType} in basic type ${basicType}, which is not read here.`;
    expect(await typed(basicType, messageType)).toBe(`IDOC_TYPE_NOT_SUPPORTED: ${root}`);
  });

  test('of a version that nobody knows is refused', async () => {
    const [arrival] = await readXml([wholeCustomer({}, [], { IDOCTYP: 'DEBMAS99' })], 'DEBMAS99');
    expect(refusalOf(arrival)).toMatch(/^IDOC_TYPE_NOT_SUPPORTED: /);
  });

  test('with a segment that has no field at all is understood', async () => {
    const empty = ['E1EDK03', 'E1EDKA1', 'E1EDK14'].map((name) => segment(name, {}));
    expect(understood((await document([order({ more: empty })]))[0])).toHaveLength(2);
  });

  test('of master data is reduced, whatever the company has named it', async () => {
    const reduced: WrittenIdoc = {
      control: control(700202, { MESTYP: 'DEBRED' }),
      segments: [segment('E1KNA1M', { MSGFN: '004', KUNNR: '0000104711', AUFSD: '01', NAME1: 'N', LAND1: 'DE' })],
    };
    const fields = fieldsOf(understood((await readXml([reduced]))[0]), 'customer');
    expect(fields).toMatchObject({ 'blocks.order': '01' });
    expect(fields).not.toHaveProperty(['blocks.delivery']);
  });

  test("of a company's own type is read by its basic type", async () => {
    expect(understood((await document([order({}, { MESTYP: 'ZORDRSP' })]))[0])).toHaveLength(2);
  });

  test('without its first segment is refused', async () => {
    const { control: head, segments } = order();
    const [arrival] = await document([{ control: head, segments: segments.slice(1) }]);
    expect(refusalOf(arrival)).toMatch(/^IDOC_MALFORMED: .*it has no segment E1EDK01/);
  });

  test.each([
    ['another client', { MANDT: '999' }, 'IDOC_CLIENT_WRONG'],
    ['another sender', { SNDPRN: 'STRANGER' }, 'IDOC_PARTNER_UNKNOWN'],
    ['nobody', { DOCNUM: '' }, 'IDOC_CONTROL_INCOMPLETE'],
    ['a day that does not exist', { CREDAT: '20260230' }, 'IDOC_CONTROL_INCOMPLETE'],
  ])('of %s is kept as refused, with what is known of it', async (_whose, fields, code) => {
    const [arrival] = await document([order({}, fields)]);
    expect(refusalOf(arrival)).toMatch(new RegExp(`^${code}: `));
    if (arrival === undefined || !('refused' in arrival)) throw new Error('not refused');
    expect(arrival.refused.source).toMatchObject({
      kind: 'idoc',
      type: 'ORDRSP',
      createdAt: expect.stringMatching(/^2026-/),
    });
    const [again] = await document([order({}, fields)]);
    expect(again).toMatchObject({
      refused: { source: arrival.refused.source, contentHash: arrival.refused.contentHash },
    });
  });

  test('that is cut off ends the document, and what was whole before it has arrived', async () => {
    const bytes = xmlBytes([order(), order({}, { DOCNUM: '0000000000700202' })], 'ORDERS05');
    const arriving = changesOf().readXmlIdocs([bytes.subarray(0, bytes.length - 300)], undefined);
    const arrived: unknown[] = [];
    const reading = (async () => {
      for await (const it of arriving) arrived.push(it);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'IDOC_TRUNCATED' });
    expect(arrived).toHaveLength(1);
  });
});

test('the same content has the same hash under another status, and other content another one', async () => {
  const hashOf = async (idoc: WrittenIdoc): Promise<string> => {
    const [arrival] = await document([idoc]);
    return arrival !== undefined && 'document' in arrival ? arrival.document.contentHash : '';
  };
  const first = await hashOf(order());
  expect(await hashOf(order({}, { STATUS: '03', RCVPOR: 'OTHER' }))).toBe(first);
  expect(await hashOf(order({ item: { MENGE: '13.000' } }))).not.toBe(first);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
});

test('content that could be cut into fields in no way counts in the hash, too', () => {
  const hashOf = (raw: string | undefined): string =>
    hashOfIdoc({
      control: toControl({ DOCNUM: '1' }),
      segments: [{ name: 'Z1OWN', parent: null, fields: {}, ...(raw === undefined ? {} : { raw }) }],
    });
  expect(new Set([hashOf(undefined), hashOf('A  1'), hashOf('A  2')]).size).toBe(3);
});

test('spoiled fields never give a half-understood document: it arrives in known paths, or is refused in words', async () => {
  const chance = seeded(20261121);
  const junk = [
    '',
    '/',
    'X',
    '0',
    '-1',
    '1,5',
    '99999999',
    '20260230',
    '00000000',
    'ÄÖ',
    'a'.repeat(40),
    '1e5',
    ' 5-',
    '٣',
    '\u00a0',
    ':',
    '%',
  ];
  const spoil = (written: WrittenSegment): WrittenSegment => ({
    ...written,
    fields: layoutOf(written.type).flatMap(([name, length]): (readonly [string, string])[] => {
      const kept = written.fields.find(([known]) => known === name);
      if (chance.below(8) > 0) return kept === undefined ? [] : [kept];
      return [[name, chance.pick(junk).slice(0, length)]];
    }),
    children: written.children.map(spoil),
  });
  const area = segment('E1KNVVM', { VKORG: '1000', VTWEG: '10', SPART: '00' }, [
    segment('E1KNVPM', { PARVW: 'AG', KUNN2: '0000104711' }),
  ]);
  const credit = segment('E1KNKKM', { KKBER: '3000', KLIMK: '5.00' });
  const outcomes = { understood: 0, refused: 0 };
  for (let round = 0; round < 600; round += 1) {
    const isOrder = round % 2 === 0;
    const whole = isOrder ? order() : wholeCustomer({ STRAS: 'Hafenstraße 12' }, [area, credit]);
    const [arrival] = await readXml(
      [{ ...whole, segments: whole.segments.map(spoil) }],
      isOrder ? 'ORDERS05' : 'DEBMAS07',
    );
    if (arrival === undefined) throw new Error('nothing arrived');
    if ('refused' in arrival) {
      outcomes.refused += 1;
      expect(arrival.refused.error.code).toMatch(/^IDOC_/);
      continue;
    }
    outcomes.understood += 1;
    expect(strayPaths(arrival.document.changes)).toEqual([]);
    for (const { key } of arrival.document.changes) expect(key.id).toMatch(/^[^\p{Cc}:]+$/u);
  }
  expect(Math.min(outcomes.understood, outcomes.refused)).toBeGreaterThan(30);
});

test.each(['constructor', '__proto__'])(
  'a partner function that is called %s is one that nobody knows',
  async (name) => {
    const partner = segment('E1KNVPM', { PARVW: name, KUNN2: '0000104712' });
    const area = segment('E1KNVVM', { VKORG: '1000', VTWEG: '10', SPART: '00' }, [partner]);
    const [arrival] = await readXml([wholeCustomer({}, [area])]);
    const found = understood(arrival).find(({ key }) => key.kind === 'partner');
    expect(found?.fields).toMatchObject({ role: 'other', function: name, partner: null });
  },
);

test('a document of many IDocs gives each of them as it is read', async () => {
  const idocs = Array.from({ length: 50 }, (_none, index) =>
    order({}, { DOCNUM: String(800_000 + index).padStart(16, '0') }),
  );
  expect(await collect(changesOf().readXmlIdocs([xmlBytes(idocs, 'ORDERS05')], undefined))).toHaveLength(50);
});
