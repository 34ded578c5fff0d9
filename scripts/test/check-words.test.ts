/** The vocabulary rules, each with something that breaks it. */
import { describe, expect, test } from '@jest/globals';
import { findWords } from '../check-words.ts';

const messages = (path: string, text: string): string[] =>
  findWords([{ path, text }]).map((finding) => finding.message);

describe('the vocabulary check', () => {
  test.each([
    'gateway/src/sap/sap-utils.ts',
    'gateway/src/common/x.ts',
    'force-app/main/order/classes/OrderHelper.cls',
  ])('refuses a file name that says nothing: %s', (path) => expect(messages(path, '')).toHaveLength(1));

  test('leaves file names of the field alone', () => {
    expect(messages('gateway/src/sap/return-messages.ts', '')).toEqual([]);
    expect(messages('gateway/src/relay/library-card.ts', '')).toEqual([]);
  });

  test.each([
    ['export interface ICustomer { readonly name: string }', 'I before'],
    ['class QueueImpl {}', 'Impl'],
    ['const accountNumber = 1;', 'account number'],
    ['function dateUtils(): void {}', 'utils'],
    ['const { x: connectionManager } = y;', ''],
  ])('refuses the identifier in %s', (text, reason) => {
    const found = messages('gateway/src/relay/x.ts', text);
    if (reason === '') expect(found).toEqual([]);
    else expect(found[0]).toContain(reason);
  });

  test('lets imported names be what their owner calls them', () => {
    expect(messages('gateway/src/relay/x.ts', "import { inspectUtils } from 'node:util';")).toEqual([]);
  });

  test.each([
    'const kunnr = 1;',
    "read('KUNNR');",
    'const q = `VKORG ${x} and`;',
    'row.BUKRS;',
    "const f = { 'KNA1-NAME1': 1 };",
  ])('keeps SAP field names out of other rooms: %s', (text) =>
    expect(messages('gateway/src/relay/x.ts', text)).toHaveLength(1),
  );

  test.each(['gateway/src/sap/x.ts', 'gateway/simulator/sap/x.ts', 'gateway/test/sap/x.test.ts'])(
    'lets SAP field names be at home in %s',
    (path) => expect(messages(path, "read('KUNNR');")).toEqual([]),
  );

  test('keeps SAP field names out of Apex, but not out of its comments', () => {
    expect(messages('force-app/main/order/classes/A.cls', 'String kunnr;')).toHaveLength(1);
    expect(messages('force-app/main/order/classes/A.cls', '// KUNNR\n/* VKORG */ String name;')).toEqual([]);
  });

  test('a comment may quote SAP', () => {
    expect(messages('gateway/src/model/credit.ts', '/** KNKK-KNKLI */\nconst a = 1; // KUNNR')).toEqual([]);
  });

  test('keeps sObject names in the Salesforce rooms', () => {
    const text = "const field = 'SAP_Customer_Number__c';";
    expect(messages('gateway/src/agent/x.ts', text)).toHaveLength(1);
    expect(messages('gateway/simulator/sap/x.ts', text)).toHaveLength(1);
    expect(messages('gateway/simulator/salesforce/x.ts', text)).toEqual([]);
    expect(messages('local-org/x.ts', text)).toEqual([]);
  });

  test('names the line', () => {
    expect(findWords([{ path: 'gateway/src/relay/x.ts', text: '\n\nconst kunnr = 1;' }])[0]?.line).toBe(3);
  });
});
