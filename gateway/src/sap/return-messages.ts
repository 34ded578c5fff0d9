/** SAP's RETURN in all its flavours (BAPIRETURN, BAPIRETURN1, BAPIRET1, BAPIRET2), read once into one form. */
import type { SapMessage } from '../errors/index.ts';
import type { AbapParameters, AbapStructure, AbapValue } from '../ports/index.ts';

const types = ['S', 'I', 'W', 'E', 'A', 'X'] as const;

/** The messages of one RETURN parameter; an initial structure means "nothing to say". */
export function readMessages(value: AbapValue | undefined): SapMessage[] {
  return rowsOf(value).flatMap((row) => readMessage(row));
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

/** Messages that say who holds a lock, and in which of their variables. */
const holderVariables: ReadonlyMap<string, string> = new Map([
  ['MC/601', 'MESSAGE_V1'],
  ['F2/042', 'MESSAGE_V2'],
  ['V1/042', 'MESSAGE_V2'],
  ['ZGANGWAY/007', 'MESSAGE_V2'],
]);

/** The user who holds a lock, as SAP's refusal names him in a variable; its text is in any language and is never read. */
export function lockHolderOf(answer: AbapParameters): string | undefined {
  const rows = [...rowsOf(answer['RETURN']), ...rowsOf(answer['ET_RETURN'])];
  return rows.map(holderIn).find((holder) => holder !== undefined);
}

function holderIn(row: AbapStructure): string | undefined {
  const [message] = readMessage(row);
  if (message === undefined || !isRefusal([message])) return undefined;
  const variable = holderVariables.get(`${message.id}/${message.number.padStart(3, '0')}`);
  const holder = variable === undefined ? '' : text(row, variable).trim();
  // A user name has up to twelve characters and no blanks; anything else is not one.
  return /^\S{1,12}$/.test(holder) ? holder : undefined;
}

function rowsOf(value: AbapValue | undefined): readonly AbapStructure[] {
  if (value === undefined || typeof value === 'string') return [];
  return isRows(value) ? value : [value];
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
