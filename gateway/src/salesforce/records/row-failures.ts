/** What Salesforce says about one row, as an outcome: its codes by a table, the package's markers, missing parents. */
import { GatewayError } from '../../errors/index.ts';
import type { ErrorCode } from '../../errors/index.ts';
import { externalIdOf, facet, keyText } from '../../model/index.ts';
import type { RecordOutcome } from '../../ports/index.ts';
import type { ParentReference } from './rows.ts';

/** One error of one row, as collections and Bulk API say it. */
export interface RowError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** What a row is known by when its error is read. */
export interface FailedRow {
  readonly system: string;
  readonly parents: readonly ParentReference[];
  /** The field of the external id it is written by. */
  readonly keyField: string;
}

/** Codes that Salesforce's StatusCode and the REST API's errorCode know. What is not here is SALESFORCE_FAILED. */
const table: readonly (readonly [ErrorCode, readonly string[]])[] = [
  ['SALESFORCE_ROW_LOCKED', ['UNABLE_TO_LOCK_ROW', 'ENTITY_IS_LOCKED_BY_TRANSACTION']],
  ['SALESFORCE_LIMIT_REACHED', ['REQUEST_LIMIT_EXCEEDED', 'TXN_SECURITY_METERING_ERROR', 'TOO_MANY_APEX_REQUESTS']],
  ['SALESFORCE_UNREACHABLE', ['SERVER_UNAVAILABLE']],
  ['SALESFORCE_STORAGE_FULL', ['STORAGE_LIMIT_EXCEEDED']],
  [
    'SALESFORCE_NOT_AUTHORIZED',
    [
      'INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY_NO_ACCESS',
      'API_DISABLED_FOR_ORG',
      'API_CURRENTLY_DISABLED',
      'FUNCTIONALITY_NOT_ENABLED',
    ],
  ],
  [
    'SALESFORCE_MAPPING_INVALID',
    [
      'INVALID_FIELD',
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'INVALID_TYPE',
      'INVALID_TYPE_FOR_OPERATION',
      'NOT_FOUND',
      'InvalidBatch',
    ],
  ],
  [
    'SALESFORCE_VALUE_REFUSED',
    [
      'REQUIRED_FIELD_MISSING',
      'STRING_TOO_LONG',
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'INVALID_MULTIPICKLIST_VALUE',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'INVALID_EMAIL_ADDRESS',
      'FIELD_INTEGRITY_EXCEPTION',
      'INVALID_CROSS_REFERENCE_KEY',
      'JSON_PARSER_ERROR',
      'MALFORMED_ID',
      'INVALID_CURRENCY_ISO',
      'DATA_TOO_LARGE',
    ],
  ],
  [
    'SALESFORCE_RULE_REFUSED',
    [
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'FIELD_FILTER_VALIDATION_EXCEPTION',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'CANNOT_EXECUTE_FLOW_TRIGGER',
      'APEX_FAILED',
      'CUSTOM_APEX_ERROR',
      'ENTITY_IS_LOCKED',
      'CANNOT_UPDATE_CONVERTED_LEAD',
    ],
  ],
  [
    'SALESFORCE_DUPLICATE_FOUND',
    ['DUPLICATE_VALUE', 'DUPLICATES_DETECTED', 'DUPLICATE_EXTERNAL_ID', 'MULTIPLE_CHOICES'],
  ],
  ['SALESFORCE_RECORD_GONE', ['ENTITY_IS_DELETED', 'CANNOT_UPDATE_MERGED']],
];

const ours = new Map(table.flatMap(([code, theirs]) => theirs.map((each) => [each, code] as const)));

/** The row's outcome; several errors say the same in several ways, and the package's own word counts first. */
export function toOutcome(errors: readonly RowError[], row: FailedRow): RecordOutcome {
  const marked = errors.map(markedOutcome(row)).find((outcome) => outcome !== undefined);
  if (marked !== undefined) return marked;
  const parent = errors.map((error) => missingParent(error, row.parents)).find((found) => found !== undefined);
  if (parent !== undefined) return { ended: 'parent-missing', parent: parent.key };
  if (errors.some((error) => isRace(error, row)))
    return { ended: 'failed', error: new GatewayError('SALESFORCE_ROW_LOCKED') };
  return { ended: 'failed', error: toRowFailure(errors[0] ?? { code: 'an empty error', message: '', fields: [] }) };
}

