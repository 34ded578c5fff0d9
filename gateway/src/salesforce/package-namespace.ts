/** Under which namespace the package is installed; found in the org's list of objects where nobody configured it. */
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import type { Deadline } from '../timing/index.ts';
import { unreadable } from './exchange.ts';
import { apiVersion } from './rest-client.ts';
import type { RestClient } from './rest-client.ts';

/** Large orgs have some ten thousand, with history, feed and events of each, about 1 KB each. */
const maxListBytes = 33_554_432;
const describeGlobal = z.object({ sobjects: z.array(z.object({ name: z.string() })).max(30_000) });

const outbox = /^(?:(\w+)__)?SAP_Request__c$/;

export class PackageNamespace {
  readonly #client: RestClient;
  readonly #configured: string | undefined;
  #found: string | undefined;

  constructor(client: RestClient, configured: string | undefined) {
    this.#client = client;
    this.#configured = configured;
  }

  /** Empty for a package without namespace. Throws PACKAGE_MISSING where the user sees no outbox. */
  async find(deadline: Deadline): Promise<string> {
    this.#found ??= this.#configured ?? (await this.#look(deadline));
    return this.#found;
  }

  /** The package may have been installed anew, under another one. */
  forget(): void {
    this.#found = undefined;
  }

  /** `/services/apexrest/{namespace/}gangway/v1/<resource>` */
  async apexPath(resource: string, deadline: Deadline): Promise<string> {
    const namespace = await this.find(deadline);
    return `/services/apexrest/${namespace === '' ? '' : `${namespace}/`}gangway/v1/${resource}`;
  }

  /** The event that the package publishes when something is ready, as the Pub/Sub API names it. */
  async topic(deadline: Deadline): Promise<string> {
    const namespace = await this.find(deadline);
    return `/event/${namespace === '' ? '' : `${namespace}__`}SAP_Request_Ready__e`;
  }

  async #look(deadline: Deadline): Promise<string> {
    const path = `/services/data/v${apiVersion}/sobjects`;
    const parsed = describeGlobal.safeParse(
      await this.#client.call({ method: 'GET', path, maxAnswerBytes: maxListBytes }, deadline),
    );
    if (!parsed.success) throw unreadable('the list of objects');
    const found = parsed.data.sobjects.map(({ name }) => outbox.exec(name)).find((match) => match !== null);
    if (found === undefined) throw new GatewayError('PACKAGE_MISSING', { reason: 'no outbox is visible' });
    return found[1] ?? '';
  }
}
