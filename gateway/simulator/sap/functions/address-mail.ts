/** E-mail addresses (ADR6): of an address itself, and of the persons at it. */
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** Without a person it is the address's own. */
export interface MailPlace {
  readonly address: string;
  readonly person?: string;
}

/** The row, if there is one; a person's mail stands below the same address and is not the customer's. */
export function mailOf(call: FunctionCall, { address, person }: MailPlace): TableRow | undefined {
  return call.where('ADR6', ['ADDRNUMBER'], [address]).find((row) => row.PERSNUMBER === person);
}

/** A new row. */
export function mailRow({ address, person }: MailPlace, mail: string): TableRow {
  return {
    ADDRNUMBER: address,
    ...(person === undefined ? {} : { PERSNUMBER: person }),
    CONSNUMBER: '001',
    FLGDEFAULT: 'X',
    ...mailFields(mail),
  };
}

/** Registers what makes the mail of this place the given one; an empty one takes the row away. */
export function changeMail(call: FunctionCall, place: MailPlace, mail: string): void {
  const row = mailOf(call, place);
  if ((row?.SMTP_ADDR ?? '') === mail) return;
  if (row === undefined) call.change({ kind: 'insert', table: 'ADR6', row: mailRow(place, mail) });
  else if (mail === '') call.change({ kind: 'delete', table: 'ADR6', row });
  else call.change({ kind: 'update', table: 'ADR6', row: { ...row, ...mailFields(mail) } });
}

function mailFields(mail: string): TableRow {
  return { SMTP_ADDR: mail, SMTP_SRCH: mail.toUpperCase().slice(0, 20) };
}
