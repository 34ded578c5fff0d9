/** When an arrival makes a record: what it starts with, and whether it may come into being now (NewArrivals). */
import type { Row } from '../../org/check-record.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { Org } from '../../org/org.ts';
import type { RequestState } from '../../org/request-index.ts';
import { localName } from '../package-names.ts';
import type { Labels } from '../problem.ts';
import { defaultSystem } from '../sap-settings.ts';

const unresolved = 'SAP_OUTCOME_UNRESOLVED';
/** SAP has the contact person, and the Contact could not take the number. */
const contactRefused = 'SALESFORCE_CONTACT_REFUSED';
const twoCustomers = 'ACCOUNT_HAS_TWO_CUSTOMERS';
const maxName = 80;

const refuse = (message: string): never => {
  throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message);
};

/** Completes a new record, or refuses one that must wait. */
export function newArrival(org: Org, labels: Labels, object: string, row: Row): Row {
  if (object === 'Account') checkAccount(org, labels, row);
  else if (object === 'Contact') checkContact(org, row);
  else if (object === 'Product2') return { ...row, IsActive: row[org.named('SAP_Removed__c')] !== true };
  else if (localName(org, object).endsWith('__c')) return named(row, row[org.named('SAP_Key__c')]);
  return row;
}

/** Requests of a system that are under way or held, in the order of their names. */
function standing(org: Org, system: string): Row[] {
  const object = org.named('SAP_Request__c');
  const states: readonly RequestState[] = ['sent', 'verifying', 'held'];
  return states
    .flatMap((state) => [...org.requests.inState(system, state).behind(null)])
    .map((id) => org.store.find(object, id))
    .filter((row) => row !== undefined)
    .sort((a, b) => (String(a['Name']) < String(b['Name']) ? -1 : 1));
}

const isUnknown = (org: Org, request: Row): boolean =>
  request[org.named('Status__c')] !== 'held' || request[org.named('Error_Code__c')] === unresolved;

function checkAccount(org: Org, labels: Labels, account: Row): void {
  const [number, operation, error] = ['SAP_Customer_Number__c', 'Operation__c', 'Error_Code__c'].map(org.named);
  if (number === undefined || operation === undefined || error === undefined) return;
  const system =
    String(account[org.named('SAP_System__c')] ?? '')
      .trim()
      .toUpperCase() || defaultSystem(org, labels);
  for (const request of standing(org, system).filter((one) => one[operation] === 'customer.create')) {
    const known = request[number] ?? null;
    // A request that knows the number of what arrives as new has not got it onto its Account yet.
    if (known === null ? !isUnknown(org, request) : known !== account[number]) continue;
    const name = String(request['Name']);
    if (request[error] === twoCustomers)
      refuse(`SAP_ARRIVAL_UNWANTED: ${labels('Arrival_Merged').replace('{0}', name)}`);
    refuse(`SAP_CUSTOMER_BEING_CREATED:${name}`);
  }
}

/** Which of its Contacts the contact person is that SAP is making, only the outcome tells. */
function checkContact(org: Org, contact: Row): void {
  const accountId = contact['AccountId'] ?? null;
  if (accountId === null) return;
  const states: ReadonlySet<unknown> = new Set(['sent', 'verifying', 'held']);
  const object = org.named('SAP_Request__c');
  const creating = [...org.requests.ofAccount(String(accountId)).behind(null)]
    .map((id) => org.store.find(object, id))
    .filter((row) => row !== undefined)
    .filter((one) => one[org.named('Operation__c')] === 'contact.create' && states.has(one[org.named('Status__c')]))
    .filter((one) => isUnknown(org, one) || one[org.named('Error_Code__c')] === contactRefused)
    .filter((one) => lacksNumber(org, one[org.named('Contact__c')]))
    .map((one) => String(one['Name']))
    .sort();
  if (creating[0] !== undefined) refuse(`SAP_CUSTOMER_BEING_CREATED:${creating[0]}`);
}

function lacksNumber(org: Org, contactId: unknown): boolean {
  const contact = typeof contactId === 'string' ? org.store.find('Contact', contactId) : undefined;
  return contact !== undefined && (contact[org.named('SAP_Contact_Number__c')] ?? null) === null;
}

/** As SAP's screens show it: `ERPCLNT100:0000012345/000010` is called `12345 / 10`. */
function named(row: Row, key: unknown): Row {
  if ((row['Name'] ?? null) !== null || typeof key !== 'string') return row;
  const parts = key
    .slice(key.indexOf(':') + 1)
    .split('/')
    .map((part) => (/^\d{6,}$/.test(part) && !/^0+$/.test(part) ? part.replace(/^0+/, '') : part));
  return { ...row, Name: parts.join(' / ').slice(0, maxName) };
}
