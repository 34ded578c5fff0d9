/** An SAP repository made for a test: the interface of one function as its definition has it, to be changed at will. */
import type { AbapParameters, AbapStructure } from '../../../src/ports/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { scalarType } from '../../../src/sap/functions/signature.ts';
import type { FieldType, FunctionDefinition } from '../../../src/sap/functions/signature.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import type { ScriptedConnection } from '../fakes/scripted-connection.ts';

export interface Parameter {
  name: string;
  paramClass: 'I' | 'E' | 'C' | 'T';
  isOptional: boolean;
  /** A structure's name in `structures`, or a type. */
  type: { structure: string } | { letter: string; length: number; decimals: number };
}
export interface Field {
  name: string;
  letter: string;
  length: number;
  decimals: number;
}
export interface MadeRepository {
  parameters: Parameter[];
  structures: Map<string, Field[]>;
  remoteCall: string | undefined;
}

const letters: Readonly<Record<string, string>> = { S: 'g' };

export function fieldOf(name: string, type: FieldType): Field {
  const { abap, length, decimals } = scalarType(type);
  return { name, letter: letters[abap] ?? abap, length, decimals };
}

/** SAP exactly as the definition expects it; structures have names of SAP's own. */
export function repositoryOf({ importing, exporting, tables }: FunctionDefinition): MadeRepository {
  const structures = new Map<string, Field[]>();
  const parameters: Parameter[] = [];
  for (const [paramClass, part] of [
    ['I', importing],
    ['E', exporting],
    ['T', tables],
  ] as const) {
    for (const [name, type] of Object.entries(part ?? {})) {
      if (typeof type === 'string') {
        parameters.push({ name, paramClass, isOptional: false, type: fieldOf(name, type) });
        continue;
      }
      const structure = `SAP_${name}`;
      structures.set(
        structure,
        Object.entries(type.fields).map(([field, fieldType]) => fieldOf(field, fieldType)),
      );
      parameters.push({ name, paramClass, isOptional: false, type: { structure } });
    }
  }
  return { parameters, structures, remoteCall: 'R' };
}

/** Answers the two repository functions from it; any other function does not exist. */
export function connectionTo(functionName: string, made: MadeRepository): ScriptedConnection {
  return scriptedConnection({
    RFC_GET_FUNCTION_INTERFACE: ({ FUNCNAME }): AbapParameters | GatewayError => {
      if (FUNCNAME === 'RFC_GET_FUNCTION_INTERFACE') return { PARAMS: [], REMOTE_CALL: 'R' };
      if (FUNCNAME !== functionName) return new GatewayError('SAP_FUNCTION_MISSING', { functionName });
      const remote = made.remoteCall === undefined ? {} : { REMOTE_CALL: made.remoteCall };
      return { PARAMS: made.parameters.map(parameterRow), ...remote };
    },
    DDIF_FIELDINFO_GET: ({ TABNAME }) => {
      const fields = made.structures.get(typeof TABNAME === 'string' ? TABNAME : '');
      return fields === undefined ? new GatewayError('SAP_REFUSED') : { DFIES_TAB: fields.map(fieldRow) };
    },
  });
}

function parameterRow({ name, paramClass, isOptional, type }: Parameter): AbapStructure {
  const row = { PARAMCLASS: paramClass, PARAMETER: name, OPTIONAL: isOptional ? 'X' : '' };
  if ('structure' in type) return { ...row, TABNAME: type.structure, EXID: 'u', INTLENGTH: '100', DECIMALS: '0' };
  const bytes = type.letter === 'P' ? Math.floor(type.length / 2) + 1 : type.length;
  return { ...row, TABNAME: '', EXID: type.letter, INTLENGTH: String(bytes), DECIMALS: String(type.decimals) };
}

const fieldRow = ({ name, letter, length, decimals }: Field): AbapStructure => ({
  FIELDNAME: name,
  INTTYPE: letter,
  LENG: String(length).padStart(6, '0'),
  DECIMALS: String(decimals).padStart(6, '0'),
});
