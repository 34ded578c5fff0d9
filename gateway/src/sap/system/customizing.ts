/** Texts and currency decimals as this SAP system has them: customizing is every customer's own. */
import type { CodedText } from '../../model/index.ts';
import { toGatewayError } from '../../errors/index.ts';
import type { SapConnection } from '../../ports/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { usualDecimals } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { languageKey } from '../conversion/languages.ts';
import { readColumns } from './read-table.ts';

/** Text tables: key column and text column; the language column is SPRAS everywhere. */
const textTables = {
  orderTypes: { name: 'TVAKT', key: 'AUART', text: 'BEZEI' },
  rejectionReasons: { name: 'TVAGT', key: 'ABGRU', text: 'BEZEI' },
  orderBlocks: { name: 'TVAST', key: 'AUFSP', text: 'VTEXT' },
  deliveryBlocks: { name: 'TVLST', key: 'LIFSP', text: 'VTEXT' },
  billingBlocks: { name: 'TVFST', key: 'FAKSP', text: 'VTEXT' },
  partnerFunctions: { name: 'TPART', key: 'PARVW', text: 'VTEXT' },
} as const;
export type TextTable = keyof typeof textTables;
/** Words for codes; a code that is not in it has no text. */
export type Texts = ReadonlyMap<string, string>;

/** Customizing changes by transport, a few times a year; a day late is early enough. */
const freshMs = 86_400_000;
/** After a failure it is tried again, but not with every question. */
const retryMs = 600_000;
/** There was no place in SAP for a moment. */
const busyRetryMs = 30_000;
/** Texts adorn an answer; they must not use up its time. */
const patienceMs = 2_000;

interface Kept<T> {
  readonly value: T;
  readonly staleAtMs: number;
}

export class Customizing {
  readonly #connection: SapConnection;
  readonly #clock: Clock;
  readonly #language: string;
  /** One entry per table of this file, so it is bounded. */
  readonly #kept = new Map<string, Kept<Texts>>();
  readonly #underWay = new Map<string, Promise<Texts>>();
  #decimals: { readonly from: Texts; readonly value: CurrencyDecimals } | undefined;

  constructor(connection: SapConnection, language: string, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#language = languageKey(language) ?? '';
  }

  /** Empty where SAP does not let us read them: then codes stand without words. */
  texts(table: TextTable, deadline: Deadline): Promise<Texts> {
    const { name, key, text } = textTables[table];
    return this.#read(name, [key, text], { SPRAS: this.#language }, deadline);
  }

  /** Decimals per currency from TCURX; the usual ones where it may not be read. */
  async decimals(deadline: Deadline): Promise<CurrencyDecimals> {
    const rows = await this.#read('TCURX', ['CURRKEY', 'CURRDEC'], {}, deadline);
    if (this.#decimals?.from !== rows) this.#decimals = { from: rows, value: decimalsFrom(rows) };
    return this.#decimals.value;
  }

  /** Currencies by credit control area (T014); empty where it may not be read: then limits of IDocs are not told. */
  areaCurrencies(deadline: Deadline): Promise<Texts> {
    return this.#read('T014', ['KKBER', 'WAERS'], {}, deadline);
  }

  /** ISO codes by unit (T006), also of units that have none; empty where it may not be read. */
  units(deadline: Deadline): Promise<Texts> {
    return this.#read('T006', ['MSEHI', 'ISOCODE'], {}, deadline);
  }

  async #read(
    name: string,
    columns: readonly [string, string],
    where: Record<string, string>,
    deadline: Deadline,
  ): Promise<Texts> {
    const kept = this.#kept.get(name);
    if (kept !== undefined && this.#clock.monotonic() < kept.staleAtMs) return kept.value;
    const underWay = this.#underWay.get(name);
    if (underWay !== undefined) return underWay;
    const asked = this.#ask(name, columns, where, deadline).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, asked);
    return asked;
  }

  async #ask(
    name: string,
    columns: readonly [string, string],
    where: Record<string, string>,
    deadline: Deadline,
  ): Promise<Texts> {
    const limit = Deadline.in(this.#clock, Math.min(patienceMs, deadline.remainingMs()));
    try {
      const rows = await readColumns({ connection: this.#connection, deadline: limit }, { name, columns, where });
      return this.#keep(name, new Map(rows.map(([key = '', text = '']) => [key, text])), freshMs);
    } catch (thrown) {
      const { code } = toGatewayError(thrown);
      // A refused logon and a pause end everything; any other failure costs words, not figures.
      if (code === 'SAP_LOGON_REFUSED' || code === 'SAP_PAUSED') throw thrown;
      const isBusy = code === 'AGENT_BUSY' || code === 'DEADLINE_PASSED';
      return this.#keep(name, this.#kept.get(name)?.value ?? new Map(), isBusy ? busyRetryMs : retryMs);
    }
  }

  #keep(name: string, value: Texts, forMs: number): Texts {
    this.#kept.set(name, { value, staleAtMs: this.#clock.monotonic() + forMs });
    return value;
  }
}

/** A code with its words. */
export function coded(code: string, texts: Texts): CodedText {
  return { code, text: texts.get(code) || null };
}

function decimalsFrom(rows: Texts): CurrencyDecimals {
  if (rows.size === 0) return usualDecimals;
  const entries = [...rows].map(([currency, decimals]): [string, number] => [currency, Number(decimals)]);
  return new Map(entries.filter(([, decimals]) => Number.isInteger(decimals) && decimals >= 0 && decimals <= 5));
}
