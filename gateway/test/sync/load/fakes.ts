/** An org and checkpoints in memory, and staging files that already speak of records. */
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import { keyText, orgId, recordKindsInOrder, sapSystemId } from '../../../src/model/index.ts';
import type { ChangeOrder, RecordChange, RecordKey, RecordKind } from '../../../src/model/index.ts';
import type { RecordOutcome, RecordSink, RecordWrite } from '../../../src/ports/index.ts';
import { openStaging } from '../../../src/sap/staging/read-staging.ts';
import type { Checkpoints } from '../../../src/sync/load/load-checkpoint.ts';
import { StagingSource } from '../../../src/sync/load/index.ts';
import type { Clock } from '../../../src/timing/index.ts';

export const org = orgId.parse('00D5g000004GANGEAW');
export const system = sapSystemId.parse('ERPCLNT100');

export const keyOf = (kind: RecordKind, id: string): RecordKey => ({ system, kind, id });

/** Customers by number: their sales areas, as many as said. */
export function stagingText(numbers: readonly string[], areas = 1, createdAt = '20261121101500'): string {
  const rows = numbers.flatMap((number) => [
    `KNA1\t${number}\tCustomer ${number}`,
    ...Array.from({ length: areas }, (_, index) => `KNVV\t${number}\t${1000 + index}`),
  ]);
  const head = `#STAGING\t1\tERPCLNT100\t100\tcustomers\t${createdAt}`;
  return [
    head,
    '#KNA1\tKUNNR\tNAME1',
    '#KNVV\tKUNNR\tVKORG',
    ...rows,
    `#END\t${numbers.length}\t${rows.length}`,
    '',
  ].join('\n');
}

function changesOf(rows: readonly { value(field: string): string | undefined }[], order: ChangeOrder): RecordChange[] {
  const [own, ...areas] = rows;
  const number = own?.value('KUNNR') ?? '';
  const name = own?.value('NAME1') ?? '';
  if (name.includes('?'))
    throw new GatewayError('IDOC_VALUE_INVALID', { segment: 'KNA1', field: 'NAME1', kind: 'name' });
  const customer = keyOf('customer', number);
  const change = { order, facet: 'master' as const, isRemoved: false, parents: [] };
  return [
    { ...change, key: customer, fields: { number, name } },
    { ...change, key: customer, facet: 'credit', fields: { 'credit.limit': '100.00' } },
    ...areas.map((area) => ({
      ...change,
      key: keyOf('sales-area', `${number}/${area.value('VKORG') ?? ''}/10/00`),
      fields: { customer: number, salesOrganization: area.value('VKORG') ?? '' },
      parents: [customer],
    })),
  ];
}

export function sourceOf(path: string): StagingSource {
  const read = openStaging({
    system,
    client: '100',
    translator: () => Promise.resolve(({ rows }, _, order) => changesOf(rows, order)),
  });
  return new StagingSource(path, read);
}

export class CheckpointsInMemory implements Checkpoints {
  readonly kept = new Map<string, string>();
  /** Called before a checkpoint is kept; a test that throws here has killed the load. */
  beforeKeep: () => void = () => undefined;

  checkpoint(name: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(name));
  }

  async remember({ name, value }: { readonly name: string; readonly value: string }): Promise<void> {
    await Promise.resolve();
    this.beforeKeep();
    this.kept.set(name, value);
  }
}

/** An org that keeps what it is given; parents must be there first. */
export class OrgInMemory implements Pick<RecordSink, 'load' | 'org' | 'wantedKinds'> {
  readonly org = org;
  readonly records = new Map<string, RecordWrite>();
  readonly jobs: { readonly kind: RecordKind; readonly rows: number }[] = [];
  wanted: ReadonlySet<RecordKind> = new Set(recordKindsInOrder);
  /** What happens with a row instead of its being written. */
  answer: (write: RecordWrite) => RecordOutcome | undefined = () => undefined;
  /** Called after each row; a test that throws here has cut the call. */
  afterRow: (rows: number) => void = () => undefined;

  wantedKinds(): Promise<ReadonlySet<RecordKind>> {
    return Promise.resolve(this.wanted);
  }

  async *load(kind: RecordKind, records: AsyncIterable<RecordWrite>): AsyncGenerator<RecordOutcome> {
    let rows = 0;
    for await (const write of records) {
      rows += 1;
      yield this.answer(write) ?? this.#write(write);
      this.afterRow(rows);
    }
    this.jobs.push({ kind, rows });
  }

  #write(write: RecordWrite): RecordOutcome {
    const customer = write.fields['customer'];
    if (typeof customer === 'string' && !this.records.has(keyText(keyOf('customer', customer))))
      return { ended: 'parent-missing', parent: keyOf('customer', customer) };
    const text = keyText(write.key);
    const isNew = !this.records.has(text);
    this.records.set(text, write);
    return { ended: 'written', recordId: `id-${text}`, isNew };
  }
}

export const failed = (code: ErrorCode): RecordOutcome => ({ ended: 'failed', error: new GatewayError(code) });

/** Every wait is over at once and has taken its time all the same; looking at the clock takes a millisecond. */
export class HurriedClock implements Clock {
  #nowMs = Date.parse('2026-11-21T12:00:00Z');

  now(): number {
    this.#nowMs += 1;
    return this.#nowMs;
  }

  monotonic(): number {
    return this.now();
  }

  random(): number {
    return 0.5;
  }

  after(delayMs: number, work: () => void): () => void {
    this.#nowMs += delayMs;
    const soon = setImmediate(work);
    return () => clearImmediate(soon);
  }
}
