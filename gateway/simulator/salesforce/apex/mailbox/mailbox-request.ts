/** A request with all its fields, as the mailbox reads and writes it. */
import type { Row } from '../../org/check-record.ts';
import type { Org } from '../../org/org.ts';
import type { ApexContext } from '../context.ts';
import { isEnded } from '../../org/request-index.ts';

export interface MailboxRequest {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly kind: string;
  readonly status: string;
  readonly system: string;
  readonly accountId: string;
  readonly contactId: string | null;
  readonly payload: string;
  readonly customerNumber: string | null;
  readonly correlationId: string | null;
  readonly attempts: number;
  readonly asOf: string | null;
  readonly checksDuplicates: boolean;
  readonly wish: string | null;
  readonly sentAt: string | null;
  readonly errorCode: string | null;
  readonly changeNumber: number;
  readonly row: Row;
}

const orNull = (value: unknown): string | null => (value == null ? null : String(value));

function toRequest(org: Org, row: Row): MailboxRequest {
  const value = (name: string): unknown => row[org.named(name)] ?? null;
  return {
    id: String(row['Id']),
    name: String(row['Name']),
    key: String(value('Key__c') ?? ''),
    kind: String(value('Operation__c') ?? ''),
    status: String(value('Status__c') ?? ''),
    system: String(value('SAP_System__c') ?? ''),
    accountId: String(value('Account__c')),
    contactId: orNull(value('Contact__c')),
    payload: String(value('Payload__c') ?? ''),
    customerNumber: orNull(value('SAP_Customer_Number__c')),
    correlationId: orNull(value('Correlation_Id__c')),
    attempts: Number(value('Attempts__c') ?? 0),
    asOf: orNull(value('Outcome_As_Of__c')),
    checksDuplicates: value('Checks_Duplicates__c') === true,
    wish: orNull(value('Wish__c')),
    sentAt: orNull(value('Sent_At__c')),
    errorCode: orNull(value('Error_Code__c')),
    changeNumber: Number(value('Change_Number__c') ?? 0),
    row,
  };
}

/** The request of that record id. */
export function requestOfId(org: Org, id: string): MailboxRequest | undefined {
  const row = org.store.find(org.named('SAP_Request__c'), id);
  return row === undefined ? undefined : toRequest(org, row);
}

/** The request of that key. */
export function requestOfKey(org: Org, key: string): MailboxRequest | undefined {
  const field = org.store.object(org.named('SAP_Request__c')).fields.get(org.named('Key__c').toLowerCase());
  const row = field === undefined ? undefined : org.store.findUnique(org.named('SAP_Request__c'), field, key);
  return row === undefined ? undefined : toRequest(org, row);
}

/** Writes fields of a request, named as in the package. */
export function writeRequest(
  { org, transaction }: Pick<ApexContext, 'org' | 'transaction'>,
  id: string,
  values: Row,
): void {
  const inOrg = Object.entries(values).map(([name, value]) => [org.named(name), value] as const);
  transaction.update(org.named('SAP_Request__c'), id, Object.fromEntries(inOrg));
}

/** Whether nothing more happens to it. */
export const hasEnded = (request: MailboxRequest): boolean => isEnded(request.status);

/** The moment as a DateTime field takes it. */
export const nowOf = (org: Org): string => new Date(org.now()).toISOString();
