/** The pack's "changes since": what has changed, and what the changed records are now, a page at a time. */
import { toGatewayError } from '../../errors/index.ts';
import type { ErrorCode } from '../../errors/index.ts';
import { orderOf } from '../../model/index.ts';
import type { CustomerNumber, RecordChange } from '../../model/index.ts';
import type { Arrival, ChangesPage } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { table, text } from '../answers.ts';
import { refusal } from '../errors.ts';
import { packChanges, packVersion } from '../functions/abap-pack.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { read } from '../system/context.ts';
import type { Question, SapContext } from '../system/context.ts';
import { readPosition, sinceOf, writePosition } from './change-position.ts';
import type { ChangePosition, Place } from './change-position.ts';
import { readChangeRow } from './change-rows.ts';
import type { ChangeKind, ChangeRow } from './change-rows.ts';
import { padKey } from '../conversion/alpha.ts';
import { readCreditChange, readCustomerChanges, readOpenInvoices } from './read-changed.ts';
import { RecentChanges } from './recent-changes.ts';
import { changeOf, keyOf } from './translation.ts';
import type { Translation, ValueRules } from './translation.ts';
import type { WallClock } from './wall-clock.ts';

export interface ChangesSinceParts {
  readonly context: SapContext;
  readonly wallClock: WallClock;
  readonly rules: () => Promise<ValueRules>;
}

/** The first minor version of the pack that tells changes. */
const sinceChanges = 2;
/** Each row may be a customer to be read: so many take some seconds at the governor's rate. */
const [mostRows, fewestRows] = [50, 5];
/** Reads of one page under way at once; the governor gives them places as it can. */
const readsAtOnce = 4;
/** Each walk through clearings repeats days. */
const clearingsEveryMs = 3_600_000;

const letters = { credit: 'K', customers: 'C', deletions: 'L', clearings: 'P' } as const;
/** What is wrong with one customer holds only that customer's changes; anything else would be the same with the next. */
const ofOneCustomer: ReadonlySet<ErrorCode> = new Set([
  'SAP_CUSTOMER_UNKNOWN',
  'SAP_REFUSED',
  'SAP_ANSWER_UNREADABLE',
  'IDOC_VALUE_INVALID',
]);

interface Found {
  readonly rows: readonly ChangeRow[];
  readonly place: Place;
}

export class ChangesSince {
  readonly #parts: ChangesSinceParts;
  readonly #recent = new RecentChanges();
  #pageRows = mostRows;

  constructor(parts: ChangesSinceParts) {
    this.#parts = parts;
  }

