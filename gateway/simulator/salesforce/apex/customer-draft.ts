/** The draft of a new customer: prefilled from the Account, completed from the sales area, checked before it is kept. */
import { z } from 'zod';
import type { Row } from '../org/check-record.ts';
import type { ApexContext } from './context.ts';
import { invalid } from './problem.ts';
import type { Issue } from './problem.ts';
import { paymentTerms, salesArea } from './sap-settings.ts';
import type { SalesArea } from './sap-settings.ts';

const fields = [
  'name',
  'street',
  'houseNumber',
  'postalCode',
  'city',
  'region',
  'country',
  'language',
  'phone',
  'email',
  'vatNumber',
  'salesArea',
  'companyCode',
  'paymentTerms',
  'currencyCode',
] as const;
type DraftField = (typeof fields)[number];

export const customerDraft = z.partialRecord(z.enum(fields), z.string().nullable()).nullish();
export type CustomerDraft = Partial<Record<DraftField, string | null>>;

const text = (value: string | null | undefined): string => (value ?? '').trim();

/** The form's field for a path in the relay's API. */
export function draftFieldOf(path: string): string {
  if (path === 'currency') return 'currencyCode';
  return /^(salesArea|credit\.)/.test(path) ? 'salesArea' : path.replace(/^address\./, '');
}

/** What the Account already says. */
export function draftFromAccount(context: ApexContext, row: Row): CustomerDraft {
  const known = (name: string): string | null => (row[name] == null ? null : String(row[name]));
  const codeOf = (name: string, maxLength: number): string | null => {
    const code = text(known(`${name}Code`)) === '' ? known(name) : known(`${name}Code`);
    return code !== null && code.length <= maxLength ? code.toUpperCase() : null;
  };
  return {
    name: known('Name'),
    street: known('BillingStreet')?.replace(/\s*[\r\n]+\s*/g, ', ') ?? null,
    postalCode: known('BillingPostalCode'),
    city: known('BillingCity'),
    region: codeOf('BillingState', 3),
    country: codeOf('BillingCountry', 2),
    language: 'EN',
    phone: known('Phone'),
  };
}

/** Takes what a sales area brings, where the rep has not said otherwise. */
export function completeFrom(draft: CustomerDraft, area: SalesArea | undefined): CustomerDraft {
  if (area === undefined) return draft;
  const orElse = (value: string | null | undefined, other: string): string | null =>
    text(value) === '' ? other || null : (value ?? null);
  return {
    ...draft,
    salesArea: area.developerName,
    companyCode: orElse(draft.companyCode, area.companyCode),
    paymentTerms: orElse(draft.paymentTerms, area.paymentTerms),
    currencyCode: orElse(draft.currencyCode, area.currencyCode),
  };
}

// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
const emailShape = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** Whether SAP could take the credit data that an admin set up, or none is. */
function hasUsableCredit({ creditControlArea, riskClass }: SalesArea): boolean {
  if (creditControlArea === '') return riskClass === '';
  return /^[A-Z0-9]{1,4}$/.test(creditControlArea) && /^[A-Z0-9]{0,3}$/.test(riskClass);
}

/** Everything that is wrong with a draft, in the order of the form. */
function issuesOf(
  { labels, org }: Pick<ApexContext, 'labels' | 'org'>,
  draft: CustomerDraft,
  area: SalesArea | undefined,
): Issue[] {
  const issues: Issue[] = [];
  const add = (path: DraftField, label: string, limit?: number): void => {
    issues.push({ path, message: labels(label).replace('{0}', String(limit ?? '{0}')) });
  };
  const allowText = (path: DraftField, maxLength: number): void => {
    if (text(draft[path]).length > maxLength) add(path, 'Issue_Too_Long', maxLength);
    if (controlCharacter.test(text(draft[path]))) add(path, 'Issue_Control_Characters');
  };
  const requireText = (path: DraftField, maxLength: number): void =>
    text(draft[path]) === '' ? add(path, 'Issue_Required') : allowText(path, maxLength);
  const requireShape = (path: DraftField, value: string, shape: RegExp, label: string): void => {
    if (value === '') add(path, 'Issue_Required');
    else if (!shape.test(value)) add(path, label);
  };
  requireText('name', 35);
  allowText('street', 60);
  allowText('houseNumber', 10);
  allowText('postalCode', 10);
  requireText('city', 40);
  allowText('region', 3);
  requireShape('country', text(draft.country).toUpperCase(), /^[A-Z]{2}$/, 'Issue_Country');
  requireShape('language', text(draft.language).toUpperCase(), /^[A-Z]{2}$/, 'Issue_Language');
  allowText('phone', 30);
  allowText('vatNumber', 20);
  allowText('email', 241);
  if (text(draft.email) !== '' && !emailShape.test(text(draft.email))) add('email', 'Issue_Email');
  if (area === undefined) add('salesArea', text(draft.salesArea) === '' ? 'Issue_Required' : 'Issue_Choice');
  if (area !== undefined && !hasUsableCredit(area)) add('salesArea', 'Issue_Credit_Setup');
  requireShape('companyCode', text(draft.companyCode), /^[A-Z0-9]{1,4}$/, 'Issue_Code');
  requireShape('paymentTerms', text(draft.paymentTerms), /^[A-Z0-9]{1,4}$/, 'Issue_Code');
  const terms = text(draft.paymentTerms);
  if (terms !== '' && !paymentTerms(org).some(({ value }) => value === terms)) add('paymentTerms', 'Issue_Choice');
  requireShape('currencyCode', text(draft.currencyCode), /^[A-Z0-9]{2,5}$/, 'Issue_Code');
  return issues;
}

function payloadOf(draft: CustomerDraft, area: SalesArea): string {
  const upper = (path: DraftField): string => text(draft[path]).toUpperCase();
  const { salesOrganization, distributionChannel, division, accountGroup, creditControlArea, riskClass } = area;
  const credit = { creditControlArea, ...(riskClass === '' ? {} : { riskClass }) };
  return JSON.stringify({
    name: text(draft.name),
    address: {
      street: text(draft.street),
      houseNumber: text(draft.houseNumber),
      postalCode: text(draft.postalCode),
      city: text(draft.city),
      region: upper('region'),
      country: upper('country'),
    },
    language: upper('language'),
    phone: text(draft.phone),
    email: text(draft.email),
    vatNumber: text(draft.vatNumber),
    salesArea: { salesOrganization, distributionChannel, division },
    companyCode: text(draft.companyCode),
    paymentTerms: text(draft.paymentTerms),
    currency: text(draft.currencyCode),
    ...(accountGroup === '' ? {} : { accountGroup }),
    ...(creditControlArea === '' ? {} : { credit }),
  });
}

/** A draft completed and checked: everything wrong with it, and what is sent once its sales area is known. */
export function checkDraft(
  context: Pick<ApexContext, 'labels' | 'org'>,
  draft: CustomerDraft,
): { readonly issues: Issue[]; readonly payload: string | null } {
  const area = salesArea(context.org, draft.salesArea);
  const complete = completeFrom(draft, area);
  return { issues: issuesOf(context, complete, area), payload: area === undefined ? null : payloadOf(complete, area) };
}

/** What is sent for a draft; throws REQUEST_INVALID naming everything that is wrong. */
export function toPayload(context: ApexContext, draft: CustomerDraft): string {
  const { issues, payload } = checkDraft(context, draft);
  if (issues.length > 0 || payload === null) throw invalid(context.labels, issues);
  return payload;
}
