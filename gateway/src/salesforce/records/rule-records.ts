/** The org's rules and mappings (custom metadata) as records: which kinds go where, and which path to which field. */
import { z } from 'zod';
import { recordKind } from '../../model/index.ts';
import type { RecordKind } from '../../model/index.ts';
import { GatewayError } from '../../errors/index.ts';
import { unreadable } from '../exchange.ts';
import type { OrgNames } from './org-names.ts';

export interface ArrivalRule {
  readonly kind: RecordKind;
  readonly object: string;
  readonly keyField: string;
  readonly isCopied: boolean;
}

export interface FieldMapping {
  readonly object: string;
  readonly field: string;
  readonly path: string;
  /** SAP: written with each arrival. Salesforce: only when an arrival creates the record, which the org itself decides. */
  readonly owner: 'SAP' | 'Salesforce';
}

/** Salesforce gives so many in one answer, which is many times of what anybody maps. */
export const maxRuleRecords = 2_000;

const page = z.object({ done: z.boolean(), records: z.array(z.record(z.string(), z.unknown())).max(maxRuleRecords) });
const text = z.string().trim().min(1).max(120);

const ruleFields = ['Kind__c', 'Object__c', 'Key_Field__c', 'Active__c', 'Mode__c'] as const;
const mappingFields = ['Object__c', 'Field__c', 'Path__c', 'Owner__c'] as const;

export const rulesQuery = (names: OrgNames): string =>
  `SELECT ${ruleFields.map((name) => names.own(name)).join(', ')} FROM ${names.own('SAP_Arrival_Rule__mdt')}`;

export const mappingsQuery = (names: OrgNames): string =>
  `SELECT ${mappingFields.map((name) => names.own(name)).join(', ')} FROM ${names.own('SAP_Field_Mapping__mdt')} ` +
  `WHERE ${names.own('Active__c')} = true ORDER BY DeveloperName`;

/** Rules that are switched off or name a kind that this version does not know are no rules. */
export function readRules(body: unknown, names: OrgNames): readonly ArrivalRule[] {
  return recordsOf(body, 'SAP_Arrival_Rule__mdt').flatMap((record) => {
    const get = (name: (typeof ruleFields)[number]): unknown => record[names.own(name)];
    const kind = recordKind.safeParse(get('Kind__c'));
    if (!kind.success || get('Active__c') !== true) return [];
    const object = text.safeParse(get('Object__c'));
    const keyField = text.safeParse(get('Key_Field__c'));
    if (!object.success || !keyField.success) return [];
    const isCopied = get('Mode__c') === 'Copied';
    return [{ kind: kind.data, object: names.object(object.data), keyField: keyField.data, isCopied }];
  });
}

export function readMappings(body: unknown, names: OrgNames): readonly FieldMapping[] {
  return recordsOf(body, 'SAP_Field_Mapping__mdt').flatMap((record) => {
    const get = (name: (typeof mappingFields)[number]): unknown => record[names.own(name)];
    const parsed = mappingRecord.safeParse({
      object: get('Object__c'),
      field: get('Field__c'),
      path: get('Path__c'),
      owner: get('Owner__c'),
    });
    // An empty record in Setup: nothing can be said about it, and nothing is written by it.
    if (!parsed.success) return [];
    return [{ ...parsed.data, object: names.object(parsed.data.object) }];
  });
}

const mappingRecord = z.object({ object: text, field: text, path: text, owner: z.enum(['SAP', 'Salesforce']) });

function recordsOf(body: unknown, type: string): readonly Readonly<Record<string, unknown>>[] {
  const parsed = page.safeParse(body);
  if (!parsed.success) throw unreadable(`the records of ${type}`);
  if (!parsed.data.done)
    throw new GatewayError('SALESFORCE_MAPPING_INVALID', {
      path: 'all paths',
      field: type,
      reason: `there are more than ${maxRuleRecords} records`,
    });
  return parsed.data.records;
}
