/** Writes the SOAP envelope of one call; refuses parameters and fields that the function does not have. */
import type { AbapParameters, AbapStructure, AbapValue } from '../../../ports/index.ts';
import type { FunctionSignature, ScalarType, StructureType, TableType } from '../../functions/signature.ts';
import { isTable, mismatch, unknown } from '../request-shape.ts';
import { elementName } from './soap-names.ts';
import { toSoap } from './soap-types.ts';

const head =
  '<?xml version="1.0" encoding="utf-8"?>' +
  '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>';
const tail = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';

/** `tables` are wanted back: SAP returns only those that stand in the request, if only as an empty element. */
export function writeRequest(
  signature: FunctionSignature,
  parameters: AbapParameters,
  tables: readonly string[],
): string {
  const name = elementName(signature.name);
  const written = [
    ...Object.entries(parameters).map(([parameter, value]) => writeParameter(signature, parameter, value)),
    ...tables.filter((table) => parameters[table] === undefined).map((table) => writeEmptyTable(signature, table)),
  ];
  return `${head}<rfc:${name} xmlns:rfc="urn:sap-com:document:sap:rfc:functions">${written.join('')}</rfc:${name}>${tail}`;
}

function writeParameter(signature: FunctionSignature, parameter: string, value: AbapValue): string {
  const type = signature.input.get(parameter) ?? signature.tables.get(parameter);
  if (type === undefined) throw unknown(signature.name, parameter);
  return writeElement(type, parameter, value, parameter);
}

function writeEmptyTable(signature: FunctionSignature, table: string): string {
  if (!signature.tables.has(table)) throw unknown(signature.name, table);
  return `<${elementName(table)}/>`;
}

function writeElement(
  type: ScalarType | StructureType | TableType,
  name: string,
  value: AbapValue,
  path: string,
): string {
  const element = elementName(name);
  return `<${element}>${writeContent(type, value, path)}</${element}>`;
}

function writeContent(type: ScalarType | StructureType | TableType, value: AbapValue, path: string): string {
  if (typeof value === 'string') {
    if (type.kind !== 'scalar') throw mismatch(path);
    return toSoap(type, value, path);
  }
  if (isTable(value)) {
    if (type.kind !== 'table') throw mismatch(path);
    return value.map((row) => `<item>${writeFields(type.row, row, path)}</item>`).join('');
  }
  if (type.kind !== 'structure') throw mismatch(path);
  return writeFields(type, value, path);
}

function writeFields(type: StructureType, row: AbapStructure, path: string): string {
  return Object.entries(row)
    .map(([field, value]) => {
      const fieldType = type.fields.get(field);
      if (fieldType === undefined) throw unknown(type.name, field);
      return writeElement(fieldType, field, value, `${path}.${field}`);
    })
    .join('');
}
