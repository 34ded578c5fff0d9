/** Z_GANGWAY_CONTACT_SAVE: a contact person of a customer, new or changed, once per key. */
import { toSapLanguage } from '../system/language.ts';
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import { changeContactRows, currentContact, insertContactRows } from './contact-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { lockCustomer } from './lock-customer.ts';
import { isInCheckTable } from './organization.ts';

const initialNumber = '0'.repeat(10);

/** Checks the fields that are meant; false, with a message, for the first thing that is wrong. */
function checkContact(call: FunctionCall, meant: Row): boolean {
  const { NAME1, SPRAS_ISO = '', ABTNR = '', PAFKT = '' } = meant;
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

/** The fields that are marked, each with its value or empty. */
function markedFields(call: FunctionCall): Row {
  const given = call.structure('IS_CONTACT');
  const marked = Object.entries(call.structure('ISX_CONTACT')).filter(([, flag]) => flag === 'X');
  return Object.fromEntries(marked.map(([field]) => [field, given[field] ?? '']));
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
  const contact = { NAME1: '', ...call.structure('IS_CONTACT') };
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
  const marked = markedFields(call);
  if (!checkContact(call, marked) || call.value('I_TESTRUN') === 'X') return undefined;
  const before = currentContact(call, customer, row);
  changeContactRows(call, { customer, row, before, after: { ...before, ...marked } });
  return number;
}

function succeed(call: FunctionCall, number: string): void {
  call.set('E_PARNR', number);
  call.return(call.message('S', 'ZGANGWAY', '012', number), 'ET_RETURN');
}

/** Z_GANGWAY_CONTACT_SAVE. */
export async function saveGangwayContact(call: FunctionCall): Promise<void> {
  if (!call.hasAuthority('F_KNA1_APP', '02')) return;
  const claim = await claimKey(call, 'P');
  if (claim.state === 'refused') return;
  if (claim.state === 'repeated') {
    call.set('E_REPEATED', 'X');
    return succeed(call, claim.row.PARNR ?? '');
  }
  const [number, contact] = [call.value('I_KUNNR'), call.value('I_PARNR')];
  const customer = lockCustomer(call, number);
  if (customer === undefined || !call.hasAuthority('F_KNA1_GRP', customer.KTOKD ?? '')) return;
  const saved = contact === initialNumber ? registerNew(call, customer) : registerChange(call, customer, contact);
  if (saved === undefined) return;
  if (await commitWithKey(call, { customer: number, contact: saved, operation: 'P' })) succeed(call, saved);
}
