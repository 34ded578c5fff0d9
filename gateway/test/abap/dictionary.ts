/** Writes dictionary objects of SAP's standard as abapGit files, so that the ABAP pack is checked against what it uses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readField, readType } from '../../simulator/sap/metadata/field.ts';
import type { Field } from '../../simulator/sap/metadata/field.ts';

const notation = z.record(z.string(), z.array(z.string()));
const elementNotation = z.record(z.string(), z.string());
const simulated = '../../simulator/sap/metadata';

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

type Notation = z.infer<typeof notation>;

/** Lines of one kind: those of the simulated SAP, and what only the pack needs; `+NAME` takes over another's lines. */
function readLines(kind: 'structures' | 'tables', known: Notation): Notation {
  const base = notation.parse(readJson(`${simulated}/${kind}.json`));
  const more = notation.parse(readJson(`./standard/${kind}.json`));
  const resolve = (line: string): readonly string[] =>
    line.startsWith('+') ? (base[line.slice(1)] ?? more[line.slice(1)] ?? known[line.slice(1)] ?? []) : [line];
  const resolved = Object.entries(more).map(([name, lines]) => [name, lines.flatMap(resolve)] as const);
  return { ...base, ...Object.fromEntries(resolved) };
}

function element(name: string, value: string): string {
  return `<${name}>${value}</${name}>`;
}

function wrap(kind: string, body: string): string {
  const values = `<asx:values>${body}</asx:values>`;
  const abap = `<asx:abap xmlns:asx="http://www.sap.com/abapxml" version="1.0">${values}</asx:abap>`;
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    `<abapGit version="v1.0.0" serializer="LCL_OBJECT_${kind}" serializer_version="v1.0.0">${abap}</abapGit>\n`
  );
}

function fieldXml(field: Field): string {
  return element(
    'DD03P',
    element('FIELDNAME', field.name) +
      (field.isKey ? element('KEYFLAG', 'X') : '') +
      element('INTTYPE', field.abapType === 'I' ? 'X' : field.abapType) +
      element('INTLEN', String(field.internalLength).padStart(6, '0')) +
      element('DATATYPE', field.ddicType) +
      element('LENG', String(field.length).padStart(6, '0')) +
      element('DECIMALS', String(field.decimals).padStart(6, '0')),
  );
}

function tableXml(name: string, lines: readonly string[], isTable: boolean): string {
  const header = element(
    'DD02V',
    element('TABNAME', name) +
      element('DDLANGUAGE', 'E') +
      element('TABCLASS', isTable ? 'TRANSP' : 'INTTAB') +
      element('DDTEXT', name) +
      element('EXCLASS', '1'),
  );
  const fields = lines.map(readField).map(fieldXml).join('');
  return wrap('TABL', header + element('DD03P_TABLE', fields));
}

function elementXml(name: string, type: string): string {
  const field = readType(name, type);
  return wrap(
    'DTEL',
    element(
      'DD04V',
      element('ROLLNAME', name) +
        element('DDLANGUAGE', 'E') +
        element('DATATYPE', field.ddicType) +
        element('LENG', String(field.length).padStart(6, '0')),
    ),
  );
}

/** Writes every structure, table and data element that is not the pack's own. */
export function writeDictionary(folder: string): void {
  const tables = readLines('tables', {});
  const structures = readLines('structures', tables);
  const isStandard = ([name]: readonly [string, unknown]): boolean => !name.startsWith('Z');
  const write = (name: string, kind: string, text: string): void => {
    writeFileSync(join(folder, `${name.toLowerCase()}.${kind}.xml`), text);
  };
  for (const [name, lines] of Object.entries(structures).filter(isStandard))
    write(name, 'tabl', tableXml(name, lines, false));
  for (const [name, lines] of Object.entries(tables).filter(isStandard))
    write(name, 'tabl', tableXml(name, lines, true));
  for (const [name, type] of Object.entries(elementNotation.parse(readJson('./standard/elements.json'))))
    write(name, 'dtel', elementXml(name, type));
}
