/** BAPI_SALESORDER_CREATEFROMDAT2 and BAPI_QUOTATION_CREATEFROMDATA2: a document that waits for its commit. */
import { documentType } from './document-type.ts';
import type { DocumentType } from './document-type.ts';
import type { FunctionCall } from './function-call.ts';
import { checkDocument } from './sales-document-check.ts';
import { readDocument } from './sales-document-input.ts';
import { insertDocument } from './sales-document-rows.ts';

const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/, '');

/** The caller's own number where the type allows one, else the next of its interval; undefined with a message. */
function numberFor(call: FunctionCall, type: DocumentType): string | undefined {
  const given = call.value('SALESDOCUMENTIN');
  if (given === '') {
    const drawn = call.system.numberRanges.drawSalesDocumentNumber(type.internalInterval);
    if ('number' in drawn) return drawn.number;
    const number = drawn.refusal === 'used-up' ? '751' : '752';
    call.return(call.message('E', 'NR', number, 'RV_BELEG', type.internalInterval));
    return undefined;
  }
  const isTaken = call.get('VBAK', { VBELN: given }) !== undefined;
  if (type.externalInterval !== '' && !isTaken) return given;
  call.return(isTaken ? call.message('E', 'V1', '333', given) : call.message('E', 'V1', '334', given, type.key));
  return undefined;
}

function refuse(call: FunctionCall): void {
  call.return(call.message('E', 'V4', '219'));
}

function createDocument(call: FunctionCall, prefix: string, categories: readonly string[]): void {
  const input = readDocument(call, prefix);
  const problems = checkDocument(call, prefix, input, categories);
  for (const { message, parameter, field } of problems)
    call.return(message, 'RETURN', { parameter, ...(field === undefined ? {} : { field }) });
  const type = documentType(call, input.type);
  if (problems.length > 0 || type === undefined) return refuse(call);
  const processed = [`${prefix}_HEADER_IN`, ...(input.items.length > 0 ? [`${prefix}_ITEMS_IN`] : [])];
  for (const part of processed) call.return(call.message('S', 'V4', '233', part));
  if (call.value('TESTRUN') === 'X') return;
  const number = numberFor(call, type);
  if (number === undefined) return refuse(call);
  const withoutQuantity = insertDocument(call, { number, type, input });
  for (const item of withoutQuantity) call.return(call.message('W', 'V1', '335', item));
  call.set('SALESDOCUMENT', number);
  call.return(call.message('S', 'V1', '311', type.text, withoutZeros(number)));
}

/** BAPI_SALESORDER_CREATEFROMDAT2. */
export function createSalesOrder(call: FunctionCall): void {
  createDocument(call, 'ORDER', ['C', 'E', 'F', 'G', 'H', 'I', 'K', 'L']);
}

/** BAPI_QUOTATION_CREATEFROMDATA2. */
export function createQuotation(call: FunctionCall): void {
  createDocument(call, 'QUOTATION', ['B']);
}
