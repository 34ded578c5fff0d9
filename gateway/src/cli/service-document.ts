/** Prints the OpenAPI document of the published services as one org would get it from the relay. */
import type { Command } from 'commander';
import type { AgentConfig } from '../config/index.ts';
import { isOpenTo, orgId } from '../model/index.ts';
import type { OrgId, PublishedService } from '../model/index.ts';
import { servicesDocument } from '../relay/index.ts';
import type { Terminal } from './terminal.ts';

export interface DocumentQuestion {
  readonly services: readonly PublishedService[];
  readonly config: AgentConfig;
  readonly options: { readonly org?: string; readonly user?: string };
}

/** Only this agent's SAP system is in it: other agents publish for themselves. */
export function printDocument(
  terminal: Terminal,
  command: Command,
  { services, config: { agent, sap }, options }: DocumentQuestion,
): void {
  const { publicUrl } = agent;
  if (publicUrl === undefined) return command.error('error: the document names the relay; set agent.publicUrl');
  const org = chooseOrg(command, agent.orgs, options.org);
  const open = services.filter((service) => mayCall(service, org.id, options.user));
  const listed = open
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((service) => ({ system: sap.system, service }));
  terminal.print(JSON.stringify(servicesDocument(listed, { url: publicUrl, systems: org.systems }), null, 2));
  terminal.say(`${open.length} of ${services.length} published services are open to ${org.id}.`);
}

/** Without a user: what anybody in the org may call. */
function mayCall(service: PublishedService, org: OrgId, user: string | undefined): boolean {
  return user === undefined ? service.callers.some((caller) => caller.org === org) : isOpenTo(service, { org, user });
}

type Orgs = AgentConfig['agent']['orgs'];

function chooseOrg(command: Command, orgs: Orgs, named: string | undefined): Orgs[number] {
  const wanted = named === undefined ? undefined : orgId.safeParse(named).data;
  const found = named === undefined && orgs.length === 1 ? orgs[0] : orgs.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  const ids = orgs.map(({ id }) => id).join(', ');
  return command.error(
    named === undefined ? `error: name the org with --org: ${ids}` : `error: --org must be one of ${ids}`,
  );
}
