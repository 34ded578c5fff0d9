/** The page that SAP Basis makes a role from: neither a function too few nor one too many. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { functionCatalogue, objectChecks } from '../../gateway/src/sap/index.ts';
import { projectRoot, readFiles } from '../project.ts';

const page = readFileSync(join(projectRoot, 'docs/sap-basis/authorizations.md'), 'utf8');
const namesOnPage = [...page.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map((match) => match[1] ?? '');

describe('the page of authorizations', () => {
  test('names every function that can be called, those of the pack for services, and no other', () => {
    const functions = namesOnPage.filter((name) => /^(BAPI|RFC_(?!TYPE|NAME)|DDIF_|Z_)/.test(name));
    const ofPack = Object.keys(objectChecks).filter((name) => name.startsWith('Z_GANGWAY_'));
    expect([...new Set(functions)].toSorted()).toEqual(
      [...new Set([...functionCatalogue.keys(), ...ofPack])].toSorted(),
    );
  });

  test('names every table that is read, and no other', () => {
    const readers = readFiles(/^gateway\/src\/sap\/system\/.*\.ts$/).filter(({ text }) =>
      text.includes("from './read-table.ts'"),
    );
    const read = readers.flatMap(({ text }) => [...text.matchAll(/(?:name: |#read\()'([A-Z][A-Z0-9_]*)'/g)]);
    const tables = [...new Set(read.map((match) => match[1] ?? ''))];
    expect(tables).not.toEqual([]);
    const section = page.split('## Tables')[1]?.split('\n## ')[0] ?? '';
    const named = [...section.matchAll(/^\| `([A-Z][A-Z0-9]+)` \|/gm)].map((match) => match[1] ?? '');
    expect([...new Set(named)].toSorted()).toEqual(tables.toSorted());
  });

  test('names every authorization object that the ABAP pack checks', () => {
    const pack = readFiles(/^gateway\/abap\/src\/.*\.abap$/);
    const checks = pack.flatMap(({ text }) => [...text.matchAll(/AUTHORITY-CHECK\s+OBJECT\s+'(\w+)'/gi)]);
    expect(checks).not.toEqual([]);
    expect(namesOnPage).toEqual(expect.arrayContaining(checks.map((match) => match[1] ?? '')));
  });
});
