/** The org's mailbox over its Apex REST resource: one visit, one call, one transaction. */
import type { OrgId } from '../model/index.ts';
import type { MailboxAnswer, MailboxVisit, OrgMailbox } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Deadline } from '../timing/index.ts';
import type { PackageNamespace } from './package-namespace.ts';
import type { RestClient } from './rest-client.ts';
import type { OrgSettings } from './settings.ts';
import { readVisitAnswer, toVisitBody } from './visit-wire.ts';

export interface MailboxParts {
  readonly client: RestClient;
  readonly namespace: PackageNamespace;
  readonly log: Log;
  close(): Promise<void>;
}

export class ApexMailbox implements OrgMailbox {
  readonly org: OrgId;
  readonly #agent: { readonly id: string; readonly instance: string };
  readonly #parts: MailboxParts;

  constructor({ org, agentId, instance }: OrgSettings, parts: MailboxParts) {
    this.org = org;
    this.#agent = { id: agentId, instance };
    this.#parts = parts;
  }

  async visit(visit: MailboxVisit, deadline: Deadline): Promise<MailboxAnswer> {
    const path = await this.#parts.namespace.apexPath('visit', deadline);
    const body = toVisitBody(visit, this.#agent);
    const { answer, dropped } = readVisitAnswer(
      await this.#parts.client.call({ method: 'POST', path, body }, deadline),
      this.org,
    );
    if (dropped > 0)
      this.#parts.log.warn({ org: this.org, dropped }, 'Parts of a visit made no sense and were left out.');
    return answer;
  }

  close(): Promise<void> {
    return this.#parts.close();
  }
}
