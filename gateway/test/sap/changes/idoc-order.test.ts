/** Which of two IDocs is newer: by SAP's own stamp, then by their numbers. */
import { describe, expect, test } from '@jest/globals';
import { changesOf, readXml, understood, wholeCustomer } from './read-changes.ts';

async function placed(
  fields: Readonly<Record<string, string>>,
  timeZone = 'Europe/Berlin',
): Promise<{ readonly order: string; readonly createdAt: string }> {
  const [arrival] = await readXml([wholeCustomer({}, [], fields)], 'DEBMAS07', changesOf({ timeZone }));
  const [change] = understood(arrival);
  if (arrival === undefined || !('document' in arrival)) throw new Error('not understood');
  return { order: change?.order ?? '', createdAt: arrival.document.source.createdAt };
}

const number = '#00000000000000700101';

describe('the order of an IDoc', () => {
  test.each([
    ['fourteen digits of local time', { SERIAL: '20261121101400' }, `2026-11-21T09:14:00.000Z${number}`],
    ['twenty digits of UTC', { SERIAL: '20261121091459123456' }, `2026-11-21T09:14:59.123Z${number}`],
    ['no SERIAL: its creation', { SERIAL: '' }, `2026-11-21T09:15:00.000Z${number}`],
    ['a counter of its own channel', { SERIAL: '00000000000000000042' }, `2026-11-21T09:15:00.000Z${number}`],
    ['a SERIAL of another year', { SERIAL: '20251121101400' }, `2026-11-21T09:15:00.000Z${number}`],
    ['a SERIAL that is no moment', { SERIAL: '20261121256100' }, `2026-11-21T09:15:00.000Z${number}`],
  ])('comes from %s', async (_what, fields, order) => {
    expect((await placed(fields)).order).toBe(order);
  });

  test('is that of the numbers where the moments are the same', async () => {
    const one = await placed({ DOCNUM: '0000000000000999' });
    const other = await placed({ DOCNUM: '0000000000001000' });
    expect(one.order < other.order).toBe(true);
  });

  test('is that of the numbers in the hour that autumn shows twice', async () => {
    const at = (CRETIM: string, DOCNUM: string): Promise<string> =>
      placed({ CREDAT: '20261025', CRETIM, SERIAL: '', DOCNUM: DOCNUM.padStart(16, '0') }).then(({ order }) => order);
    const stamps = [await at('015959', '1'), await at('024500', '2'), await at('021500', '3'), await at('030000', '4')];
    expect(stamps.toSorted()).toEqual(stamps);
    expect(stamps[1]).toBe('2026-10-25T00:00:00.000Z#00000000000000000002');
  });

  test('of an island whose autumn shows half an hour twice is right, too', async () => {
    const at = (CRETIM: string, DOCNUM: string): Promise<string> =>
      placed({ CREDAT: '20260405', CRETIM, SERIAL: '', DOCNUM: DOCNUM.padStart(16, '0') }, 'Australia/Lord_Howe').then(
        ({ order }) => order,
      );
    const stamps = [await at('012959', '1'), await at('015000', '2'), await at('013100', '3'), await at('020000', '4')];
    expect(stamps.toSorted()).toEqual(stamps);
  });
});

describe('the creation of an IDoc', () => {
  test.each([
    ['20261121', '101500', '2026-11-21T09:15:00.000Z'],
    ['20260721', '101501', '2026-07-21T08:15:01.000Z'],
    // Twice: the earlier one. Never: the moment of the change.
    ['20261025', '023000', '2026-10-25T00:30:00.000Z'],
    ['20260329', '023000', '2026-03-29T01:00:00.000Z'],
  ])('%s %s in Berlin is %s', async (CREDAT, CRETIM, instant) => {
    expect((await placed({ CREDAT, CRETIM, SERIAL: '' })).createdAt).toBe(instant);
  });
});
