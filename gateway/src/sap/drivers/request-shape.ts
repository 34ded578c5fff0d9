/** What both drivers ask of the shape of a request's values, before anything is sent. */
import { GatewayError } from '../../errors/index.ts';
import type { AbapStructure } from '../../ports/index.ts';

export function isTable(value: AbapStructure | readonly AbapStructure[]): value is readonly AbapStructure[] {
  return Array.isArray(value);
}

/** A bug of ours, or a release of SAP that lacks the field; either way nothing has been sent. */
export function unknown(owner: string, name: string): GatewayError {
  return new GatewayError('INTERNAL', { owner, name }, new Error(`${owner} has no ${name}`));
}

/** A text where a structure is wanted, and the like: a bug of ours. */
export function mismatch(path: string): GatewayError {
  return new GatewayError('INTERNAL', { path }, new Error(`the value of ${path} has the wrong shape`));
}
