/** The package's Apex REST addresses: `gangway/v1/visit` and `gangway/v1/queue` (MailboxDoor). */
import type { HttpAnswer, HttpCall, Route } from '../../http.ts';
import type { Org, OrgUser } from '../../org/org.ts';
import { CalloutException } from '../context.ts';
import type { ApexContext } from '../context.ts';
import type { Labels } from '../problem.ts';
import { JsonInput, MailboxRefusal } from './json-input.ts';
import { answerDesk } from './queue-desk.ts';
import { readVisit } from './visit-input.ts';
import { answerVisit } from './visit.ts';

/** Which package is installed; older and newer ones know another contract. */
export interface PackageVersion {
  readonly contract: number;
  readonly packageVersion: string;
}

/** The package of this repository (MailboxContract). */
export const thisPackage: PackageVersion = { contract: 1, packageVersion: '0.2.0' };

interface RestResource {
  readonly path: string;
  readonly permission: string;
  readonly run: (context: ApexContext, input: JsonInput) => object;
}

/** The routes; `guarded` checks session and allowance. */
export function mailboxRoutes(
  org: Org,
  labels: Labels,
  installed: PackageVersion,
  guarded: (run: (user: OrgUser, call: HttpCall) => HttpAnswer) => Route['handle'],
): Route[] {
  const resources: readonly RestResource[] = [
    {
      path: 'visit',
      permission: 'Visit_SAP_Mailbox',
      run: (context, input) => {
        const visit = readVisit(input, installed.contract);
        return { ...installed, org: org.id, ...answerVisit(context, visit) };
      },
    },
    { path: 'queue', permission: 'Manage_SAP_Queue', run: answerDesk },
  ];
  const namespace = org.named('x__c').replace(/x__c$/, '').replace(/__$/, '/');
  return resources.map(({ path, permission, run }) => ({
    method: 'POST',
    pattern: new RegExp(`^/services/apexrest/${namespace}gangway/v1/${path}/?$`),
    handle: guarded((user, call) =>
      inTransaction(org, user, labels, installed, (context) => {
        if (!org.hasCustomPermission(user, permission)) {
          const message = `The user lacks the custom permission ${permission}.`;
          throw new MailboxRefusal(403, 'INSUFFICIENT_ACCESS', message);
        }
        return run(context, JsonInput.read(call.body));
      }),
    ),
  }));
}

/** What is refused has written nothing; what fails otherwise is taken back by the platform. */
function inTransaction(
  org: Org,
  user: OrgUser,
  labels: Labels,
  installed: PackageVersion,
  work: (context: ApexContext) => object,
): HttpAnswer {
  const transaction = org.store.begin(user.id);
  const noCallout = (): never => {
    throw new CalloutException('The mailbox calls nobody');
  };
  try {
    const body = work({ org, user, transaction, labels, callout: noCallout, signWithCertificate: noCallout });
    transaction.commit();
    return { status: 200, body };
  } catch (error) {
    transaction.rollback();
    if (!(error instanceof MailboxRefusal)) throw error;
    const about = error.error === 'CONTRACT_UNKNOWN' ? installed : {};
    return { status: error.status, body: { error: error.error, message: error.message, ...about } };
  }
}
