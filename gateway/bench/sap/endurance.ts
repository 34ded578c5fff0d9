/** A hundred thousand calls through one driver, in a process of its own: does it grow, does SAP keep a session? */
import { loadStandIn } from '../../simulator/nwrfc/index.ts';
import type { SapConnection } from '../../src/ports/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import * as bench from './drivers.ts';

/** What it is asked to do. */
export interface EnduranceOrder {
  readonly driver: 'soap' | 'node-rfc';
  readonly url: string;
  readonly systemNumber: string;
  readonly calls: number;
}

/** What came of it. */
export interface Endurance {
  readonly calls: number;
  readonly rssBeforeBytes: number;
  readonly rssAfterBytes: number;
}

const line = 'Nordwind Logistik GmbH, Überseekai 7 <&> '.repeat(5);
const row = { RFCCHAR4: 'ABCD', RFCINT4: '4711', RFCDATE: '20260131', RFCTIME: '120000', RFCDATA1: 'Grüße' };

/** Of ten calls seven are texts, two structures and tables, and one is refused by SAP. */
async function callOnce(connection: SapConnection, index: number): Promise<void> {
  const deadline = Deadline.in(systemClock, 60_000);
  const options = { deadline, effect: 'read', tables: [] as string[] } as const;
  const kind = index % 10;
  if (kind === 0) {
    const refused = connection.call('RFC_READ_TABLE', { QUERY_TABLE: 'NO_SUCH_TABLE' }, options);
    return refused.then(
      () => Promise.reject(new Error('it was not refused')),
      () => undefined,
    );
  }
  if (kind < 3) {
    const parameters = { IMPORTSTRUCT: row, RFCTABLE: [row, row, row] };
    await connection.call('STFC_STRUCTURE', parameters, { ...options, tables: ['RFCTABLE'] });
    return;
  }
  const answer = await connection.call('STFC_CONNECTION', { REQUTEXT: line }, options);
  if (answer['ECHOTEXT'] !== line.trimEnd()) throw new Error('another text came back');
}

async function run(order: EnduranceOrder): Promise<Endurance> {
  if (order.driver === 'node-rfc') await loadStandIn();
  const isRfc = order.driver === 'node-rfc';
  const connection = isRfc ? bench.openRfcForBench(order.systemNumber) : bench.openSoapForBench(order.url);
  let index = 0;
  const next = (): Promise<void> => callOnce(connection, (index += 1));
  // Warm-up: code is compiled, pools and caches are full.
  await bench.rateOf(Math.ceil(order.calls / 10), bench.connections * 2, next);
  const rssBeforeBytes = settledRss();
  await bench.rateOf(order.calls, bench.connections * 2, next);
  const rssAfterBytes = settledRss();
  await connection.close();
  return { calls: order.calls, rssBeforeBytes, rssAfterBytes };
}

function settledRss(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

process.on('message', (order: EnduranceOrder) => {
  void run(order).then((result) => process.send?.(result, () => process.disconnect()));
});
