/** Documents, keys and endings for tests of the queue and of those who use it. */
import { GatewayError } from '../../src/errors/index.ts';
import { orderOf, orgId, recordKey, sapSystemId, toProblem } from '../../src/model/index.ts';
import type { ArrivedDocument, OrgId, Problem, RecordChange, RecordKey, SapSystemId } from '../../src/model/index.ts';
import type { RefusedDocument, Settlement, WaitingRecord } from '../../src/ports/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';

export const system = sapSystemId.parse('ERPCLNT100');
export const org = orgId.parse('00D5g000004GANG');
export const otherOrg = orgId.parse('00D5g000004OTHR');
/** A system that both orgs want; `ERPCLNT100` is wanted by the first alone. */
export const sharedSystem = sapSystemId.parse('SHARED');
export const orgsOf = (of: SapSystemId): readonly OrgId[] => (of === sharedSystem ? [org, otherOrg] : [org]);

export const key = (kind: RecordKey['kind'], id: string, of: string = system): RecordKey =>
  recordKey.parse({ system: of, kind, id });
export const customer = (digits: number): RecordKey => key('customer', String(digits).padStart(10, '0'));
export const salesArea = (digits: number): RecordKey =>
  key('sales-area', `${String(digits).padStart(10, '0')}/1000/10/00`);

const sapTime = (number: number): string => new Date(Date.UTC(2026, 10, 21, 10) + number * 1000).toISOString();
export const idocNumber = (number: number): string => String(number).padStart(16, '0');

/** A change as the document with this number would say it. */
export const change = (of: RecordKey, number: number, more: Partial<RecordChange> = {}): RecordChange => ({
  key: of,
  facet: 'master',
  order: orderOf(sapTime(number), idocNumber(number)),
  fields: { name: `Nordwind ${number}` },
  isRemoved: false,
  parents: [],
  ...more,
});

/** IDoc number `number`, with one change of each key. */
export function document(number: number, ...of: readonly (RecordKey | RecordChange)[]): ArrivedDocument {
  return {
    source: {
      kind: 'idoc',
      sender: 'ERPCLNT100',
      number: idocNumber(number),
      type: 'DEBMAS',
      createdAt: sapTime(number),
    },
    contentHash: number.toString(16).padStart(64, '0'),
    changes: of.map((each) => ('order' in each ? each : change(each, number))),
  };
}

export const refusedDocument = (number: number): RefusedDocument => {
  const { source, contentHash } = document(number);
  const issues = [{ path: 'E1KNA1M-KUNNR', message: 'is no customer number' }];
  const error = new GatewayError('QUEUE_FULL', { limit: 'as an example' }, undefined, { issues });
  return { source, contentHash, error };
};

export const problem = (code: 'CHANGE_PARENT_MISSING' | 'AGENT_BUSY' = 'AGENT_BUSY'): Problem =>
  toProblem(new GatewayError(code), '0b9f2d1c-0001');

const positionsOf = ({ changes }: WaitingRecord): readonly number[] => changes.map(({ position }) => position);

/** How a record's turn may end, with everything that was taken. */
export const delivered = (record: WaitingRecord, more: object = {}): Settlement => ({
  key: record.key,
  positions: positionsOf(record),
  ended: 'delivered',
  committedAt: '2026-11-21T10:00:30.000Z',
  recordId: '0015g00000NORD1AAA',
  applied: Object.fromEntries(record.changes.map(({ facet, order }) => [facet, order])),
  written: `hash of ${positionsOf(record).at(-1)}`,
  ...more,
});
export const skipped = (record: WaitingRecord, why: 'older' | 'echo' | 'unwanted'): Settlement => ({
  key: record.key,
  positions: positionsOf(record),
  ended: 'skipped',
  why,
  reason: `because it is ${why}`,
});
export const retried = (record: WaitingRecord, dueAtMs: number): Settlement => ({
  key: record.key,
  positions: positionsOf(record),
  ended: 'retry',
  dueAtMs,
  problem: problem(),
});
export const held = (record: WaitingRecord, waitsFor?: RecordKey): Settlement => ({
  key: record.key,
  positions: positionsOf(record),
  ended: 'held',
  problem: problem('CHANGE_PARENT_MISSING'),
  ...(waitsFor === undefined ? {} : { waitsFor }),
});

/** A clock that stands until it is moved; its timers are the system's. */
export class StandingClock implements Clock {
  nowMs = Date.parse('2026-11-21T10:00:00Z');
  now = (): number => this.nowMs;
  monotonic = systemClock.monotonic;
  after = systemClock.after;
  random = systemClock.random;
}
