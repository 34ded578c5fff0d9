/** Checks that need more than one setting, or a look at the disk. */
import { changesProblems, changesWarnings } from './changes-checks.ts';
import { describeConfig } from './describe-config.ts';
import { problemAt } from './problems.ts';
import type { ConfigProblem } from './problems.ts';
import type { AgentConfig, RelayConfig } from './schema.ts';
import { fileProblem, isOpenToOthers } from './secrets.ts';

export interface Findings {
  readonly problems: readonly ConfigProblem[];
  /** Not wrong, but rarely meant. */
  readonly warnings: readonly ConfigProblem[];
}

interface Checked {
  readonly relay?: RelayConfig['relay'] | undefined;
  readonly agent?: AgentConfig['agent'] | undefined;
  readonly sap?: AgentConfig['sap'] | undefined;
}

/** Everything that the schema alone cannot see. */
export function crossCheck(config: Checked): Findings {
  const files = [...filesOf(config)];
  const fileProblems = files.flatMap(({ setting, file, kind }) => {
    const problem = kind === 'own-file' ? undefined : fileProblem(file);
    return problem === undefined ? [] : [problemAt(setting, problem)];
  });
  const openSecrets = files
    .filter(({ kind, file }) => kind === 'secret-file' && isOpenToOthers(file))
    .map(({ setting, file }) => problemAt(setting, `can be read by other users: chmod 600 ${file}`));
  return {
    problems: [
      ...fileProblems,
      ...relayProblems(config.relay),
      ...agentProblems(config.agent),
      ...sapProblems(config.sap),
      ...changesProblems(config),
    ],
    warnings: [...openSecrets, ...relayWarnings(config.relay), ...agentWarnings(config), ...changesWarnings(config)],
  };
}

/** Every file with a secret that a configuration names, and whether others than its owner may read it. */
export function secretFiles(
  config: Checked,
): readonly { readonly setting: string; readonly file: string; readonly isOpen: boolean }[] {
  return [...filesOf(config)]
    .filter(({ kind }) => kind === 'secret-file')
    .map(({ setting, file }) => ({ setting, file, isOpen: isOpenToOthers(file) }));
}

function relayProblems(relay: Checked['relay']): readonly ConfigProblem[] {
  if (relay === undefined) return [];
  const orgs = relay.orgs.map(({ id }) => id);
  const strangers = relay.agents.flatMap((agent, index) =>
    agent.orgs
      .filter((org) => !orgs.includes(org))
      .map((org) => problemAt(`relay.agents[${index}].orgs`, `names org ${org}, which relay.orgs does not`)),
  );
  return [
    ...twice('relay.orgs', orgs),
    ...twice(
      'relay.agents',
      relay.agents.map(({ id }) => id),
    ),
    ...strangers,
  ];
}

function agentProblems(agent: Checked['agent']): readonly ConfigProblem[] {
  if (agent === undefined) return [];
  return [
    ...twice(
      'agent.orgs',
      agent.orgs.map(({ id }) => id),
    ),
    ...twice('agent.relays', agent.relays),
    ...relaysOrOutboxes(agent),
    ...agent.orgs.flatMap(({ salesforce }, index) => leaseProblems(`agent.orgs[${index}].salesforce`, salesforce)),
  ];
}

/** What each way to SAP needs. */
function sapProblems(sap: Checked['sap']): readonly ConfigProblem[] {
  if (sap === undefined) return [];
  const required = (setting: string, isThere: boolean, why: string): readonly ConfigProblem[] =>
    isThere ? [] : [problemAt(`sap.${setting}`, `is required ${why}`)];
  if (sap.driver === 'soap') {
    return [
      ...required('url', sap.url !== undefined, 'for the driver soap'),
      ...required('user', sap.user !== undefined, 'for the driver soap'),
      ...required('passwordFile', sap.passwordFile !== undefined, 'for the driver soap'),
    ];
  }
  const { rfc } = sap;
  const hasUser = sap.user !== undefined && sap.passwordFile !== undefined;
  const isGroup = rfc?.messageServer !== undefined;
  return [
    ...required('rfc.host', rfc?.host !== undefined || isGroup, 'for the driver node-rfc, or sap.rfc.messageServer'),
    ...required('rfc.systemNumber', rfc?.systemNumber !== undefined || isGroup, 'with a host'),
    ...required('rfc.systemId', rfc?.systemId !== undefined || !isGroup, 'with a message server'),
    ...required('user', hasUser || rfc?.snc !== undefined, 'with sap.passwordFile, unless SNC stands for them'),
    ...(isGroup && rfc.host !== undefined ? [problemAt('sap.rfc.host', 'excludes sap.rfc.messageServer')] : []),
  ];
}

