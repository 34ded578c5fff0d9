/** Loads the configuration of one program: every source, every check, all problems at once, then frozen. */
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { crossCheck } from './cross-checks.ts';
import { gather } from './gather.ts';
import type { Environment, Gathered } from './gather.ts';
import { invalid, toProblems } from './problems.ts';
import type { ConfigProblem } from './problems.ts';
import { proxyFromEnvironment } from './proxy.ts';
import { loadWarnings } from './load-warnings.ts';
import { sap } from './sap-schema.ts';
import { rfcWarnings } from './rfc-runtime.ts';
import { configurationFor } from './schema.ts';
import type { AgentConfig, Program, RelayConfig } from './schema.ts';

export interface LoadOptions {
  /** The YAML file; absent when environment and flags say everything. */
  readonly file?: string | undefined;
  /** `setting=value`, from --set. */
  readonly flags?: readonly string[];
  /** The process's own when absent. */
  readonly environment?: Environment;
}

export interface LoadedConfig<Config> {
  /** Frozen. */
  readonly config: Config;
  readonly warnings: readonly ConfigProblem[];
  /** Where each value came from, by setting; what is not in it is a default. */
  readonly sources: ReadonlyMap<string, string>;
}

/** The configuration of a relay; throws CONFIG_INVALID with every problem. */
export function loadRelayConfig(options: LoadOptions): LoadedConfig<RelayConfig> {
  return load('relay', configurationFor.relay, options);
}

/** The configuration of an agent; throws CONFIG_INVALID with every problem. */
export function loadAgentConfig(options: LoadOptions): LoadedConfig<AgentConfig> {
  return load('agent', configurationFor.agent, options);
}

/** What the service user's role depends on. */
const { features, abapPack, driver, servicesFolder, companyCodes, creditControlAreas, accountGroup } = sap.shape;
const roleSettings = z.object({
  features,
  abapPack,
  driver,
  servicesFolder,
  companyCodes,
  creditControlAreas,
  accountGroup,
});
export type RoleSettings = z.infer<typeof roleSettings>;

/** Without a file: the defaults. The role is asked for before the user and its password exist, so nothing else is needed. */
export function loadRoleSettings(options: LoadOptions): RoleSettings {
  const gathered = gatherFor(options);
  const tree = withSections(gathered.tree, ['sap']);
  const parsed = z.object({ sap: roleSettings }).safeParse(tree);
  if (!parsed.success) throw invalid([...gathered.problems, ...toProblems(parsed.error, tree)]);
  if (gathered.problems.length > 0) throw invalid(gathered.problems);
  return parsed.data.sap;
}

/** Which programs a file is for: those whose section it has. */
export function programsIn(options: LoadOptions): readonly Program[] {
  const { tree } = gatherFor(options);
  const sections = typeof tree === 'object' && tree !== null ? Object.keys(tree) : [];
  return (['relay', 'agent'] as const).filter((program) => sections.includes(program));
}

function load<Config extends RelayConfig | AgentConfig>(
  program: Program,
  schema: z.ZodType<Config>,
  options: LoadOptions,
): LoadedConfig<Config> {
  const gathered = gatherFor(options);
  const tree = withSections(gathered.tree, program === 'relay' ? ['relay'] : ['agent', 'sap']);
  const parsed = schema.safeParse(tree);
  if (!parsed.success) throw invalid([...gathered.problems, ...toProblems(parsed.error, tree)]);
  const findings = crossCheck(parsed.data);
  const problems = [...gathered.problems, ...findings.problems];
  if (problems.length > 0) throw invalid(problems);
  const environment = options.environment ?? process.env;
  const config = deepFreeze(withProxy(parsed.data, environment));
  const { sources } = gathered;
  const warnings = [
    ...findings.warnings,
    ...rfcWarnings(config.sap, environment),
    ...loadWarnings(config, (setting) => sources.has(setting)),
  ];
  return { config, warnings, sources };
}

function gatherFor({ file, flags = [], environment = process.env }: LoadOptions): Gathered {
  const folder = file === undefined ? process.cwd() : dirname(resolve(file));
  return gather({ file, flags, environment, folder });
}

/** A section that is missing altogether is treated as empty, so that each setting it lacks is named. */
function withSections(tree: unknown, sections: readonly string[]): unknown {
  const empty = Object.fromEntries(sections.map((section) => [section, {}]));
  return typeof tree === 'object' && tree !== null ? { ...empty, ...tree } : empty;
}

/** The proxy for each way out: what is configured for it, for the agent as a whole, or by the environment's variables. */
function withProxy<Config extends RelayConfig | AgentConfig>(config: Config, environment: Environment): Config {
  const { agent } = config;
  if (agent === undefined) return config;
  const orgs = agent.orgs.map((org) => {
    if (org.salesforce === undefined) return org;
    const { loginUrl, pubSub, proxyUrl } = org.salesforce;
    const found = proxyUrl ?? agent.proxyUrl ?? proxyFromEnvironment(environment, [loginUrl, pubSub]);
    return found === undefined ? org : { ...org, salesforce: { ...org.salesforce, proxyUrl: found } };
  });
  const proxyUrl = agent.proxyUrl ?? proxyFromEnvironment(environment, agent.relays);
  return { ...config, agent: { ...agent, orgs, ...(proxyUrl === undefined ? {} : { proxyUrl }) } };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
