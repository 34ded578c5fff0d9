/** From the text of a service file to its content, or to every problem that can be seen without SAP. */
import { LineCounter, isMap, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { formatProblems } from './format-problems.ts';
import type { ServiceProblem } from './problems.ts';
import { serviceFile } from './service-file.ts';
import type { ServiceFile } from './service-file.ts';

/** The largest function of SAP drafts to less; the folder is read as a whole. */
export const maxFileBytes = 262_144;

/** What follows the first few is mostly their consequence. */
const shownErrors = 5;

export type ReadServiceFile =
  | { readonly file: ServiceFile; readonly problems: readonly []; readonly lineOf: LineOf }
  | { readonly file?: undefined; readonly problems: readonly ServiceProblem[] };

type Path = readonly PropertyKey[];
/** The line of a part of the file, e.g. of `['inputs', 2, 'to']`; of what holds it where it is not there itself. */
export type LineOf = (path: Path) => number | undefined;

/** Reads and checks the format. */
export function readServiceFile(source: string): ReadServiceFile {
  if (Buffer.byteLength(source) > maxFileBytes)
    return {
      problems: [{ path: '', message: `is larger than ${maxFileBytes} bytes; leave out inputs that nobody fills` }],
    };
  const lines = new LineCounter();
  if (/[\0\ufffd]/.test(source)) return { problems: [{ path: '', message: 'is not UTF-8 text; save it as UTF-8' }] };
  // `failsafe`: everything is text, so that YAML's own ideas of numbers and booleans do not change a value.
  const document = parseDocument(source, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const errors = document.errors.slice(0, shownErrors);
  if (errors.length > 0) return { problems: errors.map((error) => notYaml(error, lines)) };
  const lineOf: LineOf = (path) => findLine(document, lines, path);
  const plain = toPlain(document);
  if (plain === undefined)
    return { problems: [{ path: '', message: 'refers to parts of itself (&, *) too often; write them out' }] };
  if (!isMap(document.contents) && document.contents !== null)
    return {
      problems: [
        { path: '', line: 1, message: 'is no service file, which begins with `gangway: 1`; see `gangway service new`' },
      ],
    };
  const parsed = serviceFile.safeParse(plain);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => fromZod(issue, plain, lineOf)) };
  const problems = formatProblems(parsed.data).map((problem) => located(problem.path, problem.message, lineOf));
  return problems.length > 0 ? { problems } : { file: parsed.data, problems: [], lineOf };
}

/** A problem at a part of the file. */
export function located(path: Path, message: string, lineOf: LineOf): ServiceProblem {
  return { path: pathText(path), line: lineOf(path), message };
}

function notYaml(
  error: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
  lines: LineCounter,
): ServiceProblem {
  const { line } = lines.linePos(error.pos[0]);
  if (error.code === 'MULTIPLE_DOCS')
    return {
      path: '',
      line,
      message: 'begins another document; one file is one service, so put it into a file of its own',
    };
  return { path: '', line, message: `is not YAML: ${error.message.split('\n')[0] ?? ''}` };
}

/** Aliases are resolved only a few times: a file that refers to itself again and again grows without end. Undefined then. */
function toPlain(document: Document): unknown {
  try {
    const plain: unknown = document.toJS({ maxAliasCount: 20 });
    return plain ?? {};
  } catch {
    // The one thing that can be wrong with a document without errors.
    return undefined;
  }
}

function findLine(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function fromZod(issue: z.core.$ZodIssue, plain: unknown, lineOf: LineOf): ServiceProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      located([...issue.path, key], 'is not part of the format; remove it, or correct its name', lineOf),
    );
  const inner = issue.code === 'invalid_union' ? deepest(issue.errors) : undefined;
  if (inner !== undefined) return fromZod({ ...inner, path: [...issue.path, ...inner.path] }, plain, lineOf);
  const isAbsent = valueAt(plain, issue.path) === undefined;
  return [located(issue.path, isAbsent ? `is missing${hint(issue)}` : wordsOf(issue), lineOf)];
}

/** Of one or many, the attempt that got furthest says what is wrong. */
function deepest(errors: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined {
  const issues = errors.flatMap((attempt) => attempt.slice(0, 1));
  return issues.toSorted((a, b) => b.path.length - a.path.length || Number(isMistyped(a)) - Number(isMistyped(b)))[0];
}

const kinds: Readonly<Record<string, string>> = {
  array: 'must be a list',
  object: 'must have keys of its own, `{ key: value }`',
  record: 'must have keys of its own, `{ key: value }`',
  string: 'must be a single value',
};

function wordsOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_type' ? kinds[issue.expected] : undefined) ?? issue.message;
}

const isMistyped = ({ code }: z.core.$ZodIssue): boolean => code === 'invalid_type';

function hint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `; it is one of ${issue.values.map(String).join(', ')}`;
  return '';
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    const found: unknown = Reflect.get(inner, key);
    return found;
  }, value);
}

function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
