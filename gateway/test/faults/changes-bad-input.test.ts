/** Bad input, all the way: what SAP is answered, the code, what `gangway queue list` says, and the next step. Each by itself, never the rest. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { House } from '../flows/house.ts';
import { accountOf, edit, formsOf, listens, post, sent } from '../flows/changes-world.ts';
import { until } from '../flows/stack.ts';

/** A program is started, and another one for each look at the list. */
jest.setTimeout(180_000);

let house: House;
let good = { xml: '', flat: '' };
let folder = '';
beforeAll(async () => {
  house = await House.open({ changes: { messageTypes: { ADRMAS: { active: false } } } });
  folder = join(house.folder, 'idocs');
  mkdirSync(folder);
  const port = Number(new URL(portUrl()).port);
  const idocs = { listen: { port, maxDocumentMb: 1 }, folder: { path: folder, pollSeconds: 1, settledSeconds: 0 } };
  house.settle({ sap: { idocs } });
  house.startAgent();
  await listens(house);
  await edit(house, 'KNA1', { KUNNR: '0000104711' }, { AUFSD: '01' });
  const [number = ''] = house.sap.idocs?.ale.run() ?? [];
  await until(
    () => Promise.resolve(sent(house)),
    (all) => all.some((one) => one.number === number && one.status === '03'),
  );
  good = await formsOf(house, number);
});
afterAll(() => house.close());

function portUrl(): string {
  const port = house.sap.idocs?.ale.settings.ports['GANGWAY'];
  if (port?.kind !== 'http') throw new Error('an HTTP port was expected');
  return port.url;
}

let serial = 9_000;
/** The IDoc under a number of its own. */
function fresh(xml = good.xml): { readonly xml: string; readonly number: string } {
  serial += 1;
  const number = String(serial).padStart(16, '0');
  return { xml: xml.replaceAll(/<DOCNUM>\d+<\/DOCNUM>/g, `<DOCNUM>${number}</DOCNUM>`), number };
}

const bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
const swap = (from: RegExp, to: string) => (xml: string) => {
  const changed = xml.replace(from, to);
  if (changed === xml) throw new Error(`${String(from)} is not in the IDoc`);
  return changed;
};

/** The document as a whole is none: SAP hears it, has status 02, and sends it again. */
const documents: readonly (readonly [string, (xml: string) => string | Buffer, number, string])[] = [
  ['cut off', (xml) => xml.slice(0, -60), 400, 'is cut off'],
  ['in another encoding than it says', (xml) => Buffer.from(xml.replace('GmbH', 'Gmbü'), 'latin1'), 415, 'encoding'],
  ['with entities of its own', (xml) => xml.replace(/(<\?xml[^>]*\?>)/, `$1${bomb}`), 400, 'cannot be read'],
  ['that is no XML', () => 'EDI_DC40 100', 400, 'BD87'],
  ['that is too large', (xml) => xml.replace('</IDOC>', `<!--${'x'.repeat(2_000_000)}--></IDOC>`), 413, 'packet size'],
];

describe('a document over HTTP', () => {
  test.each(documents)('%s is not taken, and SAP is told what to do', async (_, spoil, status, words) => {
    const answer = await post(house, spoil(fresh().xml));
    expect(answer).toMatchObject({ status, text: expect.stringContaining(words) });
  });

  test('with a content type that nobody sends is not taken', async () => {
    expect(await post(house, '{}', 'application/json')).toMatchObject({ status: 415 });
  });
});

