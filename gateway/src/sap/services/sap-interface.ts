/** A function module's interface as this SAP system has it, with every structure resolved. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { AbapStructure, SapConnection, Urgency } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { structureOf, table, text } from '../answers.ts';
import { rowTypeOf } from '../dictionary.ts';
import { dictionaryField, fieldOf, reasonFor } from './sap-field.ts';
import type { SapField } from './sap-field.ts';
import { fieldInfo, functionInterface } from '../functions/system.ts';

export type SapShape =
  | { readonly kind: 'field'; readonly field: SapField }
  | { readonly kind: 'structure' | 'table'; readonly type: SapStructure }
  | { readonly kind: 'unsupported'; readonly reason: string };

export interface SapStructure {
  readonly name: string;
  readonly fields: ReadonlyMap<string, SapField>;
  /** Fields that cannot be passed, each with its reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

export interface SapParameter {
  readonly name: string;
  readonly kind: 'importing' | 'exporting' | 'changing' | 'tables';
  readonly isOptional: boolean;
  readonly text: string;
  readonly shape: SapShape;
}

export interface SapInterface {
  readonly functionName: string;
  /** Undefined where this release does not say it. */
  readonly isRemote: boolean | undefined;
  readonly parameters: ReadonlyMap<string, SapParameter>;
}

export interface Asking {
  readonly connection: SapConnection;
  readonly deadline: Deadline;
  readonly urgency?: Urgency | undefined;
}

const kinds: Readonly<Record<string, SapParameter['kind']>> = {
  I: 'importing',
  E: 'exporting',
  C: 'changing',
  T: 'tables',
};

/** Asks SAP; SAP_FUNCTION_MISSING where there is no such function. */
export async function readSapInterface(asking: Asking, functionName: string): Promise<SapInterface> {
  const parameters = { FUNCNAME: functionName, NONE_UNICODE_LENGTH: 'X' };
  const answer = await ask(asking, functionInterface.name, parameters, ['PARAMS']);
  const dictionary = new Dictionary(asking);
  const found = new Map<string, SapParameter>();
  for (const row of table(answer, 'PARAMS')) {
    const kind = kinds[text(row, 'PARAMCLASS')];
    if (kind === undefined) continue;
    const name = text(row, 'PARAMETER');
    const shape = await shapeOf(row, kind, dictionary);
    const described = shape.kind === 'field' ? shape.field.text : '';
    const isOptional = text(row, 'OPTIONAL') === 'X';
    found.set(name, { name, kind, isOptional, text: text(row, 'PARAMTEXT') || described, shape });
  }
  const remote = answer['REMOTE_CALL'];
  return { functionName, isRemote: remote === undefined ? undefined : remote === 'R', parameters: found };
}

async function shapeOf(row: AbapStructure, kind: SapParameter['kind'], dictionary: Dictionary): Promise<SapShape> {
  const typeName = text(row, 'TABNAME');
  const letter = text(row, 'EXID');
  const isTable = kind === 'tables' || letter === 'h';
  // `v` is deep: it has strings, which are passed, or tables and structures inside, which are left out one by one.
  if (isTable || letter === 'u' || letter === 'v' || letter === '')
    return structureShape(typeName, isTable ? 'table' : 'structure', dictionary);
  const fromDictionary = await dictionary.field(typeName, text(row, 'FIELDNAME'));
  const name = text(row, 'PARAMETER');
  if (fromDictionary !== undefined) return { kind: 'field', field: { ...fromDictionary, name } };
  const bytes = Number(text(row, 'INTLENGTH'));
  const field = fieldOf(name, letter, {
    length: bytes,
    digits: bytes * 2 - 1,
    decimals: Number(text(row, 'DECIMALS')),
  });
  if (field === undefined) return { kind: 'unsupported', reason: reasonFor(letter) };
  return { kind: 'field', field };
}

async function structureShape(
  typeName: string,
  kind: 'structure' | 'table',
  dictionary: Dictionary,
): Promise<SapShape> {
  const type = typeName === '' ? undefined : await dictionary.structure(typeName);
  if (type === undefined)
    return { kind: 'unsupported', reason: `${typeName || 'its type'}, which is not in the dictionary` };
  if (type.fields.size === 0)
    return {
      kind: 'unsupported',
      reason: `${typeName}, ${type.leftOut.has('') ? 'whose rows are no structures' : 'which has no flat fields'}`,
    };
  return { kind, type };
}

/** What DDIF_FIELDINFO_GET says of the types of one function; each is asked for once. */
class Dictionary {
  readonly #asking: Asking;
  readonly #known = new Map<string, readonly AbapStructure[]>();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  async structure(name: string): Promise<SapStructure | undefined> {
    const described = await this.#rows(name);
    const rowType = rowTypeOf(name, described);
    const rows = rowType === undefined ? described : await this.#rows(rowType);
    if (rows.length === 0) return undefined;
    const fields = new Map<string, SapField>();
    const leftOut = new Map<string, string>();
    for (const row of rows) {
      const field = dictionaryField(row);
      const fieldName = text(row, 'FIELDNAME');
      if (field === undefined || fieldName === '') leftOut.set(fieldName, reasonFor(text(row, 'INTTYPE')));
      else fields.set(fieldName, field);
    }
    return { name: rowType ?? name, fields, leftOut };
  }

  /** A component of a structure, or a data element; undefined where the dictionary has no such type. */
  async field(typeName: string, component: string): Promise<SapField | undefined> {
    if (typeName === '') return undefined;
    const rows = await this.#rows(typeName);
    const isElement = component === '' && rows.length === 1;
    const row = isElement ? rows[0] : rows.find((candidate) => text(candidate, 'FIELDNAME') === component);
    return row === undefined ? undefined : dictionaryField(row);
  }

  async #rows(name: string): Promise<readonly AbapStructure[]> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const rows = await this.#ask(name);
    this.#known.set(name, rows);
    return rows;
  }

  async #ask(name: string): Promise<readonly AbapStructure[]> {
    try {
      const answer = await ask(this.#asking, fieldInfo.name, { TABNAME: name, ALL_TYPES: 'X' }, ['DFIES_TAB']);
      const rows = table(answer, 'DFIES_TAB');
      const single = structureOf(answer, 'DFIES_WA');
      return rows.length === 0 && text(single, 'INTTYPE') !== '' ? [single] : rows;
    } catch (thrown) {
      // NOT_FOUND: built-in types and types of other kinds are no structures.
      if (toGatewayError(thrown).code !== 'SAP_REFUSED') throw thrown;
      return [];
    }
  }
}

function ask(
  { connection, deadline, urgency }: Asking,
  functionName: string,
  parameters: AbapStructure,
  tables: readonly string[],
): ReturnType<SapConnection['call']> {
  const options = { deadline, effect: 'read', tables, ...(urgency === undefined ? {} : { urgency }) } as const;
  return connection.call(functionName, parameters, options).catch((thrown: unknown) => {
    const error = toGatewayError(thrown);
    if (functionName !== functionInterface.name || !saysMissing(error)) throw error;
    throw new GatewayError('SAP_FUNCTION_MISSING', { functionName: text(parameters, 'FUNCNAME') }, error);
  });
}

/** Its exceptions say that there is no such function, whatever their names in this release. */
function saysMissing({ code, context }: GatewayError): boolean {
  return code === 'SAP_REFUSED' || (code === 'SAP_FUNCTION_MISSING' && context['key'] === 'FU_NOT_FOUND');
}
