/** From SAP's answer to the outputs, as the file says where each value comes from. */
import type { AbapParameters, AbapStructure, ServiceValues } from '../../ports/index.ts';
import { rowsOf, structureOf, text } from '../answers.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import type { BoundOutput, BoundOutputGroup, BoundService } from './bound-service.ts';
import { fromSap } from './from-sap.ts';

/** What SAP leaves initial (a date without a day) is left out. */
export function readOutputs(service: BoundService, answer: AbapParameters, decimals: CurrencyDecimals): ServiceValues {
  const reading = new Reading(service, answer, decimals);
  return named(service.outputs.map((output) => [output.spec.name, reading.output(output)]));
}

class Reading {
  readonly #top: readonly BoundOutput[];
  readonly #answer: AbapParameters;
  readonly #decimals: CurrencyDecimals;

  constructor(service: BoundService, answer: AbapParameters, decimals: CurrencyDecimals) {
    this.#top = service.outputs.filter((output) => output.kind === 'value');
    this.#answer = answer;
    this.#decimals = decimals;
  }

  output(output: BoundOutput | BoundOutputGroup): unknown {
    if (output.kind === 'value') return this.#value(output, this.#top, undefined);
    const fields = (row: AbapStructure | undefined): ServiceValues =>
      named(output.fields.map((field) => [field.spec.name, this.#value(field, output.fields, row)]));
    if (output.spec.type === 'structure') return fields(undefined);
    return rowsOf(this.#answer[output.spec.from ?? '']).map(fields);
  }

  #value(output: BoundOutput, beside: readonly BoundOutput[], row: AbapStructure | undefined): unknown {
    const raw = this.#raw(output, row);
    if (raw === undefined) return undefined;
    const named = output.spec.currency;
    const inRow = beside.find(({ spec }) => spec.name === named);
    const holder = inRow ?? this.#top.find(({ spec }) => spec.name === named);
    const currency = holder === undefined ? '' : (this.#raw(holder, inRow === undefined ? undefined : row) ?? '');
    return fromSap(output.spec, raw, output.source.field, { currency, decimals: this.#decimals });
  }

  /** SAP's text; undefined for a row that is not there. */
  #raw({ source: { place } }: BoundOutput, row: AbapStructure | undefined): string | undefined {
    if (place.field === undefined) return text(this.#answer, place.parameter);
    if (row !== undefined) return text(row, place.field);
    if (place.row === undefined) return text(structureOf(this.#answer, place.parameter), place.field);
    const numbered = rowsOf(this.#answer[place.parameter])[place.row - 1];
    return numbered === undefined ? undefined : text(numbered, place.field);
  }
}

function named(entries: readonly (readonly [string, unknown])[]): ServiceValues {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
