/**
 * An SAP system with a key table and a number range, whose next answers a test scripts. It keeps the promise that
 * matters here: a key commits once, and its repetition gets the first number.
 */
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode, SapMessage } from '../../../src/errors/index.ts';
import { contactNumber, customerNumber, sapSystemId } from '../../../src/model/index.ts';
import type { ContactNumber, CustomerNumber } from '../../../src/model/index.ts';
import type { KeyedWrite, KeyLookup, SapSystem, WriteKey, Written } from '../../../src/ports/index.ts';
import type { Deadline } from '../../../src/timing/index.ts';

/** What a write does: commits or not, and what the caller hears. `wait` lets the test decide later. */
export type WriteScript =
  | 'commit'
  /** Committed, the answer was lost. */
  | 'commit-lose'
  /** Never arrived, and nobody can tell. */
  | 'lose'
  /** Keeps working after the caller gave up: holds the key's lock until `finish()`. */
  | 'work-on'
  | { readonly commits?: boolean; readonly code: ErrorCode; readonly messages?: readonly SapMessage[] }
  | { readonly wait: Promise<unknown> };

export type LookUpScript = 'honest' | ErrorCode | { readonly wait: Promise<unknown> };

interface Committed {
  readonly number: CustomerNumber;
  readonly contact: ContactNumber | null;
  readonly hash: string;
}

/** What two agents share: SAP itself. */
export class SapKeyTable {
  readonly committed = new Map<WriteKey, Committed>();
  readonly locked = new Set<WriteKey>();
  /** The highest fence seen, of all orgs together: tests have one. */
  fence = 0;
  #lastNumber = 104800;

