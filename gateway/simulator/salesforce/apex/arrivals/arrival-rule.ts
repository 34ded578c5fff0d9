/** What the admin wants of the records of one object: copied or live only, new ones or not (ArrivalRule). */
import type { Org } from '../../org/org.ts';
import { localName } from '../package-names.ts';

/** One rule, read. */
export interface ArrivalRule {
  readonly isCopied: boolean;
  readonly makesMissing: boolean;
  /** Name or id of the price book that prices go to; null when none is named. */
  readonly priceBook: string | null;
  readonly conditionTypes: ReadonlySet<string>;
}

const usualCondition = 'PR00';

/** The rule for an object; one that wants nothing where there is none. */
export function arrivalRule(org: Org, objectName: string): ArrivalRule {
  const name = localName(org, objectName).toLowerCase();
  const values = org
    .metadataRecords('SAP_Arrival_Rule__mdt')
    .findLast(
      (record) =>
        record.values['Active__c'] === true && localName(org, record.values['Object__c']).toLowerCase() === name,
    )?.values;
  const isCopied = values?.['Mode__c'] === 'Copied';
  const priceBook = String(values?.['Price_Book__c'] ?? '').trim();
  const types = String(values?.['Condition_Types__c'] ?? '')
    .split(/[;,\s]+/)
    .filter((type) => type !== '')
    .map((type) => type.toUpperCase());
  return {
    isCopied,
    makesMissing: isCopied && values['Create_Missing__c'] === true,
    priceBook: isCopied && priceBook !== '' ? priceBook : null,
    conditionTypes: new Set(types.length === 0 ? [usualCondition] : types),
  };
}
