/** What is wrong with a configuration, said so that it can be corrected: which setting, what, and where to set it. */
import type { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import { describeConfig, settingsTree } from './describe-config.ts';
import type { Node } from './describe-config.ts';
import { nearestName } from './nearest-name.ts';

export interface ConfigProblem {
  /** `relay.orgs[0].id`. */
  readonly setting: string;
  /** What is wrong. Never the value: it may be a secret in the wrong place. */
  readonly problem: string;
  /** Where it can be set. */
  readonly where: string;
}

type Path = readonly PropertyKey[];

/** The problems zod found, in our words. */
export function toProblems(error: z.ZodError, tree: unknown): readonly ConfigProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
    const isAbsent = valueAt(tree, issue.path) === undefined;
    return [problemAt(pathText(issue.path), isAbsent ? 'is required' : lowerFirst(issue.message))];
  });
}

/** A problem with one setting. */
export function problemAt(setting: string, problem: string): ConfigProblem {
  return { setting, problem, where: whereToSet(setting) };
}

function unknownKey(section: Path, key: string): ConfigProblem {
  const known = Object.keys(nodeAt(section)?.properties ?? {});
  return unknownSetting(pathText([...section, key]), nearestName(key, known), 'the configuration file');
}

/** A name that is no setting; `nearest` is what may have been meant. */
export function unknownSetting(setting: string, nearest: string | undefined, where: string): ConfigProblem {
  const question = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return { setting, problem: `is not a setting${question}`, where };
}

function whereToSet(setting: string): string {
  const variable = describeConfig().find(({ path }) => path === setting)?.environment;
  if (variable === undefined) return 'the configuration file';
  return `the configuration file, ${variable} or --set ${setting}=...`;
}

/** `['relay', 'orgs', 0, 'id']` as `relay.orgs[0].id`. */
export function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function nodeAt(path: Path): Node | undefined {
  return path.reduce<Node | undefined>(
    (found, part) => (typeof part === 'number' ? found?.items : found?.properties?.[String(part)]),
    settingsTree,
  );
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, part) => (typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined),
    tree,
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** All of them as one failure. */
export function invalid(problems: readonly ConfigProblem[]): GatewayError {
  const issues = problems.map(({ setting, problem, where }) => ({ path: setting, message: `${problem} (${where})` }));
  const text = problems.map(({ setting, problem }) => `${setting} ${problem}`).join('; ');
  return new GatewayError('CONFIG_INVALID', { problems: text }, undefined, { issues });
}
