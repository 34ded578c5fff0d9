/** Records to write, and a sink to write them with. */
import { openOrg } from '../../../src/salesforce/index.ts';
import type { OpenOrg, OrgParts, OrgSettings } from '../../../src/salesforce/index.ts';
import { orderOf, sapSystemId } from '../../../src/model/index.ts';
import type { RecordFields, RecordKey, RecordKind } from '../../../src/model/index.ts';
import type { RecordWrite } from '../../../src/ports/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';
import type { StrictOrg } from './strict-org.ts';

export const system = sapSystemId.parse('ERPCLNT100');
export const soon = (ms = 10_000): Deadline => Deadline.in(systemClock, ms);
/** A hundred times as fast, for what waits between two looks. */
export const quick: Clock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * 100,
  after: (delayMs, work) => systemClock.after(delayMs / 100, work),
};
export const quickly = (ms = 6_000_000): Deadline => Deadline.in(quick, ms);
export const key = (kind: RecordKind, id: string): RecordKey => ({ system, kind, id });

export const record = (
  kind: RecordKind,
  id: string,
  fields: RecordFields,
  more: Partial<RecordWrite> = {},
): RecordWrite => ({
  key: key(kind, id),
  fields,
  facets: { master: orderOf('2026-11-21T10:15:00Z', '1234') },
  isRemoved: false,
  source: {
    kind: 'idoc',
    sender: system,
    number: '0000000000001234',
    type: 'DEBMAS',
    createdAt: '2026-11-21T10:15:00Z',
  },
  ...more,
});

export const customer = (id: string, fields: RecordFields = {}, more: Partial<RecordWrite> = {}): RecordWrite =>
  record('customer', id, { name: `Customer ${id}`, ...fields }, more);

export const openSink = (org: StrictOrg, settings: Partial<OrgSettings> = {}, parts: Partial<OrgParts> = {}): OpenOrg =>
  openOrg(org.fake.settings(settings), {
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics('test'),
    ...parts,
  });
