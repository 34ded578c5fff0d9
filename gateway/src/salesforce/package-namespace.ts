/** Under which namespace the package is installed; found in the org's list of objects where nobody configured it. */
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import type { Deadline } from '../timing/index.ts';
import { unreadable } from './exchange.ts';
import { apiVersion } from './rest-client.ts';
import type { RestClient } from './rest-client.ts';

/** An org has a few thousand objects at most. */
const describeGlobal = z.object({ sobjects: z.array(z.object({ name: z.string() })).max(20_000) });

const outbox = /^(?:(\w+)__)?SAP_Request__c$/;

export class PackageNamespace {
  readonly #client: RestClient;
  #found: string | undefined;

  constructor(client: RestClient, configured: string | undefined) {
    this.#client = client;
    this.#found = configured;
  }

  /** Empty for a package without namespace. Throws PACKAGE_MISSING where the user sees no outbox. */
  async find(deadline: Deadline): Promise<string> {
    this.#found ??= await this.#look(deadline);
    return this.#found;
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
    const parsed = describeGlobal.safeParse(await this.#client.call({ method: 'GET', path }, deadline));
    if (!parsed.success) throw unreadable('the list of objects');
    const found = parsed.data.sobjects.map(({ name }) => outbox.exec(name)).find((match) => match !== null);
    if (found === undefined) throw new GatewayError('PACKAGE_MISSING', { reason: 'no outbox is visible' });
    return found[1] ?? '';
  }
}
