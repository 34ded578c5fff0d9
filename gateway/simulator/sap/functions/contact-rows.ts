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
  const row = { PARNR: number, KUNNR: customer.KUNNR, ...contactFields(customer, contact) };
  const place = placeOf(customer, row);
  call.change({ kind: 'insert', table: 'KNVK', row: compact({ ...row, PRSNR: place.person }) });
  saveName(call, place, row);
  changePhone(call, place, contact.TELF1 ?? '');
  changeMail(call, place, contact.SMTP_ADDR ?? '');
}

export interface ContactChange {
  readonly customer: TableRow;
  readonly row: TableRow;
  readonly before: Row;
  readonly after: Row;
}

/** Registers what becomes different; what the pack does not know stays. A person of old gets a central address now. */
export function changeContactRows(call: FunctionCall, { customer, row, before, after }: ContactChange): void {
  const was = contactFields(customer, before);
  const becomes = Object.entries(contactFields(customer, after)).filter(([field, value]) => value !== was[field]);
  const place = placeOf(customer, row);
  const changed = { ...row, ...Object.fromEntries(becomes), PRSNR: place.person };
  call.change({ kind: 'update', table: 'KNVK', row: compact(changed) });
  saveName(call, place, changed);
  if (after.TELF1 !== before.TELF1) changePhone(call, place, after.TELF1 ?? '');
  if (after.SMTP_ADDR !== before.SMTP_ADDR) changeMail(call, place, after.SMTP_ADDR ?? '');
}

interface Place {
  readonly address: string;
  readonly person: string;
}

/** Contact numbers are unique, so a person number made from one is too. */
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

function saveName(call: FunctionCall, { person }: Place, { NAMEV, NAME1, PARLA }: TableRow): void {
  const [before] = call.where('ADRP', ['PERSNUMBER'], [person]);
  const row = compact({ ...before, PERSNUMBER: person, NAME_FIRST: NAMEV, NAME_LAST: NAME1, LANGU: PARLA });
  call.change({ kind: before === undefined ? 'insert' : 'update', table: 'ADRP', row });
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
