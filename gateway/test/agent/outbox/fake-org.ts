/**
 * An org with an outbox, in memory: keeps the rules of docs/salesforce/mailbox.md, and a network in front of it that loses
 * visits before or after they happened.
 */
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import { contactNumber, customerNumber, idempotencyKey } from '../../../src/model/index.ts';
import type { IdempotencyKey, WriteOperation } from '../../../src/model/index.ts';
import type {
  LeaseAnswer,
  MailboxAnswer,
  MailboxOutcome,
  MailboxRequest,
  MailboxVisit,
  OrgMailbox,
  OutcomeReceipt,
  UnreadableRequest,
} from '../../../src/ports/index.ts';
import type { Clock } from '../../../src/timing/index.ts';
import { org } from '../execute/bench.ts';

export interface Row {
  readonly id: IdempotencyKey;
  readonly kind: string;
  readonly subject: string;
  payload: string;
  state: 'ready' | 'sent' | 'verifying' | 'held' | 'done' | 'refused';
  customer: string | null;
  contact: string | null;
  checksDuplicates: boolean;
  wish: { readonly wish: 'hold' | 'discard'; readonly reason: string } | undefined;
  operation: WriteOperation | undefined;
}

/** What happens to a visit on its way: nothing, lost before or after it happened, a failure, or a wait. */
export type Network = 'through' | 'lose-before' | 'lose-after' | ErrorCode | { readonly wait: Promise<unknown> };

interface Visitor {
  readonly agent: string;
  readonly instance: string;
}

export class FakeOrg {
  readonly rows: Row[] = [];
  readonly unreadable: UnreadableRequest[] = [];
  readonly visits: MailboxVisit[] = [];
  /** What the next visits meet; then they get through. */
  readonly network: Network[] = [];
  /** What the org makes of outcomes of these keys instead of noting them. */
  readonly receipts = new Map<string, OutcomeReceipt['result']>();
  /** Over an outcome of this key the whole visit fails, as over a trigger that hits a limit. */
  poison: string | undefined;
  /** The order in which requests were handed out. */
  readonly handedOut: string[] = [];
  /** False: hands out several requests of one subject at once, against its contract. */
  keepsOrder = true;
  readonly #clock: Clock;
  #lease = { fence: 0, agent: '', instance: '', untilMs: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody saves a record that becomes a request. */
  add(key: string, payload: unknown, more: Partial<Omit<Row, 'id'>> = {}): Row {
    const id = idempotencyKey.parse(key);
    const [kind = '', subject = ''] = key.split(':');
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const blank = { customer: null, contact: null, checksDuplicates: false, wish: undefined, operation: undefined };
    const row: Row = { id, kind, subject, payload: text, state: 'ready', ...blank, ...more };
    this.rows.push(row);
    return row;
  }

  find(key: string): Row {
    const row = this.rows.find(({ id }) => id === key);
    if (row === undefined) throw new Error(`The org has no request ${key}`);
    return row;
  }

  get fence(): number {
    return this.#lease.fence;
  }

  /** The way of one agent process into the org. */
  mailboxOf(agent: string, instance: string): OrgMailbox {
    return {
      org,
      visit: async (visit) => {
        const fate = this.network.shift() ?? 'through';
        if (typeof fate === 'object') await fate.wait;
        if (fate === 'lose-before') throw new GatewayError('SALESFORCE_UNREACHABLE');
        if (typeof fate === 'string' && fate !== 'through' && fate !== 'lose-after') throw new GatewayError(fate);
        if (visit.outcomes.some(({ operation: { id } }) => id === this.poison))
          throw new GatewayError('SALESFORCE_FAILED', { reason: 'APEX_ERROR: System.LimitException' });
        const answer = this.#visit(visit, { agent, instance });
        if (fate === 'lose-after') throw new GatewayError('SALESFORCE_UNREACHABLE');
        return answer;
      },
      close: () => Promise.resolve(),
    };
  }

