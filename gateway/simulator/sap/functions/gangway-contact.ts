/** Z_GANGWAY_CONTACT_SAVE: a contact person of a customer, new or changed, once per key. */
import { toSapLanguage } from '../system/language.ts';
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import { changeContactRows, currentContact, insertContactRows } from './contact-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { isInCheckTable } from './organization.ts';

const initialNumber = '0'.repeat(10);

/** Checks what the contact person will be; false, with a message, for the first thing that is wrong. */
function checkContact(call: FunctionCall, after: Row): boolean {
  const { NAME1 = '', SPRAS_ISO = '', ABTNR = '', PAFKT = '' } = after;
  const refuse = (number: string, field: string, ...variables: string[]): false => {
    const place = { parameter: 'IS_CONTACT', field };
    call.return(call.message('E', 'ZGANGWAY', number, field, ...variables), 'ET_RETURN', place);
    return false;
  };
  if (NAME1 === '') return refuse('004', 'NAME1');
  if (SPRAS_ISO !== '' && toSapLanguage(SPRAS_ISO) === undefined) return refuse('005', 'SPRAS_ISO', SPRAS_ISO);
  if (ABTNR !== '' && !isInCheckTable(call, 'TSAB', 'ABTNR', ABTNR)) return refuse('005', 'ABTNR', ABTNR);
  if (PAFKT !== '' && !isInCheckTable(call, 'TPFK', 'PAFKT', PAFKT)) return refuse('005', 'PAFKT', PAFKT);
  return true;
}

/** The fields that are marked, over those that are there. */
function merge(call: FunctionCall, before: Row): Row {
  const given = call.structure('IS_CONTACT');
  const marked = Object.entries(call.structure('ISX_CONTACT')).filter(([, flag]) => flag === 'X');
  return { ...before, ...Object.fromEntries(marked.map(([field]) => [field, given[field] ?? ''])) };
}

/** Drawn last, so that data SAP refuses costs no number. */
function drawNumber(call: FunctionCall): string | undefined {
  const drawn = call.system.numberRanges.drawContactNumber();
  if ('number' in drawn) return drawn.number;
  const number = drawn.refusal === 'used-up' ? '751' : '752';
  call.return(call.message('E', 'NR', number, 'PARTNER', 'AP'), 'ET_RETURN');
  return undefined;
}

/** Registers the rows and gives the number; undefined, with a message or for a test run, when nothing is to be written. */
function registerNew(call: FunctionCall, customer: TableRow): string | undefined {
  const contact = call.structure('IS_CONTACT');
  if (!checkContact(call, contact) || call.value('I_TESTRUN') === 'X') return undefined;
  const number = drawNumber(call);
  if (number !== undefined) insertContactRows(call, { customer, number, contact });
  return number;
}

function registerChange(call: FunctionCall, customer: TableRow, number: string): string | undefined {
  const row = call.get('KNVK', { PARNR: number });
  if (row === undefined || row.KUNNR !== customer.KUNNR) {
    const message = call.message('E', 'ZGANGWAY', '014', number, customer.KUNNR ?? '');
    call.return(message, 'ET_RETURN', { parameter: 'I_PARNR' });
    return undefined;
  }
  const before = currentContact(call, customer, row);
  const after = merge(call, before);
  if (!checkContact(call, after) || call.value('I_TESTRUN') === 'X') return undefined;
  changeContactRows(call, { customer, row, before, after });
  return number;
}

function succeed(call: FunctionCall, number: string): void {
  call.set('E_PARNR', number);
  call.return(call.message('S', 'ZGANGWAY', '012', number), 'ET_RETURN');
}

/** Z_GANGWAY_CONTACT_SAVE. */
export async function saveGangwayContact(call: FunctionCall): Promise<void> {
  const claim = await claimKey(call, 'P');
  if (claim.state === 'refused') return;
  if (claim.state === 'repeated') {
    call.set('E_REPEATED', 'X');
    return succeed(call, claim.row.PARNR ?? '');
  }
  if (!['F_KNA1_APP', 'F_KNA1_GRP'].every((object) => call.hasAuthority(object, '02'))) return;
  const [number, contact] = [call.value('I_KUNNR'), call.value('I_PARNR')];
  const customer = call.get('KNA1', { KUNNR: number });
  if (customer === undefined)
    return call.return(call.message('E', 'F2', '153', number), 'ET_RETURN', { parameter: 'I_KUNNR' });
  const holder = call.system.locks.acquire('KNA1', number, call, call.user);
  if (holder !== undefined) return call.return(call.message('E', 'ZGANGWAY', '007', number, holder), 'ET_RETURN');
  const saved = contact === initialNumber ? registerNew(call, customer) : registerChange(call, customer, contact);
  if (saved === undefined) return;
  if (await commitWithKey(call, { customer: number, contact: saved, operation: 'P' })) succeed(call, saved);
}