  async read(position: string | undefined, deadline: Deadline): Promise<ChangesPage> {
    const question: Question = { ...this.#parts.context, deadline };
    const before = readPosition(position);
    this.#recent.confirm(position);
    try {
      const page = await this.#page(question, before);
      this.#pageRows = Math.min(mostRows, this.#pageRows * 2);
      return page;
    } catch (thrown) {
      // A page that did not fit into its time is asked for again in pieces that do.
      if (toGatewayError(thrown).code === 'DEADLINE_PASSED')
        this.#pageRows = Math.max(fewestRows, Math.ceil(this.#pageRows / 2));
      throw thrown;
    }
  }

  async #page(question: Question, before: ChangePosition): Promise<ChangesPage> {
    await question.pack.require(question.deadline, sinceChanges);
    const at = await sapNow(question);
    const wanted = kindsOf(question);
    const changes = wanted.changes === '' ? undefined : await this.#ask(question, wanted.changes, before.changes, at);
    const isDue = wanted.clearings !== '' && areDue(before.clearings, at);
    const clearings = isDue ? await this.#ask(question, wanted.clearings, before.clearings, at) : undefined;
    const rows = [...(changes?.rows ?? []), ...(clearings?.rows ?? [])];
    const arrivals = await this.#arrivals(question, rows, at);
    const position = writePosition({
      version: 1,
      turn: before.turn + 1,
      changes: changes?.place ?? before.changes,
      clearings: clearings?.place ?? before.clearings,
    });
    this.#recent.offer(
      position,
      rows.map(({ source }) => source.number),
    );
    return { arrivals, position, hasMore: [changes, clearings].some((it) => it?.place.hasMore === true) };
  }

  async #ask(question: Question, kinds: string, known: Place | undefined, at: string): Promise<Found> {
    const since = sinceOf(known, kinds);
    const parameters = { I_SINCE: since, I_KINDS: kinds, I_MAX_ROWS: String(this.#pageRows) };
    const answer = await read(question, packChanges, parameters, ['ET_CHANGE', 'ET_RETURN']);
    const messages = messagesOf(answer);
    if (isRefusal(messages)) throw refusal(messages, { functionName: packChanges.name });
    const { system } = question.settings;
    const rows = table(answer, 'ET_CHANGE').map((row) => readChangeRow(row, system, this.#parts.wallClock));
    const hasMore = text(answer, 'E_MORE') === 'X';
    const reachedAt = hasMore && known !== undefined ? known.reachedAt : at;
    return {
      rows: rows.filter(({ source }) => !this.#recent.has(source.number)),
      place: { kinds, since: text(answer, 'E_POSITION') || since, reachedAt, hasMore },
    };
  }

  /** Each customer is read once per page and kind, however many rows speak of it. */
  async #arrivals(question: Question, rows: readonly ChangeRow[], at: string): Promise<readonly Arrival[]> {
    if (rows.length === 0) return [];
    const rules = await this.#parts.rules();
    const groups = [...Map.groupBy(rows, ({ kind, customer }) => `${kind} ${customer}`).values()];
    const arrivals = new Map<ChangeRow, Arrival>();
    for (let first = 0; first < groups.length; first += readsAtOnce) {
      const found = await Promise.all(
        groups.slice(first, first + readsAtOnce).map((it) => understand(question, it, { rules, at })),
      );
      for (const [row, arrival] of found.flat()) arrivals.set(row, arrival);
    }
    return rows.flatMap((row) => arrivals.get(row) ?? []);
  }
}

/** SAP's own clock before anything is read: IDocs are stamped by it, and what is read is newer than all that were there. */
async function sapNow(question: Question): Promise<string> {
  const stamp = text(await read(question, packVersion, {}, []), 'E_UTC_STAMP');
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
  if (second === undefined) return new Date(question.clock.now()).toISOString();
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}

/** Clearings are asked for apart, because each walk through them repeats days. */
function kindsOf({ settings }: Question): { readonly changes: string; readonly clearings: string } {
  const kinds = settings.changeKinds ?? ['credit', 'deletions', 'clearings'];
  const asked = (['credit', 'customers', 'deletions'] as const).filter((kind) => kinds.includes(kind));
  return {
    changes: asked.map((kind) => letters[kind]).join(''),
    clearings: kinds.includes('clearings') ? letters.clearings : '',
  };
}

function areDue(place: Place | undefined, at: string): boolean {
  return place === undefined || place.hasMore || Date.parse(at) - Date.parse(place.reachedAt) >= clearingsEveryMs;
}

interface Reading {
  readonly rules: ValueRules;
  readonly at: string;
}

type Understood = readonly (readonly [ChangeRow, Arrival])[];

/** Rows of one kind of one customer. */
async function understand(question: Question, rows: readonly ChangeRow[], reading: Reading): Promise<Understood> {
  const [first] = rows;
  if (first === undefined) return [];
  try {
    const changesOf = await readNow(question, first, reading);
    return rows.map((row) => {
      const { source, contentHash } = row;
      return [row, { document: { source, contentHash, changes: changesOf(row) } }];
    });
  } catch (thrown) {
    const error = toGatewayError(thrown);
    if (!ofOneCustomer.has(error.code)) throw error;
    return rows.map((row) => [row, { refused: { source: row.source, contentHash: row.contentHash, error } }]);
  }
}

/** What is true now, once read for all rows; every row is told with its own number. */
async function readNow(
  question: Question,
  { kind, customer }: ChangeRow,
  { rules, at }: Reading,
): Promise<(row: ChangeRow) => RecordChange[]> {
  const number = readCustomerNumber(customer);
  if (kind === 'P') return clearingOf(await readOpenInvoices(question, number), { rules, at });
  const read = await readKind(kind, question, number, { rules, order: orderOf(at, ''), isWhole: kind === 'C' });
  return (row) => read.map((change) => ({ ...change, order: orderOf(at, row.source.number) }));
}

function readKind(
  kind: Exclude<ChangeKind, 'P'>,
  question: Question,
  number: CustomerNumber,
  translation: Translation,
): Promise<RecordChange[]> {
  return kind === 'K'
    ? readCreditChange(question, number, translation)
    : readCustomerChanges(question, number, translation);
}

/**
 * An invoice in instalments is paid when the last of them is. A bill of accounting alone is no billing document: its number may be
 * that of another company code or year, and nothing else would ever be known of it.
 */
function clearingOf(open: ReadonlySet<string>, { rules, at }: Reading): (row: ChangeRow) => RecordChange[] {
  return ({ invoice, date, source }) => {
    if (invoice === '') return [];
    const translation: Translation = { rules, order: orderOf(at, source.number), isWhole: true };
    const isPaid = !open.has(invoice);
    const fields = { clearedOn: isPaid ? date : null, isPaid };
    return [changeOf(translation, keyOf(translation, 'invoice', padKey(invoice, 10)), fields, { facet: 'clearing' })];
  };
}
