/**
 * Gathers settings from file, environment and flags into one tree; a later source wins (flag, environment, file,
 * default). All three say text: what is a number is decided by the schema, so `client: 001` keeps its zeros.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { describeConfig, settingsTree } from './describe-config.ts';
import type { Node, SettingDescription } from './describe-config.ts';
import { nearestName } from './nearest-name.ts';
import { invalid, unknownSetting } from './problems.ts';
import type { ConfigProblem } from './problems.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Gathered {
  /** Values by the schema's types where they could be read as such; still to be checked. */
  readonly tree: unknown;
  /** Where each value came from, by setting; defaults are not in it. */
  readonly sources: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
}

export interface Sources {
  readonly file: string | undefined;
  readonly environment: Environment;
  /** `setting=value`, from --set. */
  readonly flags: readonly string[];
  /** Paths of files are relative to it. */
  readonly folder: string;
}

interface Assignment {
  readonly setting: string;
  readonly value: string;
  readonly source: string;
}

/** A configuration is a few KB; more is the wrong file. */
const maxFileBytes = 1_048_576;

/** Everything the sources say. */
export function gather(sources: Sources): Gathered {
  const problems: ConfigProblem[] = [];
  const fromFile = sources.file === undefined ? {} : readFile(sources.file, problems);
  // Without its file nearly every setting would be "required"; that would only hide the one real problem.
  if (problems.length > 0) throw invalid(problems);
  const origins = new Map<string, string>();
  const tree = toTyped(settingsTree, fromFile, sources.folder) ?? {};
  noteOrigins(tree, '', sources.file ?? '', origins);
  const assignments = [...fromEnvironment(sources.environment, problems), ...fromFlags(sources.flags, problems)];
  const assigned = assignments.reduce<unknown>((left, { setting, value, source }) => {
    if (value === '') return left;
    origins.set(setting, source);
    return assign(left, settingsTree, setting.split('.'), value, sources.folder);
  }, tree);
  return { tree: assigned, sources: origins, problems };
}

function readFile(file: string, problems: ConfigProblem[]): unknown {
  const wrong = (problem: string): undefined => {
    problems.push({ setting: file, problem, where: '--config' });
    return undefined;
  };
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length > maxFileBytes) return wrong('is larger than any configuration');
    // `failsafe`: everything is text, so that YAML's own ideas of numbers and booleans do not matter.
    const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true });
    document.errors.forEach(({ message }) => wrong(`is not YAML: ${message.split('\n')[0] ?? ''}`));
    // `toJS` follows anchors; the limit keeps a small file from becoming a large tree.
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable';
    return wrong(`cannot be read (${code})`);
  }
}

function fromEnvironment(environment: Environment, problems: ConfigProblem[]): readonly Assignment[] {
  const settings = describeConfig().filter(({ environment: name }) => name !== undefined);
  const byName = new Map(settings.map((setting) => [setting.environment ?? '', setting]));
  // Other GANGWAY_ variables may belong to other tools; these beginnings are ours.
  const ours = /^GANGWAY_(RELAY|AGENT|SAP|LOG)_/;
  return Object.entries(environment).flatMap(([name, value]) => {
    const setting = byName.get(name);
    if (setting !== undefined) return [{ setting: setting.path, value: (value ?? '').trim(), source: name }];
    if (ours.test(name)) problems.push(unknownSetting(name, nearestName(name, [...byName.keys()]), 'the environment'));
    return [];
  });
}

function fromFlags(flags: readonly string[], problems: ConfigProblem[]): readonly Assignment[] {
  const known = describeConfig()
    .filter(canBeAssigned)
    .map(({ path }) => path);
  return flags.flatMap((flag) => {
    const [setting = '', ...value] = flag.split('=');
    if (known.includes(setting)) return [{ setting, value: value.join('='), source: `--set ${setting}` }];
    problems.push(unknownSetting(setting, nearestName(setting, known), '--set setting=value'));
    return [];
  });
}

const canBeAssigned = (setting: SettingDescription): boolean => setting.environment !== undefined;

/** The value with the schema's types: numbers from digits, yes or no from true or false, lists from commas, paths from the file's folder; empty is absent. */
function toTyped(node: Node | undefined, value: unknown, folder: string): unknown {
  if (value === null || value === '') return undefined;
  if (node?.type === 'array') return toList(node, value, folder);
  if (typeof value === 'object') return toSection(node, value, folder);
  if (typeof value !== 'string') return value;
  if (node?.type === 'integer') return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (node?.type === 'boolean') return /^(true|false)$/.test(value) ? value === 'true' : value;
  return isFile(node) ? resolve(folder, value) : value;
}

const isFile = (node: Node | undefined): boolean => /file$/.test(node?.kind ?? '');

function toList(node: Node, value: unknown, folder: string): unknown {
  const entries = typeof value === 'string' ? value.split(',').map((entry) => entry.trim()) : value;
  if (!Array.isArray(entries)) return value;
  const typed = entries.map((entry) => toTyped(node.items, entry, folder)).filter((entry) => entry !== undefined);
  return typed.length === 0 ? undefined : typed;
}

function toSection(node: Node | undefined, value: object, folder: string): unknown {
  if (Array.isArray(value)) return value;
  const typed = Object.entries(value).map(([key, part]) => [key, toTyped(node?.properties?.[key], part, folder)]);
  return Object.fromEntries(typed.filter(([, part]) => part !== undefined));
}

/** The tree with one value set; the tree itself stays as it is. */
function assign(
  tree: unknown,
  node: Node | undefined,
  path: readonly string[],
  value: string,
  folder: string,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return toTyped(node, value, folder);
  const section = typeof tree === 'object' && tree !== null ? tree : {};
  return { ...section, [key]: assign(Reflect.get(section, key), node?.properties?.[key], rest, value, folder) };
}

function noteOrigins(value: unknown, path: string, source: string, origins: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    origins.set(path, source);
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    const name = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    noteOrigins(part, name, source, origins);
  }
}
