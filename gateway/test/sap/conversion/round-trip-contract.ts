/** What every driver keeps: a value comes back as it was sent, or is refused before it is sent. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import type { SapConnection } from '../../../src/ports/index.ts';
import { decimalsIn, tryConversions } from './conversion-round-trip.ts';
import { tryRefusals, tryRoundTrips, tryStrings } from './round-trip.ts';
import { text } from './value-kinds.ts';

export interface EchoPlace {
  readonly simulator: SapSimulator;
  readonly connection: SapConnection;
  close(): Promise<void>;
}

/** Calls of the echo function, as SAP saw them. */
async function echoCalls({ url }: SapSimulator): Promise<number> {
  const answer = (await (await fetch(`${url}/simulator/calls`)).json()) as { functions: Record<string, number> };
  return answer.functions['Z_GANGWAY_TEST_ECHO'] ?? 0;
}

/** Seeds are fixed, so that a failure can be seen again; `more-round-trips.ts` tries others. */
export function roundTripContract(open: (options: SapSimulatorOptions) => Promise<EchoPlace>): void {
  let place: EchoPlace;
  beforeAll(async () => {
    place = await open({ testFunctions: true });
  });
  afterAll(() => place.close());

  test.each([1, 2, 3])('thousands of values of every type come back as they were sent (seed %s)', async (seed) => {
    const { cases, counterexamples } = await tryRoundTrips(place.connection, { seed, cases: 4_000 });
    expect(counterexamples).toEqual([]);
    expect(cases).toBeGreaterThanOrEqual(4_000);
  });

  test.each([4, 5])(
    'values that SAP cannot keep are refused, and SAP hears nothing of them (seed %s)',
    async (seed) => {
      // The first call asks SAP for the interface.
      await tryRoundTrips(place.connection, { seed, cases: 1 });
      const before = await echoCalls(place.simulator);
      expect((await tryRefusals(place.connection, { seed, cases: 600 })).counterexamples).toEqual([]);
      expect(await echoCalls(place.simulator)).toBe(before);
    },
  );

  test('strings come back whatever is in them', async () => {
    expect((await tryStrings(place.connection, { seed: 8, cases: 150 })).counterexamples).toEqual([]);
  });

  test.each([9, 10])('what people write comes back as they wrote it, in every conversion (seed %s)', async (seed) => {
    const TCURX = Object.entries({ JPY: '0', KWD: '3', ZZ5: '5' }).map(([CURRKEY, CURRDEC]) => ({ CURRKEY, CURRDEC }));
    const house = await open({ testFunctions: true, data: { TCURX } });
    try {
      expect([...(await decimalsIn(house.connection))]).toEqual([
        ['JPY', 0],
        ['KWD', 3],
        ['ZZ5', 5],
      ]);
      expect((await tryConversions(house.connection, { seed, cases: 2_000 })).counterexamples).toEqual([]);
    } finally {
      await house.close();
    }
  });

  test('in a system that is not Unicode, what its code page has comes back, and only that', async () => {
    const latin = await open({ testFunctions: true, data: { _system: { codePage: '1100' } } });
    try {
      const alphabet = Array.from('aZ09 äßéø<>&"\'#ÿ\u00a0');
      const kinds = [text('CHAR10_FIELD', 10, alphabet), text('CHAR255_FIELD', 255, alphabet)];
      const found = await tryRoundTrips(latin.connection, { seed: 6, cases: 1_000, kinds });
      expect(found.counterexamples).toEqual([]);
      const lost = [text('CHAR10_FIELD', 10, ['中', 'Ł', 'a'])].map((kind) => ({
        ...kind,
        comesBack: (value: string) => value.replaceAll(/[中Ł]/g, '#'),
      }));
      expect((await tryRoundTrips(latin.connection, { seed: 7, cases: 500, kinds: lost })).counterexamples).toEqual([]);
    } finally {
      await latin.close();
    }
  });
}
