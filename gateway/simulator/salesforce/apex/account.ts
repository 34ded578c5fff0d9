/** Accounts as the package reads and links them (AccountSelector, AccountLink). */
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { ApexContext } from './context.ts';
import { because, problemOf } from './problem.ts';
import type { ProblemView } from './problem.ts';
import { display, findCustomer, keyOf } from './sap-customer.ts';
import type { SapCustomer } from './sap-customer.ts';
import { defaultSystem } from './sap-settings.ts';

/** An Account the running user may see. */
export interface ReadableAccount {
  readonly id: string;
  readonly row: Row;
}

function visible(context: ApexContext, object: string, id: string): Row {
  const row = context.org.store.find(object, id);
  if (row === undefined || !context.org.canReadRow(context.user, object, row))
    throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  return row;
}

function accountIdOf(context: ApexContext, recordId: string): string {
  const object = context.org.store.objectOfId(recordId)?.name;
  if (object === 'Account') return recordId;
  if (object !== 'Case' && object !== 'Opportunity') throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  const accountId: unknown = visible(context, object, recordId)['AccountId'] ?? null;
  if (accountId === null) throw because(context.labels, 'SALESFORCE_ACCOUNT_MISSING');
  return String(accountId);
}

/** The Account a record page is about, under the user's rights to record and fields. */
export function readableAccount(context: ApexContext, recordId: string): ReadableAccount {
  const row = visible(context, 'Account', accountIdOf(context, recordId));
  const account = context.org.store.object('Account');
  for (const name of ['SAP_Customer_Number__c', 'SAP_System__c', 'SAP_Customer_Key__c'].map(context.org.named)) {
    const field = account.fields.get(name.toLowerCase());
    // User mode: a field the user may not read fails the query.
    if (field === undefined || !context.org.canReadField(context.user, 'Account', field))
      throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  }
  return { id: String(row['Id']), row };
}

const fieldText = (context: ApexContext, row: Row, name: string): string =>
  String(row[context.org.named(name)] ?? '').trim();

/** The SAP system an Account belongs to; the org's default where it says none. */
export const systemOf = (context: ApexContext, row: Row): string =>
  fieldText(context, row, 'SAP_System__c').toUpperCase() || defaultSystem(context.org, context.labels);

/** The customer an Account is; null while it has no number. */
export function customerOf(context: ApexContext, row: Row): SapCustomer | null {
  const number = fieldText(context, row, 'SAP_Customer_Number__c');
  if (number === '') return null;
  const customer = findCustomer(systemOf(context, row), number);
  if (customer === null) throw because(context.labels, 'CUSTOMER_NUMBER_INVALID');
  return customer;
}

/** The Account that already is this customer, whoever may see it. */
export function ownerOf(context: ApexContext, customer: SapCustomer, except: string): Row | undefined {
  const key = context.org.named('SAP_Customer_Key__c');
  return context.org.store.rows('Account').find((row) => row[key] === keyOf(customer) && row['Id'] !== except);
}

/** An Account's name, if the user may see it. */
export function nameIfVisible(context: ApexContext, row: Row): string | null {
  return context.org.canReadRow(context.user, 'Account', row) ? String(row['Name']) : null;
}

/** Why an Account does not take a customer: it has one. Only people can decide which of them stays. */
function isAnother(context: ApexContext, customer: SapCustomer, number: string): ProblemView {
  const current = findCustomer(customer.system, number);
  const shown = current === null ? number : display(current);
  const reason = context.labels('Account_Is_Another_Customer').replace('{0}', shown);
  const problem = problemOf(context.labels, 'SALESFORCE_RECORD_REFUSED', [display(customer), reason]);
  return { ...problem, advice: context.labels('Advice_Other_Customer') };
}

/** Makes the Account this customer; null when it now is, else why not. Harmless to repeat. */
export function linkAccount(context: ApexContext, accountId: string, customer: SapCustomer): ProblemView | null {
  const { store, named } = context.org;
  const current = store.find('Account', accountId) ?? {};
  const refused = (reason: string): ProblemView =>
    problemOf(context.labels, 'SALESFORCE_RECORD_REFUSED', [display(customer), reason]);
  if (current[named('SAP_Customer_Key__c')] === keyOf(customer)) return null;
  const number = fieldText(context, current, 'SAP_Customer_Number__c');
  if (number !== '') return isAnother(context, customer, number);
  const mark = context.transaction.mark;
  try {
    context.transaction.update('Account', accountId, {
      [named('SAP_Customer_Number__c')]: customer.number,
      [named('SAP_System__c')]: customer.system,
    });
    return null;
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    return refused(error.message);
  }
}
