/** The inputs of a call: every one known, of its type, required ones there, defaults put in; all issues at once. */
import { GatewayError } from '../../errors/index.ts';
import type { InputIssue } from '../../errors/index.ts';
import type { ServiceValues } from '../../ports/index.ts';
import { externalValue, issuePath } from './external-value.ts';
import { defaultValue } from './format-problems.ts';
import { isGroup } from './service-file.ts';
import type { Input, InputGroup, InputValue, ServiceFile } from './service-file.ts';

/** A list of ten thousand wrong rows needs no ten thousand sentences. */
const maxIssues = 100;

type Path = readonly (string | number)[];

/** Throws REQUEST_INVALID. What it returns passes again unchanged. */
export function checkInputs(file: ServiceFile, given: unknown): ServiceValues {
  const issues: InputIssue[] = [];
  const values = checkFields(file.inputs, given ?? {}, [], issues);
  if (issues.length > 0)
    throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues: issues.slice(0, maxIssues) });
  return values;
}

function checkFields(fields: readonly Input[], given: unknown, path: Path, issues: InputIssue[]): ServiceValues {
  if (!isRecord(given)) {
    issues.push({ path: issuePath(path), message: 'must be an object with named values' });
    return {};
  }
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) issues.push({ path: issuePath([...path, name]), message: 'is no input of this service' });
  }
  const entries = fields.map((field): [string, unknown] => {
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    const here = [...path, field.name];
    return [
      field.name,
      isGroup(field) ? checkGroup(field, value, here, issues) : checkValue(field, value, here, issues),
    ];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function checkValue(field: InputValue, given: unknown, path: Path, issues: InputIssue[]): unknown {
  const isAbsent = given === undefined || given === null || given === '';
  const value = isAbsent && field.default !== undefined ? defaultValue(field) : given;
  const result = externalValue(field, value, path);
  issues.push(...result.issues);
  if (field.maxLength === undefined || typeof result.value !== 'string' || result.value.length <= field.maxLength)
    return result.value;
  issues.push({ path: issuePath(path), message: `must have at most ${field.maxLength} characters` });
  return undefined;
}

function checkGroup(group: InputGroup, given: unknown, path: Path, issues: InputIssue[]): unknown {
  const isAbsent = given === undefined || given === null;
  if (isAbsent && group.required) {
    issues.push({ path: issuePath(path), message: 'is required' });
    return undefined;
  }
  if (group.type === 'list') return isAbsent ? undefined : checkRows(group, given, path, issues);
  if (!isAbsent) return checkFields(group.fields, given, path, issues);
  // Defaults hold also where the caller leaves out the whole structure, if nothing in it is required.
  if (group.fields.some(({ required }) => required)) return undefined;
  const defaults = checkFields(group.fields, {}, path, issues);
  return Object.keys(defaults).length === 0 ? undefined : defaults;
}

function checkRows(
  group: Extract<InputGroup, { type: 'list' }>,
  given: unknown,
  path: Path,
  issues: InputIssue[],
): unknown {
  const wrong = (message: string): undefined => {
    issues.push({ path: issuePath(path), message });
    return undefined;
  };
  if (!Array.isArray(given)) return wrong('must be a list');
  if (given.length > group.maxRows) return wrong(`has ${given.length} rows; ${group.maxRows} are allowed`);
  if (given.length === 0 && group.required) return wrong('needs at least one row');
  return given.map((row: unknown, index) => checkFields(group.fields, row, [...path, index], issues));
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