/** One IDoc is wrong: SAP is told 200, because it would send all others again; people are told the rest. */
const idocs: readonly (readonly [string, (xml: string) => string, string, string])[] = [
  ['of another client', swap(/<MANDT>100</, '<MANDT>999<'), 'IDOC_CLIENT_WRONG', 'Point the port of that client'],
  ['of another partner', swap(/<SNDPRN>\w+</, '<SNDPRN>STRANGER<'), 'IDOC_PARTNER_UNKNOWN', 'Compare the partner'],
  ['for SAP itself', swap(/<DIRECT>1</, '<DIRECT>2<'), 'IDOC_DIRECTION_WRONG', 'Remove it from the port'],
  ['of a basic type that is not read', swap(/DEBMAS0\d/g, 'DEBMAS99'), 'IDOC_TYPE_NOT_SUPPORTED', 'WE20'],
  ['of another version of records', swap(/<TABNAM>EDI_DC40</, '<TABNAM>EDI_DC<'), 'IDOC_VERSION_NOT_SUPPORTED', 'WE21'],
  ['with a limit that is no amount', swap(/<KLIMK>[^<]*</, '<KLIMK>viel<'), 'IDOC_VALUE_INVALID', 'Correct the value'],
  ['with a day that is none', swap(/<CREDAT>\d{8}</, '<CREDAT>20260231<'), 'IDOC_CONTROL_INCOMPLETE', 'WE02'],
];

describe('an IDoc of a document', () => {
  test.each(idocs)('%s waits for a person, by itself, with its next step', async (_, spoil, code, next) => {
    const [bad, other] = [fresh(), fresh()];
    expect(await post(house, spoil(bad.xml))).toMatchObject({
      status: 200,
      text: expect.stringContaining('wait for a person: see gangway queue'),
    });
    expect(await post(house, other.xml)).toMatchObject({ status: 200 });
    const { output } = await house.gangway('queue', 'list', '--changes', '--limit', '500');
    const lines = output.split('\n');
    // Of another version of records not even the number can be read.
    const at = lines.findIndex((line) => line.endsWith(`(${code})`));
    expect(lines[at - 1]).toMatch(/^SD-\d{6} {2}refused /);
    expect(lines.slice(at).find((line) => line.startsWith('  Next: '))).toContain(next);
    expect(output).not.toContain(other.number);
  });

  test('with a segment that nobody knows is taken all the same', async () => {
    const { xml, number } = fresh();
    const extended = xml.replace('</IDOC>', '<Z1GWUNKNOWN SEGMENT="1"><FIELD>x</FIELD></Z1GWUNKNOWN></IDOC>');
    expect(await post(house, extended)).toMatchObject({ status: 200 });
    const { output } = await house.gangway('queue', 'list', '--changes', '--limit', '500');
    expect(output).not.toContain(number);
  });

  test('whose number is known with other content waits for a person', async () => {
    const { xml, number } = fresh();
    await post(house, xml);
    expect(await post(house, xml.replace('<AUFSD>01<', '<AUFSD>02<'))).toMatchObject({ status: 200 });
    const { output } = await house.gangway('queue', 'list', '--changes', '--limit', '500');
    expect(output).toContain(`refused  DEBMAS ${number}`);
    expect(output).toContain('(DOCUMENT_NUMBER_REUSED)');
  });
});

const files: readonly (readonly [string, (flat: string) => string | Buffer, string])[] = [
  ['with a record of wrong length', (flat) => flat.replace(/(\n?)([^\n]*)\n?$/, '$1$2x\n'), 'IDOC_RECORD_LENGTH_WRONG'],
  ['that is no file of IDocs', () => 'Kundenliste;Stand heute\n', 'IDOC_'],
];

describe('a file', () => {
  test.each(files)(
    '%s is told of: by a text beside it in failed, or where one of its IDocs is wrong, in the list',
    async (name, spoil, code) => {
      const file = `O_${name.replaceAll(' ', '_')}`;
      writeFileSync(join(folder, file), spoil(good.flat));
      const text = join(folder, 'failed', `${file}.txt`);
      // The text is there first, so that no file lies there without one.
      await until(
        () =>
          Promise.resolve(existsSync(join(folder, 'failed', file)) || readdirSync(join(folder, 'done')).includes(file)),
        (isThere) => isThere,
      );
      expect(
        existsSync(text) ? readFileSync(text, 'utf8') : (await house.gangway('queue', 'list', '--changes')).output,
      ).toContain(code);
    },
  );
});

test('in spite of all that the Account says what SAP says', () => {
  expect(accountOf(house, '0000104711')['SAP_Order_Block__c']).toBe('01');
});
