/** The package's trigger on Account: whoever writes a number, the key made of system and number follows. */
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org } from '../org/org.ts';
import { findCustomer, keyOf } from './sap-customer.ts';
import { problemOf } from './problem.ts';
import type { Labels } from './problem.ts';
import { defaultSystem } from './sap-settings.ts';

/** What the trigger makes of an Account that is about to be saved. */
export function maintainCustomerKey(org: Org, labels: Labels, row: Row, before: Row | undefined): Row {
  const [number, system, key] = ['SAP_Customer_Number__c', 'SAP_System__c', 'SAP_Customer_Key__c'].map(org.named);
  if (number === undefined || system === undefined || key === undefined) return row;
  const isChanged = before === undefined || [number, system, key].some((name) => row[name] !== before[name]);
  if (!isChanged) return row;
  const typed = String(row[number] ?? '').trim();
  if (typed === '') return { ...row, [key]: null };
  const customer = findCustomer(String(row[system] ?? '').trim() || defaultSystem(org, labels), typed);
  if (customer !== null)
    return { ...row, [number]: customer.number, [system]: customer.system, [key]: keyOf(customer) };
  const { title, advice } = problemOf(labels, 'CUSTOMER_NUMBER_INVALID');
  throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', `${title} ${advice}`);
}
