/** What another, reading service says of a write whose outcome is unknown. */
import type { ServiceLookup, ServiceValues } from '../../ports/index.ts';
import { isSpecial, literal } from './specials.ts';
import type { SpecialValues } from './specials.ts';
import type { FormatProblem } from './format-problems.ts';
import { isGroup } from './service-file.ts';
import type { Condition, Input, LookUp, ServiceFile } from './service-file.ts';

/** The inputs of the reading service; what has no value is left out. */
export function lookUpInputs(
  lookUp: LookUp,
  reader: ServiceFile,
  from: { readonly inputs: ServiceValues; readonly specials: SpecialValues },
): ServiceValues {
  const entries = Object.entries(lookUp.inputs).map(([name, value]): [string, unknown] => {
    const target = reader.inputs.find((input) => input.name === name);
    return [name, inForm(target, valueOf(value, from))];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function valueOf(value: string, from: { readonly inputs: ServiceValues; readonly specials: SpecialValues }): unknown {
  if (!isSpecial(value)) return literal(value);
  const input = /^\$inputs\.(.+)$/.exec(value)?.[1];
  return input === undefined ? from.specials[value] : from.inputs[input];
}

/** A file's text, or SAP's form of a special, as the reading service wants it. */
function inForm(target: Input | undefined, value: unknown): unknown {
  if (typeof value !== 'string' || target === undefined) return value;
  if (target.type === 'integer' && /^\d{1,18}$/.test(value)) return Number(value);
  if (target.type === 'boolean') return value === 'true';
  if (target.type === 'date') return value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return value;
}

/**
 * `done` and `none` are what the file says they look like. Anything else proves nothing: the write may still be on its
 * way, so it is looked up again, and in the end a person decides.
 */
export function judgeLookUp(lookUp: LookUp, found: ServiceValues, contentHash: string): ServiceLookup {
  if (holds(lookUp.done, found)) {
    if (isOther(lookUp, found, contentHash)) return { state: 'other' };
    const outputs = Object.entries(lookUp.outputs).map(([own, other]): [string, unknown] => [own, found[other]]);
    return { state: 'done', outputs: Object.fromEntries(outputs.filter(([, value]) => value !== undefined)) };
  }
  if (lookUp.none !== undefined && holds(lookUp.none, found)) return { state: 'none' };
  return { state: 'running' };
}

/** Whether SAP has the key with other inputs; where it says nothing about them, the key alone counts. */
function isOther({ content }: LookUp, found: ServiceValues, contentHash: string): boolean {
  const written = content === undefined ? '' : textOf(found[content]);
  return written !== '' && written !== contentHash;
}

function holds({ output, equals }: Condition, found: ServiceValues): boolean {
  const value = found[output];
  if (equals !== undefined) return textOf(value) === equals;
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== '' && value !== false;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** What is wrong between a write and the service it names for its look-up. */
export function lookUpProblems(lookUp: LookUp, reader: ServiceFile | undefined): readonly FormatProblem[] {
  const at = (part: string, message: string): FormatProblem => ({ path: ['lookUp', ...part.split('.')], message });
  if (reader === undefined) return [at('service', `no service ${lookUp.service} is published; publish it first`)];
  if (reader.effect !== 'read') return [at('service', `${lookUp.service} writes; a look-up only reads`)];
  const problems: FormatProblem[] = [];
  for (const name of Object.keys(lookUp.inputs)) {
    const input = reader.inputs.find((one) => one.name === name);
    if (input === undefined || isGroup(input))
      problems.push(at(`inputs.${name}`, `${reader.name} has no such single input`));
  }
  for (const { name, required } of reader.inputs) {
    if (required && lookUp.inputs[name] === undefined)
      problems.push(at('inputs', `${name} is missing, which ${reader.name} requires`));
  }
  const outputs = new Set(reader.outputs.map(({ name }) => name));
  const named: [string, string | undefined][] = [
    ['done.output', lookUp.done.output],
    ['none.output', lookUp.none?.output],
    ['content', lookUp.content],
    ...Object.entries(lookUp.outputs).map(([own, other]): [string, string] => [`outputs.${own}`, other]),
  ];
  for (const [part, name] of named) {
    if (name !== undefined && !outputs.has(name)) problems.push(at(part, `${reader.name} has no output ${name}`));
  }
  return problems;
}
