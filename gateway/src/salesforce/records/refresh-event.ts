/** The event that tells open panels which customers to read again. */
import type { RecordKey, SapSystemId } from '../../model/index.ts';
import type { Refresh } from '../../ports/index.ts';
import type { Part } from './composite-call.ts';
import type { OrgNames } from './org-names.ts';

/** The field's length in the package. */
const maxText = 131_072;
/** Salesforce takes 25 parts in one call, of which five may be collections. */
const maxEvents = 20;

/** One event per SAP system, each a part of its own: as a collection it would take the place of one with records. */
export function refreshParts(refresh: Refresh | undefined, names: OrgNames): readonly Part[] {
  const numbers = new Map<SapSystemId, Set<string>>();
  for (const key of refresh?.customers ?? [])
    numbers.set(key.system, (numbers.get(key.system) ?? new Set()).add(numberOf(key)));
  return [...numbers].slice(0, maxEvents).map(([system, those]) => ({
    method: 'POST',
    path: `sobjects/${names.own('SAP_Data_Changed__e')}`,
    body: JSON.stringify({
      [names.own('System__c')]: system,
      [names.own('Customers__c')]: fitting([...those]),
    }),
  }));
}

const numberOf = ({ id }: RecordKey): string => id.split('/')[0] ?? id;

/** Panels of customers beyond the limit show their age, as they do without any event. */
const fitting = (numbers: readonly string[]): string => {
  const text = numbers.join('\n');
  return text.length <= maxText ? text : text.slice(0, text.lastIndexOf('\n', maxText));
};