/** An org that has no relay to call and no outbox that is looked into could never ask for anything. */
function relaysOrOutboxes({ relays, publicUrl, orgs }: AgentConfig['agent']): readonly ConfigProblem[] {
  if (relays.length > 0)
    return publicUrl === undefined ? [problemAt('agent.publicUrl', 'is required where there are relays')] : [];
  return orgs.flatMap(({ salesforce }, index) =>
    salesforce === undefined
      ? [problemAt(`agent.orgs[${index}].salesforce`, 'is required where there are no relays (agent.relays)')]
      : [],
  );
}

type OrgAccess = AgentConfig['agent']['orgs'][number]['salesforce'];

/** With less than two visits in a lease, one lost answer would hand the org to another agent. */
function leaseProblems(setting: string, salesforce: OrgAccess): readonly ConfigProblem[] {
  if (salesforce === undefined || salesforce.leaseSeconds >= 2 * salesforce.pollSeconds) return [];
  return [problemAt(`${setting}.leaseSeconds`, 'must be at least twice pollSeconds')];
}

function twice(setting: string, ids: readonly string[]): readonly ConfigProblem[] {
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => problemAt(setting, `names ${id} twice`));
}

function relayWarnings(relay: Checked['relay']): readonly ConfigProblem[] {
  if (relay === undefined || relay.listen.tls !== undefined || /^(127\.|localhost$|::1$)/.test(relay.listen.host))
    return [];
  return [problemAt('relay.listen.tls', 'is absent: a load balancer in front must end TLS')];
}

function agentWarnings({ agent, sap }: Checked): readonly ConfigProblem[] {
  if (agent === undefined || sap === undefined) return [];
  const isServed = agent.orgs.some(({ systems }) => systems.includes(sap.system));
  const unserved = problemAt('agent.orgs', `no org may use SAP system ${sap.system}, so every call will be refused`);
  const plain = problemAt('sap.url', 'is not https: the password of the service user travels in the clear');
  const isPlain = sap.url?.startsWith('http:') === true && !/^http:\/\/(127\.|localhost\b|\[::1\])/.test(sap.url ?? '');
  return [
    ...(isServed ? [] : [unserved]),
    ...(isPlain ? [plain] : []),
    ...agent.orgs.flatMap(bellWarnings(agent.proxyUrl)),
  ];
}

/** gRPC knows proxies that are reached without TLS only. */
const bellWarnings =
  (agentProxy: string | undefined) =>
  ({ salesforce }: AgentConfig['agent']['orgs'][number], index: number): readonly ConfigProblem[] => {
    const proxy = salesforce?.proxyUrl ?? agentProxy;
    if (salesforce?.bell !== true || proxy?.startsWith('https:') !== true) return [];
    const words = 'has no way through an https:// proxy: the org is polled only';
    return [problemAt(`agent.orgs[${index}].salesforce.bell`, words)];
  };

interface NamedFile {
  readonly setting: string;
  readonly file: string;
  readonly kind: string;
}

/** Every file a configuration names, found by the schema's own list, so that none is forgotten. */
function* filesOf(config: Checked): Generator<NamedFile> {
  for (const { path, type } of describeConfig()) {
    const isPem = type === 'list' && path.endsWith('certificates');
    if (!type.endsWith('file') && !isPem) continue;
    for (const [setting, file] of valuesAt(config, path.split('.'), ''))
      yield { setting, file, kind: isPem ? 'file' : type };
  }
}

function* valuesAt(value: unknown, path: readonly string[], walked: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [walked, value];
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* valuesAt(entry, path, `${walked}[${index}]`);
    return;
  }
  const [key = '', ...rest] = path;
  const name = key.replace('[]', '');
  yield* valuesAt(Reflect.get(value, name), rest, walked === '' ? name : `${walked}.${name}`);
}
