/** Z_GANGWAY_CREDIT_CHANGE: risk class and limit of a customer in one credit control area, once per key. */
import { maxStored, toStored } from '../tables/currency.ts';
import { formatDecimal, parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import { compact } from './customer-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { creditCurrency, isInCheckTable } from './organization.ts';

/** Reports one thing wrong with a parameter. */
function refuse(call: FunctionCall, parameter: string, number: string, ...variables: string[]): false {
  call.return(call.message('E', 'ZGANGWAY', number, ...variables), 'ET_RETURN', { parameter });
  return false;
}

/** Whether the area exists, and knows the risk class. */
function checkCustomizing(call: FunctionCall, area: string): boolean {
  const riskClass = call.value('I_CTLPC');
  if (area === '') return refuse(call, 'I_KKBER', '004', 'I_KKBER');
  if (!isInCheckTable(call, 'T014', 'KKBER', area)) return refuse(call, 'I_KKBER', '005', 'KKBER', area);
  if (call.value('IX_CTLPC') !== 'X' || riskClass === '' || call.table('T691A').size === 0) return true;
  if (call.get('T691A', { CTLPC: riskClass, KKBER: area }) !== undefined) return true;
  return refuse(call, 'I_CTLPC', '005', 'CTLPC', riskClass);
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

/** The fields that become different; undefined, with a message, when SAP refuses one. */
function wantedFields(call: FunctionCall, area: string, customer: string): TableRow | undefined {
  const riskClass = call.value('IX_CTLPC') === 'X' ? { CTLPC: call.value('I_CTLPC') } : {};
  if (call.value('IX_KLIMK') !== 'X') return riskClass;
  const limit = storedLimit(call, area, customer);
  // A zero is initial, and rows hold only what is not.
  return limit === undefined ? undefined : { ...riskClass, KLIMK: limit === '0.00' ? '' : limit };
}

function registerCredit(call: FunctionCall, key: { KUNNR: string; KKBER: string }, fields: TableRow): void {
  const before = call.get('KNKK', key);
  const today = call.system.time.today();
  if (before === undefined) {
    const created = { ...key, KNKLI: key.KUNNR, ERDAT: today, ERNAM: call.user };
    return call.change({ kind: 'insert', table: 'KNKK', row: compact({ ...created, ...fields }) });
  }
  const changed = { ...before, ...fields, AEDAT: today, AENAM: call.user };
  call.change({ kind: 'update', table: 'KNKK', row: compact(changed) });
}

function mayChange(call: FunctionCall): boolean {
  return ['F_KNKA_KKB', 'F_KNKA_AEN'].every((object) => call.hasAuthority(object, '02'));
}

/** Z_GANGWAY_CREDIT_CHANGE. */
export async function changeGangwayCredit(call: FunctionCall): Promise<void> {
  const claim = await claimKey(call, 'L');
  if (claim.state === 'refused') return;
  const [customer, area] = [call.value('I_KUNNR'), call.value('I_KKBER')];
  const done = call.message('S', 'ZGANGWAY', '013', customer);
  if (claim.state === 'repeated') {
    call.set('E_REPEATED', 'X');
    return call.return(done, 'ET_RETURN');
  }
  if (!mayChange(call)) return;
  if (call.get('KNA1', { KUNNR: customer }) === undefined)
    return call.return(call.message('E', 'F2', '153', customer), 'ET_RETURN', { parameter: 'I_KUNNR' });
  if (!checkCustomizing(call, area)) return;
  const holder = call.system.locks.acquire('KNKK', customer, call, call.user);
  if (holder !== undefined) return call.return(call.message('E', 'ZGANGWAY', '007', customer, holder), 'ET_RETURN');
  const fields = wantedFields(call, area, customer);
  if (fields === undefined || call.value('I_TESTRUN') === 'X') return;
  registerCredit(call, { KUNNR: customer, KKBER: area }, fields);
  if (await commitWithKey(call, { customer, operation: 'L' })) call.return(done, 'ET_RETURN');
}
