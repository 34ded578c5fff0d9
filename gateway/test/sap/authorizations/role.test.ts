/** The role: exactly what the enabled features need, in forms that people enter. */
import { describe, expect, test } from '@jest/globals';
import { abapPackUse, sapFeature } from '../../../src/model/index.ts';
import type { SapFeature } from '../../../src/model/index.ts';
import { AllowList } from '../../../src/sap/authorizations/allow-list.ts';
import { objectChecks, sapRole } from '../../../src/sap/authorizations/role.ts';
import type { SapRole } from '../../../src/sap/authorizations/role.ts';
import { roleAsCsv, roleAsMarkdown, roleAsTable, roleNotes } from '../../../src/sap/authorizations/role-text.ts';
import { readableTables } from '../../../src/sap/authorizations/tables.ts';
import { seeded } from '../fakes/seeded.ts';

const soap = { driver: 'soap' } as const;
const functionsOf = (role: SapRole): readonly string[] =>
  role.authorizations.find(({ object }) => object === 'S_RFC')?.fields['RFC_NAME'] ?? [];
const of = (role: SapRole, object: string) => role.authorizations.filter((it) => it.object === object);

const chance = seeded(20_261_121);
const someFeatures = (): SapFeature[] => sapFeature.options.filter(() => chance.below(3) === 0);
const rounds = Array.from({ length: 200 }, someFeatures);
const isPack = (name: string): boolean => name.startsWith('Z_GANGWAY_');
const standIns = ['BAPI_CR_ACC_GETDETAIL', 'BAPI_AR_ACC_GETOPENITEMS', 'BAPI_AR_ACC_GETSTATEMENT'];

