/** The org's list of what is held, and what people want done with it. */
import { GatewayError } from '../../errors/index.ts';
import type { OrgId, SapSystemId } from '../../model/index.ts';
import type { IssueWish, SyncIssue, SyncStatus } from '../../ports/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { Deadline } from '../../timing/index.ts';
import type { PackageNamespace } from '../package-namespace.ts';
import { apiVersion } from '../rest-client.ts';
import type { RestClient } from '../rest-client.ts';
import { callComposite, partErrors } from './composite-call.ts';
import type { SubAnswer } from './composite-call.ts';
import { OrgNames } from './org-names.ts';
import { toRowFailure } from './row-failures.ts';
import { readFailedRows } from './row-results.ts';
import { issueParts, maxIssues, readWishes, statusPart, wishesQuery } from './sync-issues.ts';

export interface IssueDeskParts {
  readonly org: OrgId;
  readonly client: RestClient;
  readonly namespace: PackageNamespace;
  readonly log: Log;
}

/** Wishes given out and not yet answered by a report; more than that nobody clicks between two reports. */
const maxSeenWishes = 10_000;

export class IssueDesk {
  readonly #parts: IssueDeskParts;
  /** Names whose wish was given out: the next report of them takes it off the record. */
  readonly #seenWishes = new Set<string>();

  constructor(parts: IssueDeskParts) {
    this.#parts = parts;
  }

  /** One call. A row that is refused is told in the log: the next report has it again. */
  async report(
    issues: readonly SyncIssue[],
    status: SyncStatus | undefined,
    deadline: Deadline,
  ): Promise<{ readonly calls: number }> {
    if (issues.length > maxIssues) throw new GatewayError('INTERNAL', { reason: `${issues.length} issues at once` });
    const { client, namespace } = this.#parts;
    const names = new OrgNames(await namespace.find(deadline));
    const ofIssues = issues.length === 0 ? [] : issueParts(issues, this.#seenWishes, names);
    const parts = [...ofIssues, ...(status === undefined ? [] : [statusPart(status, names)])];
    if (parts.length === 0) return { calls: 0 };
    const { answers } = await callComposite(client, parts, deadline);
    // That an Account is not there is no news: that is often why the change is held.
    const told = answers.filter((_, index) => index !== 1 || ofIssues.length < 2);
    for (const answer of told) this.#tell(answer);
    for (const { name } of issues) this.#seenWishes.delete(name);
    return { calls: 1 };
  }

  async wishes(system: SapSystemId, deadline: Deadline): Promise<readonly IssueWish[]> {
    const { client, namespace } = this.#parts;
    const names = new OrgNames(await namespace.find(deadline));
    const soql = encodeURIComponent(wishesQuery(system, names));
    const body = await client.call({ method: 'GET', path: `/services/data/v${apiVersion}/query?q=${soql}` }, deadline);
    const wishes = readWishes(body, names);
    if (this.#seenWishes.size > maxSeenWishes) this.#seenWishes.clear();
    for (const { name } of wishes) this.#seenWishes.add(name);
    return wishes;
  }

  /** A part that failed as a whole is thrown, because then nothing of it is shown to anybody. */
  #tell(answer: SubAnswer): void {
    const [error] = answer.httpStatusCode >= 300 ? partErrors(answer) : [];
    if (error !== undefined) throw toRowFailure(error);
    const failures = readFailedRows(answer);
    const [first] = failures;
    if (first === undefined) return;
    const { code, context } = toRowFailure(first);
    this.#parts.log.warn(
      { org: this.#parts.org, rows: failures.length, code, salesforceCode: context['salesforceCode'] },
      'The org does not show all that it was told about the flow.',
    );
  }
}
