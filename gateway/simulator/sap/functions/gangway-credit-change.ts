/** Z_GANGWAY_CREDIT_CHANGE: risk class and limit of a customer in one credit control area, once per key. */
import { maxStored, toStored } from '../tables/currency.ts';
import { formatDecimal, parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import { compact } from './customer-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { holdCustomer } from './lock-customer.ts';
import { creditCurrency, isInCheckTable } from './organization.ts';

/** Reports one thing wrong with a parameter. */
function refuse(call: FunctionCall, parameter: string, number: string, ...variables: string[]): false {
  call.return(call.message('E', 'ZGANGWAY', number, ...variables), 'ET_RETURN', { parameter });
  return false;
}

/** Whether the area exists. */
function checkArea(call: FunctionCall, area: string): boolean {
  if (area === '') return refuse(call, 'I_KKBER', '004', 'I_KKBER');
  return isInCheckTable(call, 'T014', 'KKBER', area) || refuse(call, 'I_KKBER', '005', 'KKBER', area);
}

/** Whether the area knows the risk class; an empty one takes it away and needs no customizing. */
function checkRiskClass(call: FunctionCall, area: string): boolean {
  const riskClass = call.value('I_CTLPC');
  if (call.value('IX_CTLPC') !== 'X' || riskClass === '' || call.table('T691A').size === 0) return true;
  const isKnown = call.get('T691A', { CTLPC: riskClass, KKBER: area }) !== undefined;
  return isKnown || refuse(call, 'I_CTLPC', '005', 'CTLPC', riskClass);
}

/** Whether the caller means the currency that the area is kept in. */
function meansCurrency(call: FunctionCall, area: string, currency: string): boolean {
  const meant = call.value('I_WAERS');
  return meant === '' || meant === currency || refuse(call, 'I_WAERS', '016', area, currency, meant);
}

/** The limit as KNKK keeps it; undefined, with a message, when it cannot. */
function storedLimit(call: FunctionCall, area: string, customer: string): string | undefined {
  const currency = creditCurrency(call, area, customer);
  if (!meansCurrency(call, area, currency)) return undefined;
  const hundredths = toStored(call.system.database, parseDecimal(call.value('I_KLIMK'), 4), currency);
  if (hundredths !== undefined && hundredths >= 0n && hundredths <= maxStored) return formatDecimal(hundredths, 2, 2);
  refuse(call, 'I_KLIMK', '015', 'KLIMK', call.value('I_KLIMK'));
  return undefined;
}

/** The fields that are meant; undefined, with every message, when SAP refuses one. */
function wantedFields(call: FunctionCall, area: string, customer: string): TableRow | undefined {
  const isRiskClassGood = checkRiskClass(call, area);
  const limit = call.value('IX_KLIMK') === 'X' ? storedLimit(call, area, customer) : 'as it is';
  if (limit === undefined || !isRiskClassGood) return undefined;
  return {
    ...(call.value('IX_CTLPC') === 'X' ? { CTLPC: call.value('I_CTLPC') } : {}),
    // A zero is initial, and rows hold only what is not.
    ...(limit === 'as it is' ? {} : { KLIMK: limit === '0.00' ? '' : limit }),
  };
}

/** A new account is the customer's own, and brings the data of all areas along. */
function registerNew(call: FunctionCall, key: { KUNNR: string; KKBER: string }, fields: TableRow): void {
  const created = { ...key, KNKLI: key.KUNNR, ERDAT: call.system.time.today(), ERNAM: call.user };
  call.change({ kind: 'insert', table: 'KNKK', row: compact({ ...created, ...fields }) });
  if (call.get('KNKA', { KUNNR: key.KUNNR }) !== undefined) return;
  const WAERS = creditCurrency(call, key.KKBER, key.KUNNR);
  call.change({ kind: 'insert', table: 'KNKA', row: { KUNNR: key.KUNNR, WAERS } });
}

function registerCredit(call: FunctionCall, key: { KUNNR: string; KKBER: string }, fields: TableRow): void {
  const before = call.get('KNKK', key);
  if (before === undefined) return registerNew(call, key, fields);
  if (Object.keys(fields).length === 0) return;
  const changed = { ...before, ...fields, AEDAT: call.system.time.today(), AENAM: call.user };
  call.change({ kind: 'update', table: 'KNKK', row: compact(changed) });
}

/** The customer and its credit data: somebody in XD02 and somebody in FD32 both stand in the way. */
function holdAccount(call: FunctionCall, customer: string): boolean {
  if (holdCustomer(call, customer) === undefined) return false;
  const holder = call.system.locks.acquire('KNKK', customer, call, call.user);
  if (holder === undefined) return true;
  call.return(call.message('E', 'ZGANGWAY', '007', customer, holder), 'ET_RETURN');
  return false;
}

/** Z_GANGWAY_CREDIT_CHANGE. */
export async function changeGangwayCredit(call: FunctionCall): Promise<void> {
  const [customer, area] = [call.value('I_KUNNR'), call.value('I_KKBER')];
  if (!call.hasAuthority('F_KNKA_KKB', area)) return;
  const claim = await claimKey(call, 'L');
  if (claim.state === 'refused') return;
  const done = call.message('S', 'ZGANGWAY', '013', customer);
  if (claim.state === 'repeated') {
    call.set('E_REPEATED', 'X');
    return call.return(done, 'ET_RETURN');
  }
  if (!holdAccount(call, customer) || !checkArea(call, area)) return;
  const fields = wantedFields(call, area, customer);
  if (fields === undefined || call.value('I_TESTRUN') === 'X') return;
  registerCredit(call, { KUNNR: customer, KKBER: area }, fields);
  if (await commitWithKey(call, { customer, operation: 'L' })) call.return(done, 'ET_RETURN');
}
