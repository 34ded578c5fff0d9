/** RETURN structures; which of them a function has is not certain everywhere, so one shape reads them all. */
import { structure } from './signature.ts';
import type { StructureDefinition } from './signature.ts';

const fields = {
  TYPE: 'C1',
  CODE: 'C5',
  ID: 'C20',
  NUMBER: 'N3',
  MESSAGE: 'C220',
  MESSAGE_V1: 'C50',
  MESSAGE_V2: 'C50',
  MESSAGE_V3: 'C50',
  MESSAGE_V4: 'C50',
  PARAMETER: 'C32',
  FIELD: 'C30',
} as const;

/** The union of BAPIRETURN, BAPIRETURN1, BAPIRET1 and BAPIRET2: what is not in an answer stays absent. */
export const anyReturn: StructureDefinition = {
  ...structure('BAPIRETURN', fields),
  optional: Object.keys(fields).filter((field) => field !== 'TYPE' && field !== 'MESSAGE'),
};
