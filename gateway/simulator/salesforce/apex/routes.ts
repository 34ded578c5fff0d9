/** `POST /api/apex/Class/method`: the package's controllers, one transaction per call. */
import { sign } from 'node:crypto';
import { z } from 'zod';
import type { HttpAnswer, HttpCall, Route } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { isRecordId } from '../org/record-id.ts';
import { userOfCall } from '../page/sessions.ts';
import { discardIssues, issueParameters, loadIssues, loadStatus, retryIssues } from './arrivals/sync-issues.ts';
import type { ApexContext } from './context.ts';
import { customerDraft } from './customer-draft.ts';
import { link, matches } from './link-service.ts';
import { NamedCredential } from './named-credential.ts';
import type { NamedCredentialSettings } from './named-credential.ts';
import { load, panelParameters, readOrder, refresh } from './panel-service.ts';
import type { Labels } from './problem.ts';
import { check, commitRequest, form, orRefusedView, send } from './request-service.ts';

type Method = (context: ApexContext, parameters: unknown) => unknown;

const onRecord = z.object({ recordId: z.string() });
const onDraft = onRecord.extend({ draft: customerDraft });
const onRequest = z.object({ requestId: z.string() });
const onNumber = onRecord.extend({ customerNumber: z.string().nullish() });

/** A method with its parameters read as the platform reads them. */
const method =
  <T>(shape: z.ZodType<T>, run: (context: ApexContext, parameters: T) => unknown): Method =>
  (context, parameters) =>
    run(context, shape.parse(parameters));

const controllers: Readonly<Record<string, Method>> = {
  'PanelController.load': method(panelParameters.load, load),
  'PanelController.refresh': method(panelParameters.refresh, refresh),
  'PanelController.readOrder': method(panelParameters.readOrder, readOrder),
  'CustomerRequestController.form': method(onRecord, (context, { recordId }) => form(context, recordId)),
  'CustomerRequestController.matches': method(onDraft, (context, { recordId, draft }) =>
    matches(context, recordId, draft ?? {}),
  ),
  'CustomerRequestController.commitRequest': method(onDraft, (context, { recordId, draft }) =>
    orRefusedView(() => commitRequest(context, recordId, draft ?? {})),
  ),
  'CustomerRequestController.send': method(onRequest, (context, { requestId }) =>
    orRefusedView(() => send(context, requestId)),
  ),
  'CustomerRequestController.check': method(onRequest, (context, { requestId }) =>
    orRefusedView(() => check(context, requestId)),
  ),
  'CustomerRequestController.link': method(onNumber, (context, { recordId, customerNumber }) =>
    link(context, recordId, customerNumber),
  ),
  'SyncIssueController.load': method(issueParameters.load, loadIssues),
  'SyncIssueController.retry': method(issueParameters.retry, retryIssues),
  'SyncIssueController.discard': method(issueParameters.discard, discardIssues),
  'SyncStatusController.load': (context) => loadStatus(context),
};

/** Apex leaves out what is null. */
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one: unknown) => (one === null ? undefined : one)));

function requireAccess(user: OrgUser, apexClass: string): void {
  if (user.permissionSets.some((set) => set.apexClasses.has(apexClass))) return;
  throw new SalesforceError('INSUFFICIENT_ACCESS', `You do not have access to the Apex class named '${apexClass}'.`, {
    status: 403,
  });
}

/** The platform refuses what is no record id before any Apex runs. */
function requireIds(parameters: unknown): void {
  if (typeof parameters !== 'object' || parameters === null) return;
  for (const [name, value] of Object.entries(parameters)) {
    if (/Id$/.test(name) && (typeof value !== 'string' || !isRecordId(value))) {
      throw new SalesforceError(
        'INVALID_ID_FIELD',
        `Value provided is invalid for action parameter '${name}' of type 'Id'`,
      );
    }
  }
}

/** The body of a failed call, as components find it in `error.body`. */
const failureBody = (error: SalesforceError): HttpAnswer => ({
  status: error.status,
  body: { message: error.message, errorCode: error.errorCode },
});

/** What the controllers need besides the org. */
export interface ApexSettings extends Omit<NamedCredentialSettings, 'now'> {
  readonly labels: Labels;
}

/** The routes, and how to let go of the connections they hold. */
export function apexRoutes(org: Org, settings: ApexSettings): { routes: Route[]; close: () => Promise<void> } {
  const credential = new NamedCredential({ ...settings, now: org.now });
  const handle = async (call: HttpCall): Promise<HttpAnswer> => {
    const user = userOfCall(org, call);
    const { apexClass = '', method: name = '' } = call.parts;
    const transaction = org.store.begin(user.id);
    try {
      const run = controllers[`${apexClass}.${name}`];
      if (run === undefined)
        throw new SalesforceError('NOT_FOUND', `There is no method ${apexClass}.${name}`, { status: 404 });
      requireAccess(user, apexClass);
      const parameters = parseJson(call);
      requireIds(parameters);
      const context: ApexContext = {
        org,
        user,
        transaction,
        labels: settings.labels,
        callout: (request) => credential.send(user, transaction, request),
        signWithCertificate: (text) => sign('sha256', Buffer.from(text), settings.privateKey).toString('base64'),
      };
      const result = await run(context, parameters);
      transaction.commit();
      return { status: 200, body: withoutNulls(result) };
    } catch (error) {
      transaction.rollback();
      if (error instanceof SalesforceError) return failureBody(error);
      throw error;
    }
  };
  const route: Route = { method: 'POST', pattern: /^\/api\/apex\/(?<apexClass>\w+)\/(?<method>\w+)$/, handle };
  return { routes: [route], close: () => credential.close() };
}
