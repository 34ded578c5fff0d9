/** The package's Apex REST addresses: `gangway/v1/visit` and `gangway/v1/queue`. */
import { z } from 'zod';
import { parseJson } from '../../http.ts';
import type { HttpAnswer, HttpCall, Route } from '../../http.ts';
import type { Org, OrgUser } from '../../org/org.ts';
import { CalloutException } from '../context.ts';
import type { ApexContext } from '../context.ts';
import type { Labels } from '../problem.ts';
import { answerDesk, deskCall } from './queue-desk.ts';
import { contractNumber, visitCall } from './visit-shape.ts';
import { answerVisit } from './visit.ts';

/** Which package is installed; older and newer ones know another contract. */
export interface PackageVersion {
  readonly contract: number;
  readonly packageVersion: string;
}

/** The package of this repository. */
export const thisPackage: PackageVersion = { contract: contractNumber, packageVersion: '0.1.0' };

interface RestResource {
  readonly path: string;
  readonly apexClass: string;
  readonly permission: string;
  readonly run: (context: ApexContext, body: unknown) => HttpAnswer;
}

const contractOf = z.object({ contract: z.unknown() });

/** The routes; `guarded` checks session and allowance. No package, no routes. */
export function mailboxRoutes(
  org: Org,
  labels: Labels,
  installed: PackageVersion,
  guarded: (run: (user: OrgUser, call: HttpCall) => HttpAnswer) => Route['handle'],
): Route[] {
  const say = (status: number, body: object): HttpAnswer => ({ status, body: { ...installed, ...body } });
  const invalid = (error: string, shape: z.ZodError): HttpAnswer =>
    say(400, { error, reason: z.prettifyError(shape).slice(0, 1_000) });
  const visit: RestResource = {
    path: 'visit',
    apexClass: 'MailboxResource',
    permission: 'Visit_SAP_Mailbox',
    run: (context, body) => {
      if (contractOf.safeParse(body).data?.contract !== installed.contract)
        return say(409, { error: 'CONTRACT_UNKNOWN' });
      const parsed = visitCall.safeParse(body);
      if (!parsed.success) return invalid('VISIT_INVALID', parsed.error);
      return say(200, { org: org.id, ...answerVisit(context, parsed.data) });
    },
  };
  const desk: RestResource = {
    path: 'queue',
    apexClass: 'QueueResource',
    permission: 'Manage_SAP_Queue',
    run: (context, body) => {
      const parsed = deskCall.safeParse(body);
      if (!parsed.success) return invalid('CALL_INVALID', parsed.error);
      const answer = answerDesk(context, parsed.data);
      return answer === undefined ? say(404, { error: 'REQUEST_UNKNOWN' }) : say(200, answer);
    },
  };
  const namespace = org.named('x__c').replace(/x__c$/, '').replace(/__$/, '/');
  return [visit, desk].map(({ path, permission, run }) => ({
    method: 'POST',
    pattern: new RegExp(`^/services/apexrest/${namespace}gangway/v1/${path}/?$`),
    handle: guarded((user, call) => {
      if (!mayUse(org, user, permission)) return say(403, { error: 'NOT_PERMITTED' });
      return inTransaction(org, user, labels, (context) => run(context, parseJson(call)));
    }),
  }));
}

// Until the package's permission sets name it, whoever works as the agent has it.
function mayUse(org: Org, user: OrgUser, permission: string): boolean {
  const isKnown = org.users.some((one) => org.hasCustomPermission(one, permission));
  if (isKnown) return org.hasCustomPermission(user, permission);
  return user.permissionSets.some(({ name }) => name === 'Gangway_Integration_User');
}

function inTransaction(
  org: Org,
  user: OrgUser,
  labels: Labels,
  work: (context: ApexContext) => HttpAnswer,
): HttpAnswer {
  const transaction = org.store.begin(user.id);
  const noCallout = (): never => {
    throw new CalloutException('The mailbox calls nobody');
  };
  try {
    const answer = work({ org, user, transaction, labels, callout: noCallout, signWithCertificate: noCallout });
    transaction.commit();
    return answer;
  } catch (error) {
    transaction.rollback();
    throw error;
  }
}