/** Somebody else has made the record with this very key since the upsert looked for it: the next attempt finds it. */
const isRace = ({ code, message, fields }: RowError, { keyField }: FailedRow): boolean =>
  code === 'DUPLICATE_VALUE' && (fields.includes(keyField) || hasWord(message.toLowerCase(), keyField));

/** Salesforce's code as ours. Its own words may quote the record, so they stand where no log reads them: see errorFields. */
export function toRowFailure({ code, message, fields }: RowError): GatewayError {
  const words = wordsOf(message);
  const mine = isLockedWithin(message) ? 'SALESFORCE_ROW_LOCKED' : (ours.get(code) ?? 'SALESFORCE_FAILED');
  const field = fields.length === 0 ? undefined : fields.slice(0, 10).join(', ');
  const known = /^[\w.-]{1,80}$/.test(code) ? code : 'an unknown code';
  const facts = { reason: known, message: words === '' ? known : words, field, salesforceCode: known };
  const issues = words === '' ? [] : [{ path: field ?? known, message: words }];
  return new GatewayError(mine, facts, undefined, { issues });
}

/** A lock that Apex of the org did not catch stands in the words of another code. */
const isLockedWithin = (message: string): boolean => message.includes('UNABLE_TO_LOCK_ROW');

/** What the package's trigger says begins with a marker; nothing of other people's texts is read. */
const marker = /^(SAP_ARRIVAL_OLDER|SAP_ARRIVAL_UNWANTED|SAP_CUSTOMER_BEING_CREATED):(.{0,255})/s;

const markedOutcome =
  ({ system }: FailedRow) =>
  ({ message }: RowError): RecordOutcome | undefined => {
    const [, name, rest = ''] = marker.exec(message) ?? [];
    if (name === 'SAP_ARRIVAL_OLDER') return { ended: 'older', facets: facetsIn(rest) };
    if (name === 'SAP_ARRIVAL_UNWANTED')
      return { ended: 'unwanted', reason: wordsOf(rest) || 'The org takes no new records of this kind.' };
    if (name === undefined) return undefined;
    const request = /^[\w-]{1,40}/.exec(rest.trim())?.[0];
    return { ended: 'failed', error: new GatewayError('CUSTOMER_BEING_CREATED', { system, request }) };
  };

const facetsIn = (text: string) =>
  text.split(',').flatMap((part) => {
    const parsed = facet.safeParse(part.trim());
    return parsed.success ? [parsed.data] : [];
  });

/**
 * Which parent is not there: the error names its external id, in whatever language and case. Where two ids fit, the longer
 * one is meant (an item's id contains its document's), then the one whose field and object are named, too.
 */
function missingParent({ code, message }: RowError, parents: readonly ParentReference[]): ParentReference | undefined {
  if (code !== 'INVALID_FIELD') return undefined;
  const text = message.toLowerCase();
  const weight = ({ key, keyField, object }: ParentReference): number =>
    externalIdOf(key).length * 4 + (hasWord(text, keyField) ? 1 : 0) + (hasWord(text, object) ? 2 : 0);
  return parents
    .filter(({ key }) => text.includes(externalIdOf(key).toLowerCase()))
    .toSorted((a, b) => weight(b) - weight(a) || (keyText(a.key) < keyText(b.key) ? -1 : 1))[0];
}

/** As a name of its own: `SAP_Order__c` is not meant by `SAP_Order__c_x`, nor `Order` by `SAP_Order__c`. */
const hasWord = (text: string, word: string): boolean => text.split(/[^\w]+/).includes(word.toLowerCase());

/** Salesforce's own words for people: without line breaks, and not longer than a page shows. */
const wordsOf = (message: string): string =>
  message
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
