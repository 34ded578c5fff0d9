/** SAP's own dictionary (DFIES, RFC_FUNINT) as signatures: for what is not known until a real system is asked. */
import type { AbapStructure, AbapValue } from '../ports/index.ts';
import { rowsOf, text } from './answers.ts';
import { compileStructure, openStructure, scalarType } from './functions/signature.ts';
import type {
  FieldType,
  FunctionDefinition,
  ScalarType,
  StructureDefinition,
  StructureType,
} from './functions/signature.ts';

/**
 * Where the dictionary describes a table type by its row: the name of the row's type; undefined for a structure, or for rows
 * that are no structure.
 */
export function rowTypeOf(typeName: string, rows: readonly AbapStructure[]): string | undefined {
  const [only, another] = rows;
  if (only === undefined || another !== undefined || text(only, 'FIELDNAME') !== '') return undefined;
  const rowType = text(only, 'ROLLNAME');
  return 'uv'.includes(text(only, 'INTTYPE')) && rowType !== '' && rowType !== typeName ? rowType : undefined;
}

/** One field of a structure as the dictionary describes it. */
export interface DictionaryField {
  readonly name: string;
  /** Data element: what the field means, also where its name is a release's own. */
  readonly dataElement: string;
  readonly domain: string;
  /** `CURR`, `DEC`, `CHAR`, `DATS` ... */
  readonly dataType: string;
  readonly type: ScalarType | undefined;
}

/** The rows of DDIF_FIELDINFO_GET. */
export function readDictionary(table: AbapValue | undefined): DictionaryField[] {
  return rowsOf(table).map((row) => ({
    name: text(row, 'FIELDNAME'),
    dataElement: text(row, 'ROLLNAME'),
    domain: text(row, 'DOMNAME'),
    dataType: text(row, 'DATATYPE'),
    type: fieldTypeOf(row),
  }));
}

/** The structure's certain fields, with the dictionary's types where it has them, plus those wanted from it. */
export function compileDictionary(definition: StructureDefinition, table: AbapValue | undefined): StructureType {
  const wanted = definition.fromDictionary;
  const fields = new Map(compileStructure(definition).fields);
  for (const field of readDictionary(table)) {
    const isWanted = wanted === 'all' || wanted.includes(field.name) || fields.has(field.name);
    if (isWanted && field.type !== undefined) fields.set(field.name, field.type);
  }
  return { kind: 'structure', name: definition.name, fields };
}

/** A function's interface from RFC_GET_FUNCTION_INTERFACE. */
export function interfaceOf(name: string, table: AbapValue | undefined): FunctionDefinition {
  const rows = rowsOf(table).filter((row) => text(row, 'PARAMCLASS') !== 'X');
  const ofClass = (...classes: string[]): [string, FieldType | StructureDefinition][] =>
    rows
      .filter((row) => classes.includes(text(row, 'PARAMCLASS')))
      .flatMap((row): [string, FieldType | StructureDefinition][] => {
        const type = parameterType(row);
        return type === undefined ? [] : [[text(row, 'PARAMETER'), type]];
      });
  const rowsOfTables = (isOne: (row: AbapStructure) => boolean): Readonly<Record<string, StructureDefinition>> =>
    Object.fromEntries(
      rows.filter(isOne).map((row) => [text(row, 'PARAMETER'), openStructure(text(row, 'TABNAME'), {}, 'all')]),
    );
  const ofTableType = (...classes: string[]): Readonly<Record<string, StructureDefinition>> =>
    rowsOfTables((row) => classes.includes(text(row, 'PARAMCLASS')) && text(row, 'EXID') === 'h');
  return {
    name,
    importing: Object.fromEntries(ofClass('I', 'C')),
    exporting: Object.fromEntries(ofClass('E', 'C')),
    tables: rowsOfTables((row) => text(row, 'PARAMCLASS') === 'T'),
    tableTypes: { input: ofTableType('I', 'C'), output: ofTableType('E', 'C') },
  };
}

/** Undefined for a table type, and for what no driver converts: naming that in a call is an error. */
function parameterType(row: AbapStructure): FieldType | StructureDefinition | undefined {
  const kind = text(row, 'EXID');
  if (kind === 'u' || kind === 'v' || kind === '') return openStructure(text(row, 'TABNAME'), {}, 'all');
  const length = Number(text(row, 'INTLENGTH'));
  return shortType(kind, length, length * 2 - 1, Number(text(row, 'DECIMALS')));
}

function fieldTypeOf(row: AbapStructure): ScalarType | undefined {
  const length = Number(text(row, 'LENG'));
  const type = shortType(text(row, 'INTTYPE'), length, length, Number(text(row, 'DECIMALS')));
  return type === undefined ? undefined : scalarType(type);
}

/** Undefined for nested structures and tables, which no function we call has. */
function shortType(kind: string, length: number, digits: number, decimals: number): FieldType | undefined {
  switch (kind) {
    case 'C':
      return `C${length}`;
    case 'N':
      return `N${length}`;
    case 'X':
      return `X${length}`;
    case 'P':
      return `P${digits}.${decimals}`;
    case 'D':
    case 'T':
    case 'I':
    case 'F':
      return kind;
    case 'b':
      return 'I1';
    case 's':
      return 'I2';
    case '8':
      return 'I8';
    case 'g':
      return 'S';
    case 'y':
      return 'X0';
    default:
      return undefined;
  }
}