  #visit(visit: MailboxVisit, visitor: Visitor): MailboxAnswer {
    this.visits.push(visit);
    const lease = this.#renew(visit, visitor);
    const waiting = this.rows.filter(({ state }) => state === 'ready').length;
    const nothing = { requests: [], unreadable: [], next: null, withdrawn: [], standing: [], receipts: [], waiting };
    if (!lease.isHeld) return { ...nothing, lease };
    const receipts = visit.outcomes.map((outcome) => this.#note(outcome));
    const requests = visit.isFarewell ? [] : this.#handOut(visit);
    const inHand = new Set([...visit.underWay, ...requests.map(({ id }) => id)]);
    if (visit.isFarewell) this.#lease = { ...this.#lease, agent: '', untilMs: 0 };
    return {
      ...nothing,
      ...{ lease, requests, receipts, unreadable: this.unreadable.splice(0) },
      withdrawn: this.rows.flatMap(({ id, wish }) => (wish !== undefined && inHand.has(id) ? [{ id, ...wish }] : [])),
      standing: visit.asking.map((id) => ({ id, state: this.#standing(id) })),
      waiting: this.rows.filter(({ state }) => state === 'ready').length,
    };
  }

  #renew({ fence, leaseMs }: MailboxVisit, { agent, instance }: Visitor): LeaseAnswer {
    const nowMs = this.#clock.monotonic();
    const lease = this.#lease;
    const isFree = lease.agent === '' || lease.untilMs <= nowMs;
    const isRenewal = !isFree && lease.agent === agent && lease.instance === instance;
    const mayTake = fence === null || fence === lease.fence;
    if (!mayTake || (!isFree && lease.agent !== agent)) {
      return { isHeld: false, holder: lease.agent, expiresInMs: Math.max(0, lease.untilMs - nowMs) };
    }
    this.#lease = { fence: isRenewal ? lease.fence : lease.fence + 1, agent, instance, untilMs: nowMs + leaseMs };
    return { isHeld: true, fence: this.#lease.fence, expiresInMs: leaseMs };
  }

  #note({ operation }: MailboxOutcome): OutcomeReceipt {
    const { id } = operation;
    const row = this.rows.find((each) => each.id === id);
    const result = this.receipts.get(id) ?? (row === undefined ? 'gone' : undefined);
    if (result !== undefined || row === undefined) return { id, result: result ?? 'gone', reason: 'as the test says' };
    const isOlder = row.operation !== undefined && operation.asOf <= row.operation.asOf;
    if (row.state === 'done' || isOlder) return { id, result: 'repeated', reason: null };
    row.operation = operation;
    row.state = operation.state === 'running' ? 'sent' : operation.state;
    row.customer = operation.customer?.number ?? row.customer;
    row.contact = operation.contact ?? row.contact;
    if (operation.state !== 'running' && operation.state !== 'verifying') row.wish = undefined;
    return { id, result: 'noted', reason: null };
  }

  #handOut({ wanted, underWay }: MailboxVisit): readonly MailboxRequest[] {
    const blocked = new Set<string>();
    const due = this.rows.filter((row) => {
      if (row.state === 'done' || row.state === 'refused') return false;
      if (blocked.has(row.subject)) return false;
      if (this.keepsOrder) blocked.add(row.subject);
      return row.state !== 'held' && !underWay.includes(row.id);
    });
    return due.slice(0, wanted).map((row) => {
      const wasSent = row.state !== 'ready';
      row.state = 'sent';
      this.handedOut.push(row.id);
      const { id, kind, subject, payload, checksDuplicates } = row;
      const customer = row.customer === null ? null : customerNumber.parse(row.customer);
      const contact = row.contact === null ? null : contactNumber.parse(row.contact);
      const name = `SR-${this.rows.indexOf(row)}`;
      const correlationId = `corr-${name}-0001`;
      return { id, name, kind, subject, payload, checksDuplicates, wasSent, customer, contact, correlationId };
    });
  }

  #standing(id: string): 'open' | 'ended' | 'unknown' {
    const row = this.rows.find((each) => each.id === id);
    if (row === undefined) return 'unknown';
    return row.state === 'done' || row.state === 'refused' ? 'ended' : 'open';
  }
}
