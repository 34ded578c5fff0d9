/** One agent on a test bench: executor, scripted SAP, journal in memory, manual clock; it can be killed. */
import { createExecutor } from '../../../src/agent/execute/index.ts';
import type { ExecutePolicy, ResumableExecutor } from '../../../src/agent/execute/index.ts';
import type { Call, Reply } from '../../../src/agent/call.ts';
import { customerDraft, idempotencyKey, orgId, sapSystemId, writeOperation } from '../../../src/model/index.ts';
import type { CorrelationId, WriteOperation } from '../../../src/model/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryJournal } from './memory-journal.ts';
import type { SapKeyTable } from './scripted-sap.ts';
import { ScriptedSap } from './scripted-sap.ts';
import { ScriptedServices } from './scripted-services.ts';

export const org = orgId.parse('00D5g000004GANG');
export const system = sapSystemId.parse('ERPCLNT100');

export const draft = customerDraft.parse({
  name: 'Fjordlys Energi AS',
  address: { city: 'Bergen', country: 'NO' },
  language: 'NO',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'NOK',
});

export interface CallChanges extends Partial<Omit<Call, 'deadline'>> {
  readonly withinMs?: number;
}

export class Bench {
  readonly clock: ManualClock;
  readonly history: string[] = [];
  readonly sap: ScriptedSap;
  readonly services: ScriptedServices;
  readonly executor: ResumableExecutor;
  readonly journal: MemoryJournal;

  constructor(
    options: {
      table?: SapKeyTable;
      journal?: MemoryJournal;
      clock?: ManualClock;
      policy?: Partial<ExecutePolicy>;
      services?: ScriptedServices;
      background?: ScriptedSap;
    } = {},
  ) {
    this.clock = options.clock ?? new ManualClock();
    this.sap = new ScriptedSap(options.table, this.history);
    this.services = options.services ?? new ScriptedServices({ history: this.history });
    this.journal = options.journal ?? new MemoryJournal(this.history);
    this.executor = createExecutor({
      sap: new Map([[system, this.sap]]),
      services: new Map([[system, this.services]]),
      ...(options.background === undefined ? {} : { background: new Map([[system, options.background]]) }),
      journal: this.journal,
      clock: this.clock,
      log: silentLog,
      metrics: createMetrics('agent'),
      policy: options.policy ?? {},
    });
  }

  call(changes: CallChanges = {}): Call {
    const { withinMs = 30_000, ...rest } = changes;
    return {
      org,
      user: 'rep@example.com',
      system,
      operation: 'createCustomer',
      params: {},
      query: {},
      body: draft,
      idempotencyKey: idempotencyKey.parse('customer.create:0015g00000FJORD'),
      correlationId: '0b9f2d1c-0001' as CorrelationId,
      ...rest,
      deadline: Deadline.in(this.clock, withinMs),
    };
  }

  /** Sends a call and lets the time pass that its answer takes. */
  async send(changes: CallChanges = {}): Promise<WriteReply> {
    return toWriteReply(await this.clock.until(this.executor.execute(this.call(changes))));
  }

  /** Where the write stands, as the org would ask. */
  async stands(): Promise<WriteOperation> {
    const params = { id: this.call().idempotencyKey };
    const reply = await this.executor.execute(
      this.call({ operation: 'readOperation', params, idempotencyKey: undefined }),
    );
    return writeOperation.parse(reply.body);
  }

  /** This process is gone; the next one finds its journal and the same SAP. */
  killed(): Bench {
    const journal = this.journal.afterKill();
    void this.journal.close();
    return new Bench({ table: this.sap.table, journal, clock: this.clock });
  }
}

export interface WriteReply {
  readonly status: number;
  readonly body: WriteOperation;
}

export const toWriteReply = ({ status, body }: Reply): WriteReply => ({ status, body: writeOperation.parse(body) });
