/** The ABAP sources and the simulated SAP agree on every parameter and field of the pack. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Repository } from '../../simulator/sap/metadata/repository.ts';
import { PackSources, simulatedSignatures, simulatedTable } from './signatures.ts';
import { createWorkplace, packFolder } from './workplace.ts';

const repository = new Repository({ pack: '1.2.0' });
/** By the simulator's own list, so that a function missing in the sources is missed. */
const functionNames = Object.keys(
  JSON.parse(readFileSync(new URL('../../simulator/sap/metadata/functions.json', import.meta.url), 'utf8')) as object,
).filter((name) => name.startsWith('Z_GANGWAY_'));
const sources = join(packFolder, 'src');

describe('the interfaces of the ABAP pack', () => {
  test('are those of the simulated SAP: kinds, names, types, lengths, fields', () => {
    const inSources = new PackSources(sources, repository).signatures();
    expect(inSources).toEqual(simulatedSignatures(repository, functionNames));
    expect(functionNames).toHaveLength(12);
  });

  test.each(['ZGANGWAY_KEY', 'ZGANGWAY_FENCE'])('keep %s as the simulated SAP keeps it', (table) => {
    expect(new PackSources(sources, repository).table(table)).toEqual(simulatedTable(repository, table));
  });

  test.each([
    ['a parameter of another name', 'zgangway.fugr.xml', '>I_BEFORE<', '>I_AFTER<', 'I_BEFORE'],
    ['an importing parameter that is exported', 'zgangway.fugr.xml', 'RSIMP>', 'RSEXP>', 'importing'],
    [
      'a required parameter that became optional',
      'zgangway.fugr.xml',
      '>I_KUNNR<',
      '>I_KUNNR</PARAMETER><OPTIONAL>X</OPTIONAL><X>I<',
      'I_KUNNR required',
    ],
    ['a function that is not remote-enabled', 'zgangway.fugr.xml', '<REMOTE_CALL>R<', '<REMOTE_CALL><', 'Z_GANGWAY_'],
    [
      'a field of another length',
      'zgangway_s_general.tabl.xml',
      '000241',
      '000132',
      'ZGANGWAY_S_GENERAL-SMTP_ADDR: CHAR 241',
    ],
    [
      'an amount with other decimals',
      'zgangway_s_account.tabl.xml',
      '<DECIMALS>000004<',
      '<DECIMALS>000002<',
      'DEC 23,4',
    ],
    ['a shorter position', 'zgangway_position.dtel.xml', '000026', '000018', 'I_BEFORE: CHAR 26'],
  ])('are not called equal with %s', (_difference, file, piece, other, missed) => {
    using workplace = createWorkplace();
    workplace.plant(file, piece, other);
    const planted = new Set(new PackSources(join(workplace.folder, 'src'), repository).signatures());
    const missing = simulatedSignatures(repository, functionNames).filter((line) => !planted.has(line));
    expect(missing.join('\n')).toContain(missed);
  });
});