describe('the role', () => {
  test('names the functions that the allow list lets through, whatever the features are and whether the pack is used', () => {
    for (const [round, features] of rounds.entries()) {
      const pack = abapPackUse.options[round % 3];
      const { functions } = new AllowList({ features, pack, published: () => new Set() });
      const role = sapRole({ ...soap, features, pack });
      expect(functionsOf(role)).toEqual(functions.map(({ name }) => name).toSorted());
    }
  });

  test('has every object that a function checks, and nothing that none checks', () => {
    for (const features of rounds) {
      const role = sapRole({ ...soap, features });
      const needed = functionsOf(role).flatMap((name) => objectChecks[name] ?? []);
      const needs = new Set(needed.map(({ object, fields }) => JSON.stringify([object, fields])));
      const granted = role.authorizations
        .filter(({ object }) => !['S_RFC', 'S_ICF', 'S_TABU_NAM'].includes(object))
        .flatMap(({ object, fields }) =>
          (fields['ACTVT'] ?? []).map((activity) => {
            const values = { ...fields, ACTVT: [activity] };
            return JSON.stringify([object, values]).replace('"$KTOKD_NEW"', '"$KTOKD"');
          }),
        );
      expect(new Set(granted)).toEqual(new Set([...needs].map((need) => need.replace('"$KTOKD_NEW"', '"$KTOKD"'))));
    }
  });

  test('grants exactly the tables of the features, and no reader of tables without one', () => {
    for (const features of rounds) {
      const role = sapRole({ ...soap, features });
      const tables = readableTables.filter(({ feature }) => features.includes(feature)).map(({ name }) => name);
      expect(of(role, 'S_TABU_NAM').flatMap(({ fields }) => fields['TABLE'] ?? [])).toEqual(tables);
      expect(functionsOf(role).includes('RFC_READ_TABLE')).toBe(tables.length > 0);
    }
  });

  test('can be entered with the activities that a function needs for the fields beside them only', () => {
    const role = sapRole({ ...soap, features: ['customers', 'customer-writes'] });
    expect(of(role, 'F_KNA1_APP').map(({ fields }) => fields)).toEqual(
      expect.arrayContaining([
        { ACTVT: ['03'], APPKZ: ['F', 'V'] },
        { ACTVT: ['01', '02'], APPKZ: ['V'] },
      ]),
    );
  });

  test('is smaller where it is known whether the ABAP pack is there', () => {
    const features: SapFeature[] = ['credit'];
    const required = functionsOf(sapRole({ ...soap, features, pack: 'required' }));
    const absent = functionsOf(sapRole({ ...soap, features, pack: 'absent' }));
    expect(required).toContain('Z_GANGWAY_CREDIT_READ');
    expect(required.filter((name) => name.startsWith('BAPI_'))).toEqual([]);
    expect(absent).toContain('BAPI_CR_ACC_GETDETAIL');
    expect(absent).not.toContain('Z_GANGWAY_CREDIT_READ');
  });

  test('has nothing that stands in for the pack where the pack is required, and nothing of the pack where it is absent', () => {
    const required = sapRole({ ...soap, pack: 'required' });
    expect(functionsOf(required).filter((name) => standIns.includes(name))).toEqual([]);
    expect(of(required, 'S_TABU_NAM').flatMap(({ fields }) => fields['TABLE'])).not.toContain('KNVP');
    const absent = sapRole({ ...soap, pack: 'absent' });
    expect(functionsOf(absent).filter(isPack)).toEqual([]);
    expect(functionsOf(absent)).toEqual(expect.arrayContaining(standIns));
    // Neither says anything that the role for both does not.
    const both = new Set(functionsOf(sapRole(soap)));
    expect(both).toEqual(new Set([...functionsOf(required), ...functionsOf(absent)]));
  });

  test('enters the service of SICF over SOAP only', () => {
    expect(of(sapRole(soap), 'S_ICF')).toHaveLength(1);
    expect(of(sapRole({ driver: 'node-rfc' }), 'S_ICF')).toEqual([]);
  });

  test("has over RFC what SAP's library calls by itself, marked as not proven", () => {
    const own = of(sapRole({ driver: 'node-rfc' }), 'S_RFC').find(({ confidence }) => confidence === 'general');
    expect(own?.fields['RFC_NAME']).toEqual(['RFC_METADATA_GET', 'SYSTEM_RESET_RFC_SERVER']);
    expect(JSON.stringify(sapRole(soap))).not.toMatch(/SYSTEM_RESET|RFC_METADATA/);
  });

  test('has own values where they are known, and named places elsewhere', () => {
    const organization = { companyCodes: ['1000', '3000'], creditControlAreas: [], accountGroup: 'ZKUN' };
    const role = sapRole({ ...soap, features: ['credit', 'customer-writes'], organization });
    expect(of(role, 'F_BKPF_BUK')[0]?.fields['BUKRS']).toEqual(['1000', '3000']);
    expect(of(role, 'F_KNKA_KKB')[0]?.fields['KKBER']).toEqual(['$KKBER']);
    const groups = of(role, 'F_KNA1_GRP').map(({ fields }) => fields);
    expect(groups).toEqual(
      expect.arrayContaining([
        { ACTVT: ['01'], KTOKD: ['ZKUN'] },
        { ACTVT: ['02'], KTOKD: ['$KTOKD'] },
      ]),
    );
  });

  test('takes published services in, and says which of them must be traced', () => {
    const published = ['BAPI_QUOTATION_CREATEFROMDATA2', 'BAPI_TRANSACTION_COMMIT', 'Z_GANGWAY_ORDER_CREATE'];
    const role = sapRole({ ...soap, features: ['services'], published });
    expect(functionsOf(role)).toEqual(expect.arrayContaining(published));
    expect(of(role, 'V_VBAK_AAT')).toMatchObject([{ fields: { ACTVT: ['01'] }, confidence: 'proven' }]);
    expect(role.untraced).toEqual(['BAPI_QUOTATION_CREATEFROMDATA2']);
    expect(roleNotes(role).find((note) => note.includes('BAPI_QUOTATION'))).toContain('STAUTHTRACE');
    expect(functionsOf(sapRole({ ...soap, features: ['credit'], published }))).not.toContain(published[0]);
  });

  test('grants nothing wide', () => {
    const values = sapRole(soap).authorizations.flatMap(({ fields }) => Object.values(fields).flat());
    expect(values.filter((value) => value === '' || value.includes('*'))).toEqual([]);
    const objects = sapRole(soap).authorizations.map(({ object }) => object);
    expect(objects).not.toEqual(expect.arrayContaining(['S_DEVELOP']));
  });
});

describe('the role as text', () => {
  const role = sapRole({ ...soap, features: ['texts', 'credit'] });

  test('is CSV of five columns with a line for each value', () => {
    const lines = roleAsCsv(role).split('\r\n');
    expect(lines[0]).toBe('Object,Field,Value,Why,Confidence');
    expect(lines).toContain('S_RFC,RFC_NAME,RFC_PING,to call these functions and no others,documented');
    const values = role.authorizations.flatMap(({ fields }) => Object.values(fields).flat());
    expect(lines).toHaveLength(values.length + 1);
  });

  test('quotes what would break a line of CSV', () => {
    const [first] = role.authorizations;
    if (first === undefined) throw new Error('the role is empty');
    const odd = { ...role, authorizations: [{ ...first, fields: { X: ['a'] }, why: 'one, "two"' }] };
    expect(roleAsCsv(odd)).toContain('"one, ""two"""');
  });

  test('is a Markdown table with notes below', () => {
    const lines = roleAsMarkdown(role).split('\n');
    expect(lines[0]).toBe('| Object | Field | Value | Why | Confidence |');
    const rows = lines.filter((line) => line.startsWith('|'));
    expect(new Set(rows.map((row) => row.split(' | ').length))).toEqual(new Set([5]));
    expect(lines.at(-1)).toMatch(/^- /);
  });

  test('is a list for the screen with every function below the other', () => {
    const text = roleAsTable(role);
    for (const name of functionsOf(role)) expect(text).toMatch(new RegExp(`^  (RFC_NAME)? +${name}$`, 'm'));
    expect(text).toContain('$KKBER');
  });
});
