/** What the code expects of a function beside what SAP has: one sentence for each difference that matters. */
import { scalarType } from '../functions/signature.ts';
import type { FieldType, FunctionDefinition, StructureDefinition } from '../functions/signature.ts';
import { expectedInWords, fits, inWords } from './found-type.ts';
import type { FoundType } from './found-type.ts';
import type { Direction, FoundFields, FoundInterface, FoundParameter } from './function-interface.ts';

/** Gives the fields of a structure in SAP; undefined where the dictionary does not have it as one. */
export type FieldsOf = (structure: string) => Promise<FoundFields | undefined>;

interface ExpectedParameter {
  readonly name: string;
  readonly direction: 'importing' | 'exporting' | 'tables';
  readonly type: FieldType | StructureDefinition;
}

/** Empty when everything that is used is there. More fields, longer ones and new optional parameters are no difference. */
export async function compareInterface(
  definition: FunctionDefinition,
  found: FoundInterface,
  fieldsOf: FieldsOf,
): Promise<string[]> {
  const expected = expectedParameters(definition);
  const differences = found.isRemote === false ? ['SAP has the function, but not as remote-enabled (SE37).'] : [];
  for (const parameter of expected) {
    const actual = found.parameters.get(parameter.name);
    if (actual !== undefined) differences.push(...(await compareParameter(parameter, actual, fieldsOf)));
    else if (definition.optional?.includes(parameter.name) !== true)
      differences.push(
        `${parameter.name}: expected as ${directionWords[parameter.direction]}, SAP has no such parameter.`,
      );
  }
  return [...differences, ...newMandatory(expected, found)];
}

function expectedParameters({ importing, exporting, tables }: FunctionDefinition): ExpectedParameter[] {
  const of = (direction: ExpectedParameter['direction'], part: FunctionDefinition['importing']): ExpectedParameter[] =>
    Object.entries(part ?? {}).map(([name, type]) => ({ name, direction, type }));
  return [...of('importing', importing), ...of('exporting', exporting), ...of('tables', tables)];
}

const directionWords: Readonly<Record<Direction, string>> = {
  importing: 'an importing parameter',
  exporting: 'an exporting parameter',
  changing: 'a changing parameter',
  tables: 'a table',
};

/** What we never fill and SAP does not do without makes every call fail. */
function newMandatory(expected: readonly ExpectedParameter[], found: FoundInterface): string[] {
  const filled = new Set(expected.filter(({ direction }) => direction !== 'exporting').map(({ name }) => name));
  return [...found.parameters.values()]
    .filter(({ name, direction, isOptional }) => direction !== 'exporting' && !isOptional && !filled.has(name))
    .map(
      ({ name, direction }) =>
        `${name}: SAP has it as ${directionWords[direction]} that every call must fill, and nothing fills it.`,
    );
}

async function compareParameter(
  { name, direction, type }: ExpectedParameter,
  actual: FoundParameter,
  fieldsOf: FieldsOf,
): Promise<string[]> {
  const isChanging = actual.direction === 'changing' && direction !== 'tables';
  if (actual.direction !== direction && !isChanging)
    return [`${name}: expected as ${directionWords[direction]}, SAP has it as ${directionWords[actual.direction]}.`];
  if (typeof type === 'string') return compareScalar(name, type, actual.type);
  if (actual.type !== undefined) return [`${name}: expected a structure, SAP has ${inWords(actual.type)}.`];
  const fields = await fieldsOf(actual.structure);
  if (fields === undefined) return [];
  return Object.entries(type.fields).flatMap(([field, fieldType]) => {
    if (fields.has(field)) return compareScalar(`${name}.${field}`, fieldType, fields.get(field));
    if (type.optional?.includes(field) === true) return [];
    return [`${name}.${field}: expected ${expectedInWords(scalarType(fieldType))}, SAP has no such field.`];
  });
}

function compareScalar(path: string, type: FieldType, found: FoundType | undefined): string[] {
  const expected = scalarType(type);
  if (found !== undefined && fits(expected, found)) return [];
  const has = found === undefined ? 'a structure or table' : inWords(found);
  return [`${path}: expected ${expectedInWords(expected)}, SAP has ${has}.`];
}
