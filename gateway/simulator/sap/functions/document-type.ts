/** Sales document types: by TVAK where it is in the data, else by the documents that are there and what SAP delivers. */
import type { FunctionCall } from './function-call.ts';
import { readText } from './texts.ts';

export interface DocumentType {
  readonly key: string;
  /** B quotation, C order, ... */
  readonly category: string;
  readonly internalInterval: string;
  readonly externalInterval: string;
  readonly text: string;
}

/** Categories of the types that SAP delivers. */
const delivered: Readonly<Record<string, string>> = { TA: 'C', AG: 'B', AF: 'A', G2: 'K', L2: 'L', RE: 'H', SO: 'C' };

function categoryOf(call: FunctionCall, key: string): string | undefined {
  const [document] = call.where('VBAK', ['AUART'], [key]);
  const isTexted = call.where('TVAKT', ['AUART'], [key]).length > 0;
  return document?.VBTYP ?? delivered[key] ?? (isTexted ? 'C' : undefined);
}

/** Undefined for a type that customizing does not know. */
export function documentType(call: FunctionCall, key: string): DocumentType | undefined {
  const row = call.get('TVAK', { AUART: key });
  if (row === undefined && call.table('TVAK').size > 0) return undefined;
  const category = row?.VBTYP ?? categoryOf(call, key);
  if (category === undefined) return undefined;
  return {
    key,
    category,
    internalInterval: row?.NUMKI ?? '01',
    externalInterval: row?.NUMKE ?? '',
    text: readText(call, 'TVAKT', { AUART: key }, 'BEZEI') || (category === 'B' ? 'Quotation' : 'Standard Order'),
  };
}
