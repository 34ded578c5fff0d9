/** Z_GANGWAY_CHANGES_READ: what has changed since a position, with nothing lost between two calls. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SimulatorClock } from '../../../simulator/sap/start.ts';
import { changeCredit } from './pack-writer.ts';
import { call, control, createParameters, fields, rowsOf, textOf } from './soap-caller.ts';

/** A clock that stands still until the test moves it; delays never end, and none is needed. */
let now = 0;
const clock: SimulatorClock = { now: () => now, after: () => () => undefined };
const minutes = (count: number): void => void (now += count * 60_000);

let sap: SapSimulator;
beforeEach(async () => {
  now = Date.parse('2026-11-21T12:00:00Z');
  sap = await startSapSimulator({ clock });
});
afterEach(() => sap.close());

interface Walked {
  readonly position: string;
  readonly isMore: boolean;
  readonly rows: readonly Record<string, string>[];
  readonly messages: readonly string[];
}

async function read(since: string, kinds = '', most = 0): Promise<Walked> {
  const parameters = fields({ I_SINCE: since, I_KINDS: kinds, I_MAX_ROWS: String(most) });
  const answer = await call(sap.url, 'Z_GANGWAY_CHANGES_READ', `${parameters}<ET_CHANGE/><ET_RETURN/>`);
  return {
    position: textOf(answer, 'E_POSITION') ?? '',
    isMore: textOf(answer, 'E_MORE') === 'X',
    rows: rowsOf(answer, 'ET_CHANGE') ?? [],
    messages: (rowsOf(answer, 'ET_RETURN') ?? []).map((it) => `${it['TYPE']} ${it['NUMBER']}`),
  };
}

const edit = (table: string, key: Record<string, string>, set: Record<string, string>): Promise<unknown> =>
  control(sap.url, 'PATCH', `tables/${table}`, { key, set });

