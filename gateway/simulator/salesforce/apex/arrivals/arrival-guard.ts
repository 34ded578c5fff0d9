/**
 * Before every save of a record that changes of SAP arrive in (ArrivalGuard): nothing older replaces what is newer, fields
 * that Salesforce owns keep their value, and no record comes into being that the rules do not want.
 */
import type { Row } from '../../org/check-record.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { Org } from '../../org/org.ts';
import { fieldMappings, ownedBySalesforce } from '../outbox/field-mappings.ts';
import { localName } from '../package-names.ts';
import type { Labels } from '../problem.ts';
import { arrivalRule } from './arrival-rule.ts';
import { joinedStamp, keptStamp, olderFacets, readStamp } from './arrival-stamp.ts';
import type { ArrivalStamp } from './arrival-stamp.ts';
import { newArrival } from './new-arrivals.ts';

const permission = 'Write_SAP_Owned_Fields';
/** The facet that says whether SAP has deleted the record; customers have one of its own. */
const removalFacet = (object: string): string => (object === 'Account' ? 'status' : 'master');

/** Objects with a trigger that asks the guard. */
const guarded: ReadonlySet<string> = new Set([
  'Account',
  'Contact',
  'Product2',
  'SAP_Sales_Area_Data__c',
  'SAP_Partner__c',
  'SAP_Price__c',
  'SAP_Order__c',
  'SAP_Order_Item__c',
  'SAP_Delivery__c',
  'SAP_Delivery_Item__c',
  'SAP_Invoice__c',
  'SAP_Invoice_Item__c',
]);

const refuse = (message: string, fields: readonly string[] = []): never => {
  throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, { fields });
};

/** What the guard makes of a record that is about to be saved. */
export function guardArrival(org: Org, labels: Labels, object: string, row: Row, before: Row | undefined): Row {
  if (!guarded.has(localName(org, object))) return row;
  const stampField = org.named('SAP_Arrival__c');
  const arriving = row[stampField] ?? null;
  const kept = before?.[stampField] ?? null;
  const user = org.user(String(row['LastModifiedById']));
  const isForeign = user !== undefined && !org.hasCustomPermission(user, permission);
  if (isForeign && before !== undefined) protectCopy(org, labels, object, row, before);
  if (arriving === kept) return row;
  if (isForeign) refuse(labels('Arrival_Not_Permitted'), [stampField]);
  // Taken away by hand: the next change arrives, however old it is.
  if (arriving === null) return row;
  const stamp = readStamp(String(arriving));
  if (stamp === null) return refuse(labels('Arrival_Unreadable'), [stampField]);
  requireWanted(org, labels, object, before);
  const older = olderFacets(stamp, keptStamp(kept));
  if (older.length > 0) refuse(`SAP_ARRIVAL_OLDER:${older.join(',')}`);
  const stamped = { ...row, [stampField]: joinedStamp(stamp, keptStamp(kept)) };
  if (before === undefined) return newArrival(org, labels, object, stamped);
  return withWhatStays(org, labels, object, { stamp, row: stamped, before });
}

/** What SAP owns of copies and products changes in SAP only; Accounts and Contacts are looked at after the save. */
function protectCopy(org: Org, labels: Labels, object: string, row: Row, before: Row): void {
  const key = org.named(object === 'Product2' ? 'SAP_Material_Key__c' : 'SAP_Key__c');
  if (object === 'Account' || object === 'Contact' || (before[key] ?? null) === null) return;
  for (const { field, label } of fieldMappings(org, labels, object).ownedBySap) {
    if ((row[field] ?? null) !== (before[field] ?? null))
      refuse(labels('Field_Owned_By_Sap').replace('{0}', label), [field]);
  }
}

function requireWanted(org: Org, labels: Labels, object: string, before: Row | undefined): void {
  const rule = arrivalRule(org, object);
  if (before === undefined ? rule.makesMissing : rule.isCopied) return;
  const reason = labels(rule.isCopied ? 'Arrival_Makes_None' : 'Arrival_Not_Copied');
  refuse(`SAP_ARRIVAL_UNWANTED: ${reason.replace('{0}', org.store.object(object).pluralLabel)}`);
}

/** A record that exists keeps what is newer of it, and what Salesforce owns. */
function withWhatStays(
  org: Org,
  labels: Labels,
  object: string,
  { stamp, row, before }: { readonly stamp: ArrivalStamp; readonly row: Row; readonly before: Row },
): Row {
  const [asOf, document, removed] = [
    org.named('SAP_As_Of__c'),
    org.named('SAP_Document__c'),
    org.named('SAP_Removed__c'),
  ];
  const kept: Record<string, unknown> = {};
  const [arriving, there] = [row[asOf] ?? null, before[asOf] ?? null];
  // Facets have times of their own; what is shown is the newest of all.
  if (there !== null && (arriving === null || Date.parse(String(arriving)) < Date.parse(String(there)))) {
    kept[asOf] = there;
    kept[document] = before[document] ?? null;
  }
  if (!stamp.has(removalFacet(object))) kept[removed] = before[removed] ?? false;
  for (const { field, codeField } of ownedBySalesforce(fieldMappings(org, labels, object))) {
    kept[field] = before[field] ?? null;
    if (codeField !== null) kept[codeField] = before[codeField] ?? null;
  }
  return { ...row, ...kept };
}
