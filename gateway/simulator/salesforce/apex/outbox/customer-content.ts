/** What of an Account goes to SAP, and what is wrong with it (AutomaticDraft, CustomerValues). */
import type { Row } from '../../org/check-record.ts';
import type { ApexContext } from '../context.ts';
import { checkDraft, draftFieldOf } from '../customer-draft.ts';
import type { CustomerDraft } from '../customer-draft.ts';
import type { Issue } from '../problem.ts';
import { salesAreas } from '../sap-settings.ts';
import { fieldMappings, isPath } from './field-mappings.ts';
import type { OutboxRule } from './outbox-rule.ts';
import { readPayload, writePayload } from './payload.ts';
import type { Values } from './payload.ts';

type Context = Pick<ApexContext, 'org' | 'labels'>;

/** A create that nobody filled in a form for. */
export function automaticDraft(context: Context, account: Row, rule: OutboxRule, earlier: unknown) {
  const values = new Map(readPayload(earlier) ?? []);
  for (const { path, valueIn } of fieldMappings(context.org, context.labels, 'Account').sent)
    values.set(path, valueIn(account));
  const draft: CustomerDraft = {
    ...toDraft(values),
    language: values.get('language') || 'EN',
    salesArea: rule.salesArea || areaOf(context, values),
    paymentTerms: rule.paymentTerms || values.get('paymentTerms') || null,
  };
  const { issues, payload } = checkDraft(context, draft);
  const content = payload === null ? values : new Map(readPayload(payload));
  if (values.get('name2')) content.set('name2', values.get('name2') ?? '');
  return { payload: writePayload(content), issues: [...issues, ...secondName(context, values)] };
}

/** What is wrong with values that are to change. */
export function customerIssues(context: Context, values: Values): Issue[] {
  const named = new Set([...values.keys()].filter((path) => isPath('Account', path)).map(draftFieldOf));
  const { issues } = checkDraft(context, toDraft(values));
  return [...issues.filter(({ path }) => named.has(path)), ...secondName(context, values)];
}

const toDraft = (values: Values): CustomerDraft => {
  const value = (path: string): string | null => values.get(path) ?? null;
  return {
    name: value('name'),
    street: value('address.street'),
    houseNumber: value('address.houseNumber'),
    postalCode: value('address.postalCode'),
    city: value('address.city'),
    region: value('address.region'),
    country: value('address.country'),
    language: value('language'),
    phone: value('phone'),
    email: value('email'),
    vatNumber: value('vatNumber'),
  };
};

/** The form stores what the sales area consists of, not its name. */
const areaOf = ({ org }: Context, values: Values): string | null =>
  salesAreas(org).find(
    (area) =>
      area.salesOrganization === values.get('salesArea.salesOrganization') &&
      area.distributionChannel === values.get('salesArea.distributionChannel') &&
      area.division === values.get('salesArea.division'),
  )?.developerName ?? null;

const name2Length = 35;

const secondName = ({ labels }: Context, values: Values): Issue[] =>
  (values.get('name2') ?? '').length <= name2Length
    ? []
    : [{ path: 'name2', message: labels('Issue_Too_Long').replace('{0}', String(name2Length)) }];
