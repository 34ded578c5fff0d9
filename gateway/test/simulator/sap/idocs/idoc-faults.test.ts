/** Faults on demand: what the receiver gets, and what SAP believes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { idocFault } from '../../../../simulator/sap/idocs/idoc-faults.ts';
import { renderXml } from '../../../../simulator/sap/idocs/render-xml.ts';
import { spoil } from '../../../../simulator/sap/idocs/spoil.ts';
import type { IdocFaultInput } from '../../../../simulator/sap/start.ts';
import { startIdocSystem, nordwind } from './idoc-system.ts';
import type { IdocSystem } from './idoc-system.ts';
import { all, fieldOf, fieldsOf, idocsOf, readXml } from './idoc-reader.ts';

let it: IdocSystem;
beforeEach(async () => {
  it = await startIdocSystem();
});
afterEach(() => it.close());

let edits = 0;
const change = async (customer = nordwind): Promise<void> => {
  edits += 1;
  await it.edit('KNA1', customer, { TELF1: String(edits) });
  await it.run();
};
const fault = async (given: IdocFaultInput): Promise<void> => {
  expect((await it.control('POST', 'idocs/faults', { times: 1, ...given })).status).toBe(201);
};
const controls = (): readonly Readonly<Record<string, string>>[] =>
  it.receiver.texts().flatMap((text) => idocsOf(text).map((idoc) => fieldsOf(idoc, 'EDI_DC40')));
const numbers = (): readonly number[] => controls().map(({ DOCNUM }) => Number(DOCNUM));
const status = (): readonly (string | undefined)[] => it.ale.list().map(({ history }) => history.at(-1)?.status);

describe('on the way', () => {
  test('duplicate: the same document arrives twice, SAP saw it leave once', async () => {
    await fault({ kind: 'duplicate' });
    await change();
    expect(numbers()).toEqual([1, 1]);
    expect(it.receiver.texts()[0]).toBe(it.receiver.texts()[1]);
    expect(it.ale.list()).toMatchObject([{ deliveries: 2, history: { length: 3 } }]);
  });

  test('out-of-order: the second of a customer overtakes the first, which is not lost', async () => {
    await fault({ kind: 'out-of-order' });
    await change();
    expect(numbers()).toEqual([]);
    await change();
    expect(numbers()).toEqual([2, 1]);
    expect(status()).toEqual(['03', '03']);
  });

  test('out-of-order: what nothing overtakes leaves when the faults are taken away', async () => {
    await fault({ kind: 'out-of-order' });
    await change();
    expect(it.ale.counts().held).toBe(1);
    await it.control('DELETE', 'idocs/faults');
    await it.ale.idle();
    expect(numbers()).toEqual([1]);
  });

  test('lost-answer: it arrived whole, SAP has status 02 and sends it again', async () => {
    await fault({ kind: 'lost-answer' });
    await change();
    expect([numbers(), status()]).toEqual([[1], ['02']]);
    it.ale.resend();
    await it.ale.idle();
    expect([numbers(), status()]).toEqual([[1, 1], ['03']]);
  });

  test('truncated-body: half a document that calls itself whole', async () => {
    await fault({ kind: 'truncated-body' });
    await change();
    const [received] = it.receiver.received;
    expect(received?.isWhole).toBe(true);
    expect(() => readXml(it.receiver.texts()[0] ?? '')).toThrow();
    expect(status()).toEqual(['03']);
  });

  test('cut-connection: half of what was promised, then nothing', async () => {
    await fault({ kind: 'cut-connection' });
    await change();
    await it.receiver.arrived(1);
    expect(it.receiver.received).toMatchObject([{ isWhole: false }]);
    expect(it.receiver.received[0]?.body.length).toBeGreaterThan(0);
    expect(status()).toEqual(['02']);
  });

  test('wrong-encoding: says UTF-8 and is not', async () => {
    await fault({ kind: 'wrong-encoding' });
    await change();
    const body = it.receiver.received[0]?.body ?? Buffer.alloc(0);
    expect(body.toString('latin1')).toContain('encoding="utf-8"');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
  });

  test('hostile-entities: a small document that would become a large one', async () => {
    await fault({ kind: 'hostile-entities' });
    await change();
    const [text = ''] = it.receiver.texts();
    expect(text).toMatch(/^<\?xml [^>]*\?><!DOCTYPE bomb \[/);
    expect(text).toContain('<REFINT>&a9;</REFINT>');
    expect(text.length).toBeLessThan(20_000);
  });

  test('slow: arrives in pieces, and SAP waits', async () => {
    await fault({ kind: 'slow', pieces: 4, delayMs: 10 });
    const begun = performance.now();
    await change();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(35);
    expect(numbers()).toEqual([1]);
  });

  test('a fault strikes one message type, after so many, so often', async () => {
    await fault({ kind: 'duplicate', messageType: 'MATMAS' });
    await fault({ kind: 'lost-answer', messageType: 'DEBMAS', after: 1, times: 1 });
    for (let index = 0; index < 3; index += 1) await change();
    expect([numbers(), status()]).toEqual([
      [1, 2, 3],
      ['03', '02', '03'],
    ]);
    expect((await it.control('GET', 'idocs/faults')).body).toMatchObject([{ kind: 'duplicate', left: 1 }]);
    expect((await it.control('POST', 'idocs/faults', { kind: 'nothing' })).status).toBe(400);
  });
});

describe('in the content', () => {
  test.each([
    ['foreign-client', { MANDT: '999' }],
    ['foreign-partner', { SNDPRN: 'STRANGER' }],
    ['foreign-type', { IDOCTYP: 'DEBMAS99' }],
  ] as const)('%s: the control record names another, the database does not', async (kind, expected) => {
    await fault({ kind });
    await change();
    expect(controls()).toMatchObject([expected]);
    expect(it.ale.get('0000000000000001').control).not.toMatchObject(expected);
  });

  test('unknown-segment: one that no release has', async () => {
    await fault({ kind: 'unknown-segment' });
    await change();
    expect(all(readXml(it.receiver.texts()[0] ?? ''), 'Z1GWUNKNOWN')).toHaveLength(1);
  });

  test('wrong-value: any field may hold what it must not', async () => {
    await fault({ kind: 'wrong-value', segment: 'E1KNKKM', field: 'NXTRV', value: '20260231' });
    await fault({ kind: 'wrong-value', segment: 'EDI_DC40', field: 'MESTYP', value: 'NONSENSE', after: 1 });
    await change();
    await change();
    const [first, second] = it.receiver.texts().map((text) => readXml(text));
    expect(first && fieldsOf(first, 'E1KNKKM')['NXTRV']).toBe('20260231');
    expect(second && fieldsOf(second, 'EDI_DC40')['MESTYP']).toBe('NONSENSE');
  });

  test('wrong-value: in a field that no segment has is an error of the ALE service, and holds up nothing', async () => {
    await fault({ kind: 'wrong-value', segment: 'E1KNA1M', field: 'NONE', value: 'x' });
    await change();
    await change();
    expect([status(), numbers()]).toEqual([['29', '03'], [2]]);
    it.ale.resend();
    await it.ale.idle();
    expect(numbers()).toEqual([2, 1]);
  });

  test('older-serial: its moment is before that of one already sent', async () => {
    await change();
    await fault({ kind: 'older-serial', seconds: 7200 });
    await change();
    const [first, second] = controls();
    expect(Number(second?.['DOCNUM'])).toBe(2);
    expect((second?.['SERIAL'] ?? '') < (first?.['SERIAL'] ?? '')).toBe(true);
    expect(`${second?.['CREDAT']}${second?.['CRETIM']}`).toBe(second?.['SERIAL']);
  });

  test('a copy brings old content under a new number', async () => {
    await change();
    const [old] = it.receiver.texts();
    await change();
    const { body } = await it.control('POST', 'idocs/copy', { number: '1' });
    expect(body).toMatchObject({ idocs: [{ number: '0000000000000003', status: '03' }] });
    expect(it.receiver.texts()[2]).toBe(old?.replace('0000000000000001', '0000000000000003'));
  });

  test('huge: any size is sent, and none of it is in memory before it is', async () => {
    it.receiver.isKeeping = false;
    const bytes = 5_000_000;
    await fault({ kind: 'huge', bytes });
    await change();
    expect(it.receiver.bytes()).toBeGreaterThan(bytes);
    expect(it.receiver.bytes()).toBeLessThan(bytes * 1.1);
    expect(status()).toEqual(['03']);
    const endless = spoil(it.ale.get('0000000000000001'), idocFault.parse({ kind: 'huge', bytes: 4 * 1024 ** 3 }));
    const pieces = renderXml([endless], { encoding: 'utf-8', emptyElements: false, soap: false });
    const first = Array.from({ length: 100 }, () => String(pieces.next().value));
    expect(first.at(-1)).toContain('A very long text');
  });

  test('huge: is still a document', async () => {
    await fault({ kind: 'huge', bytes: 100_000 });
    await change();
    const root = readXml(it.receiver.texts()[0] ?? '');
    expect(all(root, 'E1KNA1L').length).toBeGreaterThan(100);
    expect(fieldsOf(root, 'E1KNKKM')).toHaveProperty('KLIMK');
  });
});

describe('burst', () => {
  test('so many IDocs of one customer, one after the other, or one of all changes', async () => {
    const { body } = await it.control('POST', 'idocs/burst', { key: nordwind, count: 20 });
    expect(body).toMatchObject({ count: 20 });
    const phones = it.receiver.texts().map((text) => fieldOf(all(readXml(text), 'E1KNA1M')[0], 'TELF1'));
    expect(phones).toEqual(Array.from({ length: 20 }, (_, index) => `burst ${index + 1}`));
    const merged = await it.control('POST', 'idocs/burst', { key: nordwind, count: 5, each: false });
    expect(merged.body).toMatchObject({ count: 1 });
  });

  test('of a field there is not says so', async () => {
    const { status: refused } = await it.control('POST', 'idocs/burst', { key: nordwind, count: 1, field: 'NONE' });
    expect(refused).toBe(400);
  });
});
