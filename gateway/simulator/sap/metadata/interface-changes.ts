/** Release differences on demand: another SAP release has other fields and parameters than the simulator's own. */
import { z } from 'zod';
import { NotationError, parameterKinds, parameterName } from './notation.ts';
import type { FunctionNotation, ParameterKind } from './notation.ts';

/** `null` takes a field or parameter away; a type replaces the one it has, or adds it at the end. */
const members = z.record(z.string(), z.string().nullable());

/**
 * What differs. A parameter's type may be followed by `optional` or `mandatory`; without either it keeps what it is, and a new one is
 * mandatory.
 */
export const interfaceChanges = z.strictObject({
  structures: z.record(z.string(), members).optional(),
  functions: z
    .record(
      z.string(),
      z
        .strictObject({
          remote: z.boolean().optional(),
          importing: members.optional(),
          exporting: members.optional(),
          changing: members.optional(),
          tables: members.optional(),
        })
        .nullable(),
    )
    .optional(),
});
export type InterfaceChanges = z.infer<typeof interfaceChanges>;

type Members = z.infer<typeof members>;

interface ChangedLines {
  readonly lines: readonly string[];
  readonly missing: readonly string[];
}

function rewrite(
  lines: readonly string[],
  changes: Members,
  nameOf: (line: string) => string,
  write: (name: string, type: string, before: string | undefined) => string,
): ChangedLines {
  const open = new Map(Object.entries(changes));
  const missing = [...open].filter(([, type]) => type === null).map(([name]) => name);
  const kept = lines.flatMap((line) => {
    const name = nameOf(line);
    const type = open.get(name);
    open.delete(name);
    if (type === undefined) return [line];
    return type === null ? [] : [write(name, type, line)];
  });
  const absent = missing.find((name) => open.has(name));
  if (absent !== undefined) throw new NotationError(`${absent} cannot be taken away: it is not there`);
  const added = [...open].map(([name, type]) => write(name, type ?? '', undefined));
  return { lines: [...kept, ...added], missing };
}

/** Name of the field of a line, without the mark of a key. */
export const fieldName = (line: string): string => (line.split(' ')[0] ?? '').replace('*', '');

/** The fields of a structure as this release has them. */
export function changeStructure(lines: readonly string[], changes: Members): ChangedLines {
  return rewrite(lines, changes, fieldName, (name, type, before) => {
    const dataElement = before?.split(' ')[2];
    const key = before?.startsWith('*') === true ? '*' : '';
    return `${key}${name} ${type}${dataElement === undefined || type.includes(' ') ? '' : ` ${dataElement}`}`;
  });
}

function writeParameter(name: string, type: string, before: string | undefined): string {
  const [bare = '', presence = ''] = type.split(' ');
  const was = before?.split(' ')[0]?.endsWith('?') ?? false;
  const isOptional = presence === '' ? was : presence === 'optional';
  return `${name}${isOptional ? '?' : ''} ${bare}`;
}

type FunctionChange = NonNullable<NonNullable<InterfaceChanges['functions']>[string]>;

/** The interface of a function as this release has it. */
export function changeFunction(notation: FunctionNotation, changes: FunctionChange): FunctionNotation {
  const changed: Partial<Record<ParameterKind, string[]>> = {};
  for (const kind of parameterKinds) {
    const wanted = changes[kind];
    if (wanted !== undefined)
      changed[kind] = [...rewrite(notation[kind] ?? [], wanted, parameterName, writeParameter).lines];
  }
  return { ...notation, ...changed, ...(changes.remote === undefined ? {} : { remote: changes.remote }) };
}
