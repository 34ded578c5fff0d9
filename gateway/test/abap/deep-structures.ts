/** Writes the nested structures of CMD_EI_API, cut to what the pack uses, as abapGit files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readType } from '../../simulator/sap/metadata/field.ts';

const notation = z.object({
  /** A field is of an elementary type (`CHAR10`), or of a structure or a table named here. */
  structures: z.record(z.string(), z.record(z.string(), z.string())),
  tables: z.record(z.string(), z.string()),
});
type Deep = z.infer<typeof notation>;

function wrap(kind: string, body: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    `<abapGit version="v1.0.0" serializer="LCL_OBJECT_${kind}" serializer_version="v1.0.0">` +
    `<asx:abap xmlns:asx="http://www.sap.com/abapxml" version="1.0"><asx:values>${body}</asx:values></asx:abap></abapGit>\n`
  );
}

function elements(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
}

function fieldXml(deep: Deep, name: string, type: string): string {
  const reference = { FIELDNAME: name, ROLLNAME: type };
  if (type in deep.structures) return `<DD03P>${elements({ ...reference, COMPTYPE: 'S', DATATYPE: 'STRU' })}</DD03P>`;
  if (type in deep.tables) return `<DD03P>${elements({ ...reference, COMPTYPE: 'L', DATATYPE: 'TTYP' })}</DD03P>`;
  const { abapType, internalLength, ddicType, length } = readType(name, type);
  const INTLEN = String(internalLength).padStart(6, '0');
  const LENG = String(length).padStart(6, '0');
  return `<DD03P>${elements({ FIELDNAME: name, INTTYPE: abapType, INTLEN, DATATYPE: ddicType, LENG })}</DD03P>`;
}

function structureXml(deep: Deep, name: string, fields: Readonly<Record<string, string>>): string {
  const header = elements({ TABNAME: name, DDLANGUAGE: 'E', TABCLASS: 'INTTAB', DDTEXT: name, EXCLASS: '1' });
  const rows = Object.entries(fields).map(([field, type]) => fieldXml(deep, field, type));
  return wrap('TABL', `<DD02V>${header}</DD02V><DD03P_TABLE>${rows.join('')}</DD03P_TABLE>`);
}

function tableXml(name: string, row: string): string {
  const kind = { ROWTYPE: row, ROWKIND: 'S', DATATYPE: 'STRU', ACCESSMODE: 'T', KEYDEF: 'D', KEYKIND: 'N' };
  return wrap('TTYP', `<DD40V>${elements({ TYPENAME: name, DDLANGUAGE: 'E', ...kind, DDTEXT: name })}</DD40V>`);
}

/** Writes them beside SAP's flat structures. */
export function writeDeepStructures(folder: string): void {
  const deep = notation.parse(JSON.parse(readFileSync(new URL('./standard/deep.json', import.meta.url), 'utf8')));
  for (const [name, fields] of Object.entries(deep.structures))
    writeFileSync(join(folder, `${name.toLowerCase()}.tabl.xml`), structureXml(deep, name, fields));
  for (const [name, row] of Object.entries(deep.tables))
    writeFileSync(join(folder, `${name.toLowerCase()}.ttyp.xml`), tableXml(name, row));
}
