/** Reading parameters out of an answer, with a check in place of a cast. */
import { GatewayError } from '../errors/index.ts';
import type { AbapParameters, AbapStructure, AbapValue } from '../ports/index.ts';

const noRows: readonly AbapStructure[] = [];

/** A field as text; empty when this release of SAP does not have it. */
export function text(row: AbapStructure, field: string): string {
  const value = row[field];
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  throw unreadable(field);
}

/** The rows of a table; none when SAP left it out. */
export function rowsOf(value: AbapValue | undefined): readonly AbapStructure[] {
  if (value === undefined) return noRows;
  if (isRows(value)) return value;
  throw unreadable('a table');
}

/** A table parameter of an answer. */
export function table(answer: AbapParameters, name: string): readonly AbapStructure[] {
  return rowsOf(answer[name]);
}

const empty: AbapStructure = {};

/** A structure parameter of an answer; empty when SAP left it out. */
export function structureOf(answer: AbapParameters, name: string): AbapStructure {
  const value = answer[name];
  if (value === undefined) return empty;
  if (typeof value === 'string' || isRows(value)) throw unreadable(name);
  return value;
}

function isRows(value: AbapValue): value is readonly AbapStructure[] {
  return Array.isArray(value);
}

function unreadable(name: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason: `${name} has an unexpected shape` });
}
