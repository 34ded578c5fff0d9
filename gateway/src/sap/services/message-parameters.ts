/** Which parameters of a function carry SAP's messages. */
import type { SapInterface, SapParameter } from './sap-interface.ts';

/**
 * SAP's own structures of messages, and what only they have together, whatever a table type or a copy of them is called; others
 * look alike (rows of results with a TYPE) and are not judged by themselves.
 */
const flavours: ReadonlySet<string> = new Set(['BAPIRETURN', 'BAPIRETURN1', 'BAPIRET1', 'BAPIRET2']);
const ownFields = ['LOG_NO', 'LOG_MSG_NO', 'MESSAGE_V1', 'MESSAGE_V2', 'MESSAGE_V3', 'MESSAGE_V4'];
const usualNames: ReadonlySet<string> = new Set(['RETURN', 'ET_RETURN']);

/** Every parameter of one of the flavours, and those of the usual names that have the fields. */
export function findMessages({ parameters }: SapInterface): readonly string[] {
  return [...parameters.values()].filter(isMessages).map(({ name }) => name);
}

function isMessages(parameter: SapParameter): boolean {
  const { name, shape } = parameter;
  if (shape.kind !== 'structure' && shape.kind !== 'table') return false;
  if (messagesProblem(parameter) !== undefined) return false;
  const { type } = shape;
  return flavours.has(type.name) || usualNames.has(name) || ownFields.every((field) => type.fields.has(field));
}

/** Why a parameter cannot carry messages; undefined when it can. */
export function messagesProblem(parameter: SapParameter | undefined): string | undefined {
  if (parameter === undefined) return 'is no parameter of the function; look at it in SE37';
  if (parameter.kind === 'importing') return 'is an importing parameter, so SAP says nothing in it';
  const { shape } = parameter;
  const has = (field: string): boolean => 'type' in shape && shape.type.fields.has(field);
  const hasNumber = has('NUMBER') || has('CODE');
  return has('TYPE') && has('MESSAGE') && hasNumber ? undefined : 'has no fields TYPE, NUMBER (or CODE) and MESSAGE';
}

/** A parameter that by its name carries messages, but has a type that cannot be read; undefined where there is none. */
export function unreadableMessages({ parameters }: SapInterface): string | undefined {
  const isUnseen = ({ name, kind, shape }: SapParameter): boolean =>
    kind !== 'importing' && shape.kind === 'unsupported' && /RETURN/.test(name);
  return [...parameters.values()].find(isUnseen)?.name;
}