describe('walking through changes', () => {
  test('begins with nothing, then tells who changed what of whom', async () => {
    const start = await read('', 'KC');
    expect(start).toMatchObject({ rows: [], isMore: false });
    minutes(1);
    await edit('KNA1', { KUNNR: '0000104711' }, { AUFSD: '01', NAME2: 'Neu' });
    await changeCredit(sap.url, { riskClass: '003' });
    const { rows } = await read(start.position, 'KC');
    expect(rows).toEqual([
      expect.objectContaining({
        KIND: 'K',
        KUNNR: '0000104711',
        USERNAME: 'GANGWAY',
        UDATE: '2026-11-21',
        UTIME: '12:01:00',
      }),
      expect.objectContaining({
        KIND: 'C',
        KUNNR: '0000104711',
        USERNAME: 'SIMULATOR',
        FIELDS: 'KNA1-AUFSD KNA1-NAME2',
      }),
    ]);
  });

  test('repeats the last fifteen minutes, and nothing older', async () => {
    const start = await read('', 'C');
    await edit('KNA1', { KUNNR: '0000104711' }, { AUFSD: '01' });
    minutes(10);
    const first = await read(start.position, 'C');
    expect(first.rows).toHaveLength(1);
    minutes(20);
    const again = await read(first.position, 'C');
    expect(again.rows.map((it) => it['CHANGENR'])).toEqual(first.rows.map((it) => it['CHANGENR']));
    expect((await read(again.position, 'C')).rows).toEqual([]);
  });

  test('goes on where a short page ended', async () => {
    const start = await read('', 'C');
    for (const number of ['0000104711', '0000104712', '0000104713'])
      await edit('KNA1', { KUNNR: number }, { SORTL: 'X' });
    const first = await read(start.position, 'C', 2);
    expect([first.rows.length, first.isMore]).toEqual([2, true]);
    const rest = await read(first.position, 'C', 2);
    expect([rest.rows.map((it) => it['KUNNR']), rest.isMore]).toEqual([['0000104713'], false]);
  });

  test('tells deletion marks apart, and new customers by their new rows', async () => {
    const start = await read('', 'CL');
    await edit('KNB1', { KUNNR: '0000104711', BUKRS: '1000' }, { LOEVM: 'X' });
    await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters({ key: '00D5g000004GANGEAW:1' }));
    const { rows } = await read(start.position, 'CL');
    expect(rows.map((it) => `${it['KIND']} ${it['FIELDS']}`)).toEqual([
      'C KNB1-LOEVM',
      'C KNA1-KEY KNB1-KEY KNVI-KEY KNVP-KEY KNVV-KEY',
      'L KNB1-LOEVM',
    ]);
  });

  test('tells invoices that were cleared', async () => {
    const { rows } = await read('20250101000000', 'P');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every((it) => it['KIND'] === 'P' && it['AUGBL'] !== '' && it['USERNAME'] === '')).toBe(true);
    expect(new Set(rows.map((it) => it['FIELDS']))).toEqual(new Set(['BSAD-AUGBL BSAD-AUGDT']));
  });

  test('tells a clearing that was dated back, by what entered it', async () => {
    await sap.close();
    const item = {
      BUKRS: '1000',
      KUNNR: '0000104711',
      GJAHR: '2026',
      BUZEI: '001',
      AUGDT: '20260801',
      AUGBL: '1400000001',
    };
    const BSAD = [
      { ...item, BELNR: '1800000001', BLART: 'DR', CPUDT: '20260701' },
      // The line of the payment has a number of its own: what counts is that both were cleared by the same document.
      { ...item, BELNR: '1400000009', BLART: 'DZ', CPUDT: '20261121' },
      { ...item, BELNR: '1800000002', BLART: 'DR', CPUDT: '20260701', AUGBL: '1400000002' },
      { ...item, BELNR: '1800000003', BLART: 'DR', CPUDT: '20260701', AUGDT: '20260731' },
      { ...item, BELNR: '1800000004', BLART: 'DR', CPUDT: '20260701', KUNNR: '0000104712' },
      { ...item, BELNR: '1800000005', BLART: 'DR', CPUDT: '20260701', BUKRS: '2000' },
    ];
    sap = await startSapSimulator({ clock, data: { KNA1: [{ KUNNR: '0000104711', NAME1: 'Nordwind' }], BSAD } });
    const { rows } = await read('20261121110000', 'P');
    expect(rows.map((it) => `${it['BELNR']} ${it['UDATE']}`)).toEqual(['1800000001 2026-08-01']);
  });

  test('tells clearings of three days before once, by their day', async () => {
    await sap.close();
    const bill = { BUKRS: '1000', KUNNR: '0000104711', GJAHR: '2026', BUZEI: '001', BLART: 'DR', CPUDT: '20260701' };
    const BSAD = [
      { ...bill, BELNR: '1800000001', AUGDT: '20261121', AUGBL: '1400000001' },
      { ...bill, BELNR: '1400000001', AUGDT: '20261121', AUGBL: '1400000001', BLART: 'DZ', CPUDT: '20261121' },
      { ...bill, BELNR: '1800000002', AUGDT: '20261118', AUGBL: '1400000002' },
      { ...bill, BELNR: '1800000003', AUGDT: '20261117', AUGBL: '1400000003' },
      { ...bill, BELNR: '1800000004', AUGDT: '20261120', AUGBL: '1400000004', UMSKZ: 'A' },
      { ...bill, BELNR: '1800000005', AUGDT: '20261120', AUGBL: '1400000005', BUKRS: '2000' },
    ];
    sap = await startSapSimulator({ clock, data: { KNA1: [{ KUNNR: '0000104711', NAME1: 'Nordwind' }], BSAD } });
    const { rows } = await read('20261121110000', 'P');
    expect(rows.map((it) => it['BELNR'])).toEqual(['1800000002', '1800000005', '1800000001']);
  });

  test('a refused write leaves no change document', async () => {
    const start = await read('', 'K');
    await changeCredit(sap.url, { riskClass: 'ZZZ' });
    expect((await read(start.position, 'K')).rows).toEqual([]);
  });

  test.each([
    ['a letter that is no kind', '', 'X', 'E 005'],
    ['no position at all', 'yesterday', '', 'E 019'],
    ['a day that is none', '20260230000000', '', 'E 019'],
    ['a time before all clocks', '19691231235959', '', 'E 019'],
  ])('refuses %s', async (_what, since, kinds, message) => {
    expect(await read(since, kinds)).toMatchObject({ messages: [message], position: '', rows: [] });
  });

  test('gives nothing, not even a position, to a user who may not see a company code', async () => {
    await control(sap.url, 'POST', 'faults', { kind: 'no-authorization', object: 'F_BKPF_BUK' });
    expect(await read('20250101000000', 'KP')).toMatchObject({ messages: ['E 009'], position: '', rows: [] });
    expect((await read('20250101000000', 'K')).messages).toEqual([]);
  });

  test('refuses a walk that nobody began', async () => {
    const short = (await read('20250101000000', 'P', 1)).position;
    expect((await read(short, 'P')).messages).toEqual([]);
    expect((await read(short.replace(/\|P\|(?=[^|]*$)/, '|X|'), 'P')).messages).toEqual(['E 019']);
  });

  test('refuses the position of other kinds', async () => {
    expect((await read((await read('', 'K')).position, 'C')).messages).toEqual(['E 019']);
  });
});
