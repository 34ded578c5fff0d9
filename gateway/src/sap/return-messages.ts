/** SAP's RETURN in all its flavours (BAPIRETURN, BAPIRETURN1, BAPIRET1, BAPIRET2), read once into one form. */
import type { SapMessage } from '../errors/index.ts';
import type { AbapParameters, AbapStructure, AbapValue } from '../ports/index.ts';

const types = ['S', 'I', 'W', 'E', 'A', 'X'] as const;

/** The messages of one RETURN parameter; an initial structure means "nothing to say". */
export function readMessages(value: AbapValue | undefined): SapMessage[] {
  if (value === undefined || typeof value === 'string') return [];
  const rows: readonly AbapStructure[] = isRows(value) ? value : [value];
  return rows.flatMap((row) => readMessage(row));
}

/** All messages of an answer, each once: some functions have `RETURN`, the pack has `ET_RETURN`. */
export function messagesOf(answer: AbapParameters): SapMessage[] {
  const messages = [...readMessages(answer['RETURN']), ...readMessages(answer['ET_RETURN'])];
  if (messages.length < 2) return messages;
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}

/** True when SAP did not do what was asked. The absence of messages proves nothing, a warning refuses nothing. */
export function isRefusal(messages: readonly SapMessage[]): boolean {
  return messages.some((message) => message.type === 'E' || message.type === 'A' || message.type === 'X');
}

function isRows(value: AbapStructure | readonly AbapStructure[]): value is readonly AbapStructure[] {
  return Array.isArray(value);
}

function readMessage(row: AbapStructure): SapMessage[] {
  const type = types.find((known) => known === row['TYPE']);
  if (type === undefined) return [];
  const code = text(row, 'CODE');
  const message = {
    type,
    // BAPIRETURN has one CODE of five: class (two) and number (three).
    id: text(row, 'ID') || code.slice(0, 2).trim(),
    number: text(row, 'NUMBER') || code.slice(2),
    text: text(row, 'MESSAGE'),
  };
  const field = text(row, 'FIELD') || text(row, 'PARAMETER');
  return [field === '' ? message : { ...message, field }];
}

function text(row: AbapStructure, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '';
}
