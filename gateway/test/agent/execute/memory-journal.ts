/** A journal in memory: the same promises but durability, with a history of what was asked, and a disk that can fail. */
import { contents } from '../../../src/agent/execute/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { WriteOperation } from '../../../src/model/index.ts';
import type { JournalEntry, WriteIntent, WriteJournal } from '../../../src/ports/index.ts';

type Key = Pick<WriteIntent, 'org' | 'system' | 'id'>;
const slotOf = ({ org, system, id }: Key): string => `${org} ${system} ${id}`;

export class MemoryJournal implements WriteJournal {
  readonly #entries = new Map<string, JournalEntry>();
  /** `asOf` of what the org has confirmed, or asked for itself. */
  readonly #delivered = new Map<string, string>();
  readonly #history: string[];
  #isClosed = false;
  #created = 0;
  isFull = false;

  /** Several parts of a test may write into one history, to compare their order. */
  constructor(history: string[] = []) {
    this.#history = history;
  }

  async begin(intent: WriteIntent): Promise<{ begun: boolean; entry: JournalEntry }> {
    await this.#disk();
    const standing = this.#entries.get(slotOf(intent));
    if (standing !== undefined && standing.operation.state !== 'refused') return { begun: false, entry: standing };
    const asOf = standing === undefined ? firstAsOf : laterThan(standing.operation.asOf);
    const entry = { ...pick(intent), operation: firstOperation(intent, asOf), createdAtMs: (this.#created += 1) };
    this.#entries.set(slotOf(intent), entry);
    this.#delivered.set(slotOf(intent), asOf);
    this.#history.push('journal: begun');
    return { begun: true, entry };
  }

  async record(key: Key, operation: WriteOperation): Promise<void> {
    await this.#disk();
    const entry = this.#entries.get(slotOf(key));
    if (entry === undefined) throw new GatewayError('JOURNAL_FAILED', { reason: 'no such entry' });
    this.#history.push(`journal: ${operation.state}`);
    const hasEnded = operation.state === 'done' || operation.state === 'refused';
    // Services are called, not queued: the org is not told.
    if (entry.kind === 'service.call') this.#delivered.set(slotOf(key), operation.asOf);
    this.#entries.delete(slotOf(key)); // and to the end: the least recently changed come first
    this.#entries.set(slotOf(key), { ...entry, operation, content: hasEnded ? '' : entry.content });
  }

  async replaceContent(intent: WriteIntent): Promise<JournalEntry> {
    await this.#disk();
    const entry = this.#entries.get(slotOf(intent));
    const state = entry?.operation.state;
    if (entry === undefined || entry.kind !== intent.kind || state === 'done' || state === 'refused') {
      throw new GatewayError('JOURNAL_FAILED', { reason: 'no such entry' });
    }
    const replaced = { ...entry, ...pick(intent) };
    this.#entries.set(slotOf(intent), replaced);
    this.#history.push('journal: replaced');
    return replaced;
  }

  async undelivered(org: Key['org'], system: Key['system'], limit: number): Promise<readonly JournalEntry[]> {
    return [...this.#entries.entries()]
      .filter(([slot, entry]) => entry.operation.asOf !== this.#delivered.get(slot))
      .map(([, entry]) => entry)
      .filter((entry) => entry.org === org && entry.system === system)
      .slice(0, limit);
  }

  async confirm(key: Key, asOf: string): Promise<void> {
    await this.#disk();
    if (!this.#entries.has(slotOf(key))) throw new GatewayError('JOURNAL_FAILED', { reason: 'no such entry' });
    this.#delivered.set(slotOf(key), asOf);
  }

  async find(org: Key['org'], system: Key['system'], id: Key['id']): Promise<JournalEntry | undefined> {
    if (this.#isClosed) throw new GatewayError('JOURNAL_FAILED', { reason: 'it is closed' });
    return this.#entries.get(slotOf({ org, system, id }));
  }

  async unfinished(limit: number): Promise<readonly JournalEntry[]> {
    return [...this.#entries.values()]
      .filter(({ operation }) => operation.state === 'running' || operation.state === 'verifying')
      .sort((a, b) => a.createdAtMs - b.createdAtMs)
      .slice(0, limit);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  /** What a new process finds after this one was killed now. */
  afterKill(history: string[] = []): MemoryJournal {
    const copy = new MemoryJournal(history);
    for (const [slot, entry] of this.#entries) copy.#entries.set(slot, entry);
    for (const [slot, asOf] of this.#delivered) copy.#delivered.set(slot, asOf);
    copy.#created = this.#created;
    return copy;
  }

  #disk(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new GatewayError('JOURNAL_FAILED', { reason: 'it is closed' }));
    if (this.isFull) return Promise.reject(new GatewayError('JOURNAL_FAILED', { reason: 'no space is left' }));
    return Promise.resolve();
  }
}

function pick({ org, system, id, kind, contentHash, content, correlationId }: WriteIntent): WriteIntent {
  return { org, system, id, kind, contentHash, content, correlationId };
}

const firstAsOf = '2026-11-21T08:00:00.000Z';
const laterThan = (asOf: string): string => new Date(Date.parse(asOf) + 1).toISOString();

function firstOperation(intent: WriteIntent, asOf: string): WriteOperation {
  return {
    id: intent.id,
    kind: intent.kind,
    state: 'running',
    asOf,
    attempts: 0,
    isRepeat: false,
    customer: null,
    contact: null,
    sapMessages: [],
    problem: null,
    ...(intent.kind === 'service.call' ? { service: serviceOf(intent.content) } : {}),
  };
}

const serviceOf = (content: string) => contents['service.call'].parse(JSON.parse(content)).service;
