/**
 * An SAP system with a key table and a number range, whose next answers a test scripts. It keeps the promise that
 * matters here: a key commits once, and its repetition gets the first number.
 */
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode, SapMessage } from '../../../src/errors/index.ts';
import { customerNumber, sapSystemId } from '../../../src/model/index.ts';
import type { CustomerNumber } from '../../../src/model/index.ts';
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

/** What two agents share: SAP itself. */
export class SapKeyTable {
  readonly committed = new Map<WriteKey, { number: CustomerNumber; hash: string }>();
  readonly locked = new Set<WriteKey>();
  #lastNumber = 104800;

  /** Commits once per key, as the ABAP pack does. */
  commit({ key, contentHash }: KeyedWrite): { number: CustomerNumber; isRepeat: boolean } {
    const first = this.committed.get(key);
    if (first !== undefined && first.hash !== contentHash) throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
    if (first !== undefined) return { number: first.number, isRepeat: true };
    this.#lastNumber += 1;
    const number = customerNumber.parse(String(this.#lastNumber));
    this.committed.set(key, { number, hash: contentHash });
    return { number, isRepeat: false };
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
    return this.#write('changeCustomer', write, [number, change, deadline]);
  }

  async lookUpKey(key: WriteKey): Promise<KeyLookup> {
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
    if (this.table.locked.has(key)) return { state: 'running' };
    const found = this.table.committed.get(key);
    return found === undefined
      ? { state: 'none' }
      : { state: 'done', customerNumber: found.number, contentHash: found.hash };
  }

  async #write(name: string, write: KeyedWrite, args: readonly unknown[]): Promise<Written> {
    this.#note(name, [write, ...args]);
    const script = this.writes.shift() ?? 'commit';
    if (typeof script === 'object' && 'wait' in script) await script.wait;
    if (this.table.locked.has(write.key)) throw new GatewayError('SAP_OBJECT_LOCKED');
    switch (script) {
      case 'lose':
        throw new GatewayError('SAP_OUTCOME_UNKNOWN');
      case 'commit-lose':
        this.table.commit(write);
        throw new GatewayError('SAP_OUTCOME_UNKNOWN');
      case 'work-on':
        this.#workOn(write);
        throw new GatewayError('SAP_OUTCOME_UNKNOWN');
      default:
        return this.#answer(script, write);
    }
  }

  #workOn(write: KeyedWrite): void {
    this.table.locked.add(write.key);
    this.#working.push(() => {
      this.table.locked.delete(write.key);
      this.table.commit(write);
    });
  }

  #answer(script: WriteScript, write: KeyedWrite): Written {
    if (typeof script === 'object' && 'code' in script) {
      if (script.commits === true) this.table.commit(write);
      throw new GatewayError(script.code, {}, undefined, { sapMessages: script.messages ?? [] });
    }
    const { number, isRepeat } = this.table.commit(write);
    this.history.push('sap: committed');
    return { customerNumber: number, isRepeat, messages: [] };
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

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
