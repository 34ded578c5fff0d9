/** From checked inputs to the parameters of the function, as the file says where each value goes. */
import { GatewayError } from '../../errors/index.ts';
import type { InputIssue } from '../../errors/index.ts';
import type { AbapParameters, AbapStructure, ServiceValues } from '../../ports/index.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import type { BoundFixed, BoundInput, BoundInputGroup, BoundService, Target } from './bound-service.ts';
import { isRecord } from './check-inputs.ts';
import { issuePath } from './external-value.ts';
import { isSpecial, literal, rowSpecialValues } from './specials.ts';
import type { SpecialValues } from './specials.ts';
import { fitsText, toSap } from './to-sap.ts';

type Path = readonly (string | number)[];
type Row = Record<string, string>;

interface LengthIssue extends InputIssue {
  readonly maxLength?: number | undefined;
}

/** Throws SAP_VALUE_TOO_LONG where that is all that is wrong, else REQUEST_INVALID; with every issue. */
export function writeParameters(
  service: BoundService,
  values: ServiceValues,
  specials: SpecialValues,
  decimals: CurrencyDecimals,
): AbapParameters {
  const writing = new Writing(values, specials, decimals);
  for (const input of service.inputs) {
    if (input.kind === 'value') writing.value(input, values, [input.spec.name]);
    else writing.group(input);
  }
  for (const fixed of service.fixed) writing.fixed(fixed);
  refuse(writing.issues);
  return { ...service.required, ...writing.parameters() };
}

function refuse(issues: readonly LengthIssue[]): void {
  const [first] = issues;
  if (first === undefined) return;
  const details = { issues: issues.map(({ path, message }) => ({ path, message })) };
  if (issues.some(({ maxLength }) => maxLength === undefined))
    throw new GatewayError('REQUEST_INVALID', {}, undefined, details);
  throw new GatewayError('SAP_VALUE_TOO_LONG', { field: first.path, maxLength: first.maxLength }, undefined, details);
}

class Writing {
  readonly issues: LengthIssue[] = [];
  readonly #values: ServiceValues;
  readonly #specials: SpecialValues;
  readonly #decimals: CurrencyDecimals;
  readonly #single: Row = {};
  readonly #structures = new Map<string, Row>();
  readonly #lists = new Map<string, Row[]>();
  readonly #numbered = new Map<string, Map<number, NumberedRow>>();

  constructor(values: ServiceValues, specials: SpecialValues, decimals: CurrencyDecimals) {
    this.#values = values;
    this.#specials = specials;
    this.#decimals = decimals;
  }

  value(input: BoundInput, beside: ServiceValues, path: Path): void {
    const given = beside[input.spec.name];
    this.#convert(input, given, beside, path, (target, text) => this.#put(target, text));
    for (const { place } of [...input.targets, ...input.marks]) {
      if (place.row === undefined) continue;
      const row = this.#numberedRow(place.parameter, place.row);
      row.hasInput = true;
      row.isGiven ||= given !== undefined;
    }
  }

  group({ spec, fields, fixed }: BoundInputGroup): void {
    const given = this.#values[spec.name];
    if (spec.type === 'structure') {
      if (isRecord(given)) for (const field of fields) this.value(field, given, [spec.name, field.spec.name]);
      return;
    }
    if (!Array.isArray(given)) return;
    given.forEach((row: unknown, index) => {
      if (isRecord(row)) this.#row(fields, fixed, row, [spec.name, index]);
    });
  }

  /** One row of a list is one row in each table that the list fills. */
  #row(fields: readonly BoundInput[], fixed: readonly BoundFixed[], given: ServiceValues, path: Path): void {
    const rows = new Map<string, Row>();
    const put = ({ place, field }: Target, text: string): void => {
      const row = rows.get(place.parameter) ?? {};
      row[field.name] = text;
      rows.set(place.parameter, row);
    };
    for (const input of fields) {
      for (const { place } of [...input.targets, ...input.marks])
        if (!rows.has(place.parameter)) rows.set(place.parameter, {});
      this.#convert(input, given[input.spec.name], given, [...path, input.spec.name], put);
    }
    const specials = { ...this.#specials, ...rowSpecialValues(Number(path.at(-1))) };
    for (const { target, value } of fixed) putFixed(target, value, specials, put);
    for (const [table, row] of rows) {
      const list = this.#lists.get(table);
      if (list === undefined) this.#lists.set(table, [row]);
      else list.push(row);
    }
  }

  fixed({ target, value }: BoundFixed): void {
    putFixed(target, value, this.#specials, (to, text) => this.#put(to, text));
  }

  parameters(): AbapParameters {
    const numbered = [...this.#numbered].map(([table, rows]): [string, readonly AbapStructure[]] => {
      const inOrder = [...rows].toSorted(([left], [right]) => left - right).map(([, row]) => row);
      // A row whose inputs were not given would be a partner without a number, an item without a material.
      return [table, inOrder.filter(({ hasInput, isGiven }) => isGiven || !hasInput).map(({ fields }) => fields)];
    });
    return {
      ...this.#single,
      ...Object.fromEntries(this.#structures),
      ...Object.fromEntries(this.#lists),
      ...Object.fromEntries(numbered.filter(([, rows]) => rows.length > 0)),
    };
  }

  #convert(
    { spec, targets, marks }: BoundInput,
    given: unknown,
    beside: ServiceValues,
    path: Path,
    put: (target: Target, text: string) => void,
  ): void {
    if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') return;
    const currency = spec.currency === undefined ? '' : this.#currency(spec.currency, beside);
    for (const target of targets) {
      const converted = toSap(spec, given, target.field, { currency, decimals: this.#decimals });
      if ('text' in converted) put(target, converted.text);
      else this.issues.push({ path: issuePath(path), message: converted.problem, maxLength: converted.maxLength });
    }
    for (const mark of marks) put(mark, 'X');
  }

  /** As the caller gave it, in the same row or for all of them. */
  #currency(name: string, beside: ServiceValues): string {
    const value = beside[name] ?? this.#values[name];
    return typeof value === 'string' ? value.trim().toUpperCase() : '';
  }

  #put({ place, field }: Target, text: string): void {
    if (place.field === undefined) {
      this.#single[place.parameter] = text;
      return;
    }
    if (place.row !== undefined) {
      this.#numberedRow(place.parameter, place.row).fields[field.name] = text;
      return;
    }
    const structure = this.#structures.get(place.parameter) ?? {};
    structure[field.name] = text;
    this.#structures.set(place.parameter, structure);
  }

  #numberedRow(table: string, number: number): NumberedRow {
    const rows = this.#numbered.get(table) ?? new Map<number, NumberedRow>();
    this.#numbered.set(table, rows);
    const row = rows.get(number) ?? { fields: {}, hasInput: false, isGiven: false };
    rows.set(number, row);
    return row;
  }
}

interface NumberedRow {
  readonly fields: Row;
  hasInput: boolean;
  isGiven: boolean;
}

function putFixed(
  target: Target,
  value: string,
  specials: SpecialValues,
  put: (target: Target, text: string) => void,
): void {
  const text = isSpecial(value) ? specials[value] : literal(value);
  if (text === undefined) return;
  // The file's own values were found to fit when it was checked; digits get their leading zeros.
  const isText = target.field.abap === 'N' || target.field.abap === 'X';
  const fitted = isText ? fitsText(text, target.field) : { text };
  put(target, 'text' in fitted ? fitted.text : text);
}
