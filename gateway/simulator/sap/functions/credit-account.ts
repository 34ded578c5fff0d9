/** BAPI_CR_ACC_GETDETAIL: the credit account's master data, without open orders and deliveries. */
import { stored, toReal } from '../tables/currency.ts';
import type { FunctionCall } from './function-call.ts';
import { creditCurrency } from './organization.ts';

/** BAPI_CR_ACC_GETDETAIL. */
export function readCreditAccount(call: FunctionCall): void {
  const [area, customer] = [call.value('CREDITCONTROLAREA'), call.value('CUSTOMER')];
  const master = call.get('KNKK', { KUNNR: customer, KKBER: area });
  if (call.table('T014').size > 0 && call.get('T014', { KKBER: area }) === undefined)
    return call.return(call.message('E', 'F5', '170', area));
  if (call.get('KNA1', { KUNNR: customer }) === undefined) return call.return(call.message('E', 'F2', '153', customer));
  if (master === undefined) return call.return(call.message('E', 'F2', '411', customer, area));
  const account = master.KNKLI ?? customer;
  const currency = creditCurrency(call, area, account);
  const real = (field: string): bigint => toReal(call.system.database, stored(master, field), currency);
  call.setStructure('CREDIT_ACCOUNT_DETAIL', {
    C_CTR_AREA: area,
    CUSTMR_NO: customer,
    CRED_ACCNT: account,
    CURRENCY: currency,
    CRED_LIMIT: real('KLIMK'),
    RECEIVABLS: real('SKFOR'),
    SPEC_LIABS: real('SSOBL'),
    RISK_CATEG: master.CTLPC,
    CRED_GROUP: master.GRUPP,
    BLOCKED: master.CRBLB,
    NEXT_REVW: master.NXTRV,
  });
}
