/** RFC_GET_FUNCTION_INTERFACE and DDIF_FIELDINFO_GET: the repository about itself. */
import type { Field } from '../metadata/field.ts';
import type { Parameter, Structure } from '../metadata/repository.ts';
import { fieldText } from '../metadata/field-texts.ts';
import { toSapLanguage } from '../system/language.ts';
import type { OutputRow } from '../wire/encode.ts';
import { abapException } from '../wire/soap-fault.ts';
import type { FunctionCall } from './function-call.ts';

const parameterClasses = { importing: 'I', exporting: 'E', changing: 'C', tables: 'T' } as const;

/** Bytes of a whole row, each field where it starts. */
function offsetsOf(structure: Structure): { readonly offsets: readonly number[]; readonly total: number } {
  let total = 0;
  const offsets = structure.fields.map((field) => {
    const at = total;
    total += field.internalLength;
    return at;
  });
  return { offsets, total };
}

/** A structure with strings in it is deep; a parameter of a table type is neither. */
function typeLetter({ field, structure, isTable, kind }: Parameter): string {
  if (field !== undefined) return field.abapType;
  if (isTable && kind !== 'tables') return 'h';
  return structure?.fields.some((it) => 'gy'.includes(it.abapType)) === true ? 'v' : 'u';
}

/** By what it is like, else by its own name without the direction it begins with (`IS_`, `ET_`, `PI_`). */
function parameterText({ componentName, name }: Parameter, language: string): string {
  return fieldText(componentName || name.replace(/^(?:[IECT][STVX]?|PI|PO)_(?=.)/, ''), language);
}

interface Listener {
  readonly language: string;
  /** The partner has one byte for each character. */
  readonly isNarrow: boolean;
}

/** Bytes of a single value; characters have two of them unless the partner asks for one. */
function bytesOf({ abapType, internalLength }: Field, isNarrow: boolean): number {
  return isNarrow && 'CNDT'.includes(abapType) ? internalLength / 2 : internalLength;
}

function rowBytes(structure: Structure, isNarrow: boolean): number {
  return structure.fields.reduce((total, field) => total + bytesOf(field, isNarrow), 0);
}

function describeParameter(parameter: Parameter, index: number, { language, isNarrow }: Listener): OutputRow {
  const { field, structure } = parameter;
  const row = structure === undefined ? 0 : rowBytes(structure, isNarrow);
  return {
    PARAMCLASS: parameterClasses[parameter.kind],
    PARAMETER: parameter.name,
    TABNAME: parameter.typeName,
    FIELDNAME: parameter.componentName,
    EXID: typeLetter(parameter),
    POSITION: index + 1,
    INTLENGTH: field === undefined ? row : bytesOf(field, isNarrow),
    DECIMALS: field?.decimals ?? 0,
    DEFAULT: parameter.defaultValue === '' ? '' : `'${parameter.defaultValue}'`,
    OPTIONAL: parameter.isOptional ? 'X' : '',
    PARAMTEXT: parameter.text || parameterText(parameter, language),
  };
}

/** RFC_GET_FUNCTION_INTERFACE. */
export function describeFunction(call: FunctionCall): void {
  const iface = call.system.repository.function(call.value('FUNCNAME'));
  if (iface === undefined)
    throw abapException('FU_NOT_FOUND', `Function module ${call.value('FUNCNAME')} does not exist`);
  const listener = {
    language: toSapLanguage(call.value('LANGUAGE')) ?? call.language,
    isNarrow: call.value('NONE_UNICODE_LENGTH') === 'X',
  };
  iface.parameters.forEach((parameter, index) => call.append('PARAMS', describeParameter(parameter, index, listener)));
  call.set('REMOTE_CALL', iface.isRemote ? 'R' : '');
  iface.exceptions.forEach((name, index) => {
    call.append('PARAMS', { PARAMCLASS: 'X', PARAMETER: name, POSITION: iface.parameters.length + index + 1 });
  });
}

function outputLength(field: Field): number {
  if (field.abapType === 'D') return 10;
  if (field.abapType === 'T') return 8;
  if (field.abapType === 'F') return 22;
  return field.abapType === 'P' ? field.length + 2 : field.length;
}

function conversionExit(field: Field): string {
  if (!field.isAlpha) return '';
  return field.name === 'MATNR' ? 'MATN1' : 'ALPHA';
}

function describeField(structure: Structure, index: number, offset: number, language: string): OutputRow {
  const field = structure.fields[index];
  if (field === undefined) throw new Error(`${structure.name} has no field number ${index}`);
  const text = fieldText(field.name, language);
  return {
    TABNAME: structure.name,
    FIELDNAME: field.name,
    LANGU: language,
    POSITION: String(index + 1),
    OFFSET: String(offset),
    ROLLNAME: field.dataElement === '' ? field.name : field.dataElement,
    DOMNAME: field.dataElement === '' ? field.name : field.dataElement,
    LENG: String(field.length),
    INTLEN: String(field.internalLength),
    OUTPUTLEN: String(outputLength(field)),
    DECIMALS: String(field.decimals),
    DATATYPE: field.ddicType,
    INTTYPE: field.abapType,
    CONVEXIT: conversionExit(field),
    KEYFLAG: field.isKey ? 'X' : '',
    FIELDTEXT: text.slice(0, 60),
    REPTEXT: text.slice(0, 55),
    SCRTEXT_S: text.slice(0, 10).trimEnd(),
    SCRTEXT_M: text.slice(0, 20).trimEnd(),
    SCRTEXT_L: text.slice(0, 40).trimEnd(),
  };
}

/** DDIF_FIELDINFO_GET. */
export function describeStructure(call: FunctionCall): void {
  const structure = call.system.repository.structure(call.value('TABNAME'));
  if (structure === undefined) throw abapException('NOT_FOUND', `${call.value('TABNAME')} is not in the dictionary`);
  const wanted = call.value('FIELDNAME');
  const language = toSapLanguage(call.value('LANGU')) ?? call.language;
  const { offsets, total } = offsetsOf(structure);
  const rows = structure.fields.map((_field, index) => describeField(structure, index, offsets[index] ?? 0, language));
  const chosen = rows.filter((it) => wanted === '' || it.FIELDNAME === wanted);
  if (chosen.length === 0) throw abapException('NOT_FOUND', `${structure.name} has no field ${wanted}`);
  for (const row of chosen) call.append('DFIES_TAB', row);
  if (wanted !== '') call.setStructure('DFIES_WA', chosen[0] ?? {});
  call.set('DDOBJTYPE', structure.isTable ? 'TRANSP' : 'INTTAB');
  call.setStructure('X030L_WA', { TABNAME: structure.name, TABLEN: total });
}