  /** Commits once per key, as the ABAP pack does; `number` is the customer of a write that creates none. */
  commit({ key, contentHash, fence }: KeyedWrite, number?: CustomerNumber, contact: ContactNumber | null = null) {
    const first = this.committed.get(key);
    if (first !== undefined && first.hash !== contentHash) throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
    if (first !== undefined) return { ...first, isRepeat: true };
    if (fence !== undefined && fence < this.fence) throw new GatewayError('LEASE_LOST');
    this.fence = Math.max(this.fence, fence ?? 0);
    if (number === undefined) this.#lastNumber += 1;
    const written = { number: number ?? customerNumber.parse(String(this.#lastNumber)), contact, hash: contentHash };
    this.committed.set(key, written);
    return { ...written, isRepeat: false };
  }
}

export class ScriptedSap implements SapSystem {
  readonly system = sapSystemId.parse('ERPCLNT100');
  readonly table: SapKeyTable;
  readonly history: string[];
  readonly writes: WriteScript[] = [];
  readonly lookUps: LookUpScript[] = [];
  readonly asked: { readonly name: string; readonly args: readonly unknown[] }[] = [];
  lookUpsUnderWay = 0;
  mostLookUpsAtOnce = 0;
  #working: (() => void)[] = [];

  constructor(table: SapKeyTable = new SapKeyTable(), history: string[] = []) {
    this.table = table;
    this.history = history;
  }

  countOf(name: string): number {
    return this.asked.filter((call) => call.name === name).length;
  }

  /** Sessions that worked on without a caller commit now. */
  finish(): void {
    for (const commit of this.#working.splice(0)) commit();
  }

  createCustomer(write: KeyedWrite, draft: unknown, deadline: Deadline): Promise<Written> {
    return this.#write('createCustomer', write, [draft, deadline]);
  }

  changeCustomer(write: KeyedWrite, number: CustomerNumber, change: unknown, deadline: Deadline): Promise<Written> {
    return this.#write('changeCustomer', write, [number, change, deadline], number);
  }

  changeCredit(write: KeyedWrite, number: CustomerNumber, credit: unknown, deadline: Deadline): Promise<Written> {
    return this.#write('changeCredit', write, [number, credit, deadline], number);
  }

  createContact(write: KeyedWrite, number: CustomerNumber, draft: unknown, deadline: Deadline): Promise<Written> {
    return this.#write('createContact', write, [number, draft, deadline], number, contactNumber.parse('4711'));
  }

  changeContact(
    write: KeyedWrite,
    { customer, contact }: { readonly customer: CustomerNumber; readonly contact: ContactNumber },
    change: unknown,
    deadline: Deadline,
  ): Promise<Written> {
    return this.#write('changeContact', write, [customer, contact, change, deadline], customer, contact);
  }

  async lookUpKey(key: WriteKey, _deadline?: unknown, fence?: number): Promise<KeyLookup> {
    this.#note('lookUpKey', [key]);
    const script = this.lookUps.shift() ?? 'honest';
    this.lookUpsUnderWay += 1;
    this.mostLookUpsAtOnce = Math.max(this.mostLookUpsAtOnce, this.lookUpsUnderWay);
    try {
      if (typeof script === 'object') await script.wait;
      else if (script !== 'honest') throw new GatewayError(script);
    } finally {
      this.lookUpsUnderWay -= 1;
    }
    if (fence !== undefined && fence < this.table.fence) throw new GatewayError('LEASE_LOST');
    this.table.fence = Math.max(this.table.fence, fence ?? 0);
    if (this.table.locked.has(key)) return { state: 'running' };
    const found = this.table.committed.get(key);
    return found === undefined
      ? { state: 'none' }
      : { state: 'done', customerNumber: found.number, contactNumber: found.contact, contentHash: found.hash };
  }

  async #write(
    name: string,
    write: KeyedWrite,
    args: readonly unknown[],
    number?: CustomerNumber,
    contact?: ContactNumber,
  ): Promise<Written> {
    this.#note(name, [write, ...args]);
    const commit = () => this.table.commit(write, number, contact);
    const script = this.writes.shift() ?? 'commit';
    if (typeof script === 'object' && 'wait' in script) await script.wait;
    if (this.table.locked.has(write.key)) throw new GatewayError('SAP_OBJECT_LOCKED');
    switch (script) {
      case 'lose':
        throw new GatewayError('SAP_OUTCOME_UNKNOWN');
      case 'commit-lose':
        commit();
        throw new GatewayError('SAP_OUTCOME_UNKNOWN');
      case 'work-on':
        this.#workOn(write, commit);
        throw new GatewayError('SAP_OUTCOME_UNKNOWN');
      default:
        return this.#answer(script, commit);
    }
  }

  #workOn({ key }: KeyedWrite, commit: () => unknown): void {
    this.table.locked.add(key);
    this.#working.push(() => {
      this.table.locked.delete(key);
      try {
        commit();
      } catch {
        // Its fence is too old by now, or the key is used: the session ends, and nobody hears of it.
      }
    });
  }

  #answer(script: WriteScript, commit: () => ReturnType<SapKeyTable['commit']>): Written {
    if (typeof script === 'object' && 'code' in script) {
      if (script.commits === true) commit();
      throw new GatewayError(script.code, {}, undefined, { sapMessages: script.messages ?? [] });
    }
    const { number, contact, isRepeat } = commit();
    this.history.push('sap: committed');
    return { customerNumber: number, contactNumber: contact, isRepeat, messages: [] };
  }

  #note(name: string, args: readonly unknown[]): void {
    this.asked.push({ name, args });
    this.history.push(`sap: ${name}`);
  }

  readCustomer = this.#read('readCustomer');
  readCredit = this.#read('readCredit');
  listOrders = this.#read('listOrders');
  readOrder = this.#read('readOrder');
  listInvoices = this.#read('listInvoices');
  listPartners = this.#read('listPartners');
  findMatches = this.#read('findMatches');

  /** Reads answer with nothing; what matters here is what was asked. */
  #read(name: string): (...args: unknown[]) => Promise<never> {
    return (...args) => {
      this.#note(name, args);
      return Promise.resolve({ answerOf: name } as never);
    };
  }

  /** What pings meet, first to last; then they get through. */
  readonly pings: ErrorCode[] = [];
  pinged = 0;

  async ping(): Promise<void> {
    this.pinged += 1;
    const code = this.pings.shift();
    if (code !== undefined) throw new GatewayError(code);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
