/** What the pack promises SAP Basis about its code, read from the sources: these parts are linted and never executed. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packFolder } from './workplace.ts';

const folder = join(packFolder, 'src');

/** One statement a line, in capitals, without comments. */
function statements(file: string): readonly string[] {
  const text = readFileSync(join(folder, file), 'utf8').replaceAll(/^[ \t]*[*"].*$/gm, '');
  return text.split(/\.\s/).map((it) => it.trim().replaceAll(/\s+/g, ' ').toUpperCase());
}

const sources = readdirSync(folder).filter((name) => name.endsWith('.abap') && !name.includes('.testclasses.'));
const all = sources.flatMap((file) => statements(file).map((statement) => ({ file, statement })));

function matching(pattern: RegExp): readonly string[] {
  return all.filter(({ statement }) => pattern.test(statement)).map(({ file, statement }) => `${file}: ${statement}`);
}

describe('the sources of the ABAP pack', () => {
  test('are found, and statements in them', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(matching(/^SELECT /).length).toBeGreaterThan(20);
  });

  test('write no table but the pack’s own', () => {
    const writing = matching(
      /^(?:(?:INSERT|MODIFY) (?!TABLE\b)\w+ FROM|INSERT INTO \w+ VALUES|UPDATE \w+ SET|DELETE FROM)/,
    );
    expect(writing.length).toBeGreaterThan(0);
    expect(writing.filter((it) => !/: (?:INSERT|UPDATE) ZGANGWAY_(?:KEY|FENCE) /.test(it))).toEqual([]);
  });

  test('commit and roll back in one place', () => {
    const ending = matching(/^(?:COMMIT|ROLLBACK) WORK|BAPI_TRANSACTION/).map((it) => it.split(':')[0]);
    expect([...new Set(ending)]).toEqual(['zcl_gangway_sap_luw.clas.abap']);
    expect(matching(/^COMMIT WORK/)).toEqual(['zcl_gangway_sap_luw.clas.abap: COMMIT WORK AND WAIT']);
  });

  test('make BAPIs forget what they have read at the end of each unit of work, by what SAP released for it', () => {
    const lines = statements('zcl_gangway_sap_luw.clas.abap');
    const commit = lines.indexOf('COMMIT WORK AND WAIT');
    // What the statement says is kept before anything else can change it.
    expect(lines.slice(commit + 1, commit + 3)).toEqual(['CODE = SY-SUBRC', "CALL FUNCTION 'BAPI_TRANSACTION_COMMIT'"]);
    expect(lines).toContain("CALL FUNCTION 'BAPI_TRANSACTION_ROLLBACK'");
  });

  test('call nothing by a name that is only known at run time', () => {
    expect(matching(/^(?:CALL FUNCTION|CALL METHOD|PERFORM|SUBMIT|CREATE OBJECT \w+ TYPE) \(?(?!')[A-Z_]*\(/)).toEqual(
      [],
    );
    expect(matching(/^CALL FUNCTION (?!')/)).toEqual([]);
    expect(matching(/^(?:SELECT|UPDATE|DELETE|INSERT|MODIFY)\b.*\b(?:FROM|WHERE|BY|SET) \(\w+\)/)).toEqual([]);
    expect(matching(/^(?:GENERATE|EXEC SQL|ASSIGN \(|INSERT REPORT|CALL TRANSACTION)/)).toEqual([]);
  });

  test('refuse after every authority check, in the name of the object that was asked', () => {
    const lines = statements('zcl_gangway_sap_authority.clas.abap');
    const checks = lines.flatMap((it, index) =>
      it.startsWith('AUTHORITY-CHECK') ? [{ it, next: lines[index + 1] }] : [],
    );
    expect(checks.length).toBeGreaterThan(10);
    for (const { it, next } of checks) {
      const object = /OBJECT '(\w+)'/.exec(it)?.[1] ?? '?';
      expect(it).toContain("ID 'ACTVT' FIELD");
      expect(next).toContain(`REFUSE_UNLESS( CODE = SY-SUBRC OBJECT = '${object}'`);
    }
  });

  test('end a test run of SAP’s own functions by their own flag', () => {
    const calls = all.filter(({ statement }) => /^CALL FUNCTION 'BAPI_\w+CREATEFROM/.test(statement));
    expect(calls.length).toBe(2);
    for (const { statement } of calls) expect(statement).toMatch(/ TESTRUN = TEST_RUN /);
  });
});

const functions = sources.filter((name) => /\.z_gangway_/.test(name) && !name.includes('key_insert'));

describe.each(functions)('%s', (file) => {
  const lines = statements(file);

  test('empties what it gives back first, and fills each of it once', () => {
    const cleared =
      lines
        .find((it) => it.startsWith('CLEAR'))
        ?.replace(/^CLEAR: /, '')
        .replaceAll('[]', '') ?? '';
    for (const name of cleared.split(', ').filter((it) => it !== '')) {
      const filled = lines.filter(
        (it) => it.startsWith(`${name} =`) || it.startsWith(`${name}[] =`) || it.endsWith(` TO ${name}`),
      );
      expect([name, filled.length]).toEqual([name, 1]);
    }
    const given = lines.filter((it) => /^E[T]?_\w+(?:\[\])? =/.test(it)).map((it) => /=\s*(.*)$/.exec(it)?.[1]);
    expect(new Set(given).size).toBe(given.length);
  });

  test('write the values of an extraction in the order in which its fields are named', () => {
    const source = readFileSync(join(folder, 'zcl_gangway_extract.clas.abap'), 'utf8');
    const named = [
      ...source.matchAll(
        /(?:CONCATENATE ((?:`[A-Z0-9 ]+`\s+)+)INTO[^.]*\.\s+)?lines->columns\( table\s+= `(\w+)`\s+fields = (`[^`]*`|fields)/g,
      ),
    ];
    const fieldsOf = new Map(
      named.map(([, parts = '', table = '', given = '']) => [table, (parts + given).match(/[A-Z][A-Z0-9_]*\b/g)]),
    );
    const written = [...source.matchAll(/lines->row\( `(\w+)` \)\.([\s\S]*?)lines->end_row/g)];
    expect(written.map(([, table]) => table)).toEqual(['KNA1', 'KNVV', 'KNVP', 'KNVK', 'KNKK', 'MARA', 'MAKT']);
    for (const [, table = '', values = ''] of written)
      expect([...values.matchAll(/lines->value\( \w+-(\w+) \)/g)].map(([, field = '']) => field.toUpperCase())).toEqual(
        fieldsOf.get(table),
      );
  });

  test('read each field that an extraction writes', () => {
    const reads = statements('zcl_gangway_sap_extract_pages.clas.abap');
    const source = readFileSync(join(folder, 'zcl_gangway_extract.clas.abap'), 'utf8');
    for (const [, table = '', values = ''] of source.matchAll(/lines->row\( `(\w+)` \)\.([\s\S]*?)lines->end_row/g)) {
      const select = reads.find((it) => it.startsWith('SELECT ') && it.includes(` FROM ${table} `)) ?? '';
      const columns = select.slice(0, select.indexOf(' FROM ')).split(' ');
      const fields = [...values.matchAll(/lines->value\( \w+-(\w+) \)/g)].map(([, field = '']) => field.toUpperCase());
      expect(fields.filter((field) => !columns.includes(field))).toEqual([]);
    }
  });
});
