/** Identifiers out of an answer, checked like those from anywhere else. */
import { GatewayError } from '../errors/index.ts';
import { customerNumber, documentNumber } from '../model/index.ts';
import type { CustomerNumber, DocumentNumber } from '../model/index.ts';

/** A customer number as SAP gave it. */
export function readCustomerNumber(value: string): CustomerNumber {
  const parsed = customerNumber.safeParse(value);
  if (!parsed.success) throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'a customer number is not one' });
  return parsed.data;
}

/** A document number as SAP gave it. */
export function readDocumentNumber(value: string): DocumentNumber {
  const parsed = documentNumber.safeParse(value);
  if (!parsed.success) throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'a document number is not one' });
  return parsed.data;
}

/** Null where SAP gave none. */
export function readOptionalDocument(value: string): DocumentNumber | null {
  return value === '' ? null : readDocumentNumber(value);
}
