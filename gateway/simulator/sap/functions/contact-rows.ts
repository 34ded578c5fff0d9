/** The rows that make a contact person: KNVK, the person's name, and phone and mail below the customer's address. */
import { toIsoLanguage, toSapLanguage } from '../system/language.ts';
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import { changeMail, mailOf } from './address-mail.ts';
import { compact } from './customer-rows.ts';
import type { FunctionCall } from './function-call.ts';

/** What the contact person is now, as ZGANGWAY_S_CONTACT. */
export function currentContact(call: FunctionCall, customer: TableRow, row: TableRow): Row {
  const { NAMEV = '', NAME1 = '', ABTNR = '', PAFKT = '', PARLA = '' } = row;
  const place = placeOf(customer, row);
  return {
    ...{ NAMEV, NAME1, ABTNR, PAFKT },
    SPRAS_ISO: toIsoLanguage(PARLA),
    TELF1: phoneOf(call, place)?.TEL_NUMBER ?? row.TELF1 ?? '',
    SMTP_ADDR: mailOf(call, place)?.SMTP_ADDR ?? '',
  };
}

export interface NewContact {
  readonly customer: TableRow;
  readonly number: string;
  readonly contact: Row;
}

/** Registers every row of a new contact person. */
export function insertContactRows(call: FunctionCall, { customer, number, contact }: NewContact): void {
  // Contact numbers are unique, so a person number made from one is too.
  const person = `8${number.slice(-9)}`;
  const row = { PARNR: number, KUNNR: customer.KUNNR, PRSNR: person, ...contactFields(customer, contact) };
  call.change({ kind: 'insert', table: 'KNVK', row: compact(row) });
  call.change({ kind: 'insert', table: 'ADRP', row: compact({ PERSNUMBER: person, ...personFields(row) }) });
  changePhone(call, placeOf(customer, row), contact.TELF1 ?? '');
  changeMail(call, placeOf(customer, row), contact.SMTP_ADDR ?? '');
}

export interface ContactChange {
  readonly customer: TableRow;
  readonly row: TableRow;
  readonly before: Row;
  readonly after: Row;
}

/** Registers what becomes different; what the pack does not know stays. */
export function changeContactRows(call: FunctionCall, { customer, row, before, after }: ContactChange): void {
  const was = contactFields(customer, before);
  const becomes = Object.entries(contactFields(customer, after)).filter(([field, value]) => value !== was[field]);
  const changed = { ...row, ...Object.fromEntries(becomes) };
  call.change({ kind: 'update', table: 'KNVK', row: compact(changed) });
  const [name] = row.PRSNR === undefined ? [] : call.where('ADRP', ['PERSNUMBER'], [row.PRSNR]);
  if (name !== undefined)
    call.change({ kind: 'update', table: 'ADRP', row: compact({ ...name, ...personFields(changed) }) });
  if (after.TELF1 !== before.TELF1) changePhone(call, placeOf(customer, row), after.TELF1 ?? '');
  if (after.SMTP_ADDR !== before.SMTP_ADDR) changeMail(call, placeOf(customer, row), after.SMTP_ADDR ?? '');
}

interface Place {
  readonly address: string;
  readonly person: string;
}

/** A row of a data file may have no person number; its contact number stands in. */
function placeOf(customer: TableRow, row: TableRow): Place {
  return { address: customer.ADRNR ?? '', person: row.PRSNR ?? `8${(row.PARNR ?? '').slice(-9)}` };
}

/** KNVK without its keys; its phone is short, ADR2 has it whole. An empty language is the customer's own. */
function contactFields(customer: TableRow, contact: Row): TableRow {
  return {
    NAMEV: contact.NAMEV,
    NAME1: contact.NAME1,
    ABTNR: contact.ABTNR,
    PAFKT: contact.PAFKT,
    PARLA: toSapLanguage(contact.SPRAS_ISO ?? '') ?? customer.SPRAS,
    TELF1: (contact.TELF1 ?? '').slice(0, 16).trimEnd(),
  };
}

function personFields(row: TableRow): TableRow {
  return { NAME_FIRST: row.NAMEV, NAME_LAST: row.NAME1, LANGU: row.PARLA };
}

function phoneOf(call: FunctionCall, { address, person }: Place): TableRow | undefined {
  return call.where('ADR2', ['ADDRNUMBER'], [address]).find((row) => row.PERSNUMBER === person);
}

function changePhone(call: FunctionCall, place: Place, phone: string): void {
  const row = phoneOf(call, place);
  if (row === undefined && phone !== '') {
    const key = { ADDRNUMBER: place.address, PERSNUMBER: place.person, CONSNUMBER: '001' };
    return call.change({ kind: 'insert', table: 'ADR2', row: compact({ ...key, FLGDEFAULT: 'X', TEL_NUMBER: phone }) });
  }
  if (row === undefined) return;
  if (phone === '') return call.change({ kind: 'delete', table: 'ADR2', row });
  call.change({ kind: 'update', table: 'ADR2', row: { ...row, TEL_NUMBER: phone } });
}
