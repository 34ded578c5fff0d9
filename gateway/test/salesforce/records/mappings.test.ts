/** Rules and mappings of the org: what is wrong with them is told in words, and holds up nothing else. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { createLog, createMetrics } from '../../../src/telemetry/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { field, lookup, shapeOrg, text } from './org-shape.ts';
import { customer, openSink, record, soon } from './records.ts';
import { StrictOrg } from './strict-org.ts';
import type { Cells, StrictField } from './strict-org.ts';

let org: StrictOrg;
let open: OpenOrg;
let lines: string[];
let nowMs: number;
beforeEach(async () => {
  org = await StrictOrg.start();
  shapeOrg(org);
  lines = [];
  nowMs = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + nowMs };
  const log = createLog('test', { level: 'warn' }, { write: (line: string) => void lines.push(line) });
  open = openSink(org, {}, { clock, log });
});
afterEach(async () => {
  await open.close();
  await org.close();
});

const rules = (): Cells[] => org.metadata.get('SAP_Arrival_Rule__mdt') ?? [];
const ruleOf = (kind: string): Cells => rules().find((rule) => rule['Kind__c'] === kind) ?? {};
const mappings = (): Cells[] => org.metadata.get('SAP_Field_Mapping__mdt') ?? [];
const map = (Object__c: string, Field__c: string, Path__c: string, Owner__c = 'SAP'): void =>
  void mappings().push({ Object__c, Field__c, Path__c, Owner__c });
function change(
  object: string,
  fields: (before: readonly StrictField[]) => readonly StrictField[],
  more: object = {},
): void {
  const known = org.objects.get(object);
  if (known !== undefined) org.objects.set(object, { ...known, ...more, fields: fields(known.fields) });
}
const add = (object: string, ...fields: StrictField[]): void => change(object, (before) => [...before, ...fields]);
const told = (): unknown[] => lines.map((line) => (JSON.parse(line) as { message: string }).message);
const write = async (...records: Parameters<typeof open.sink.write>[0]) =>
  (await open.sink.write(records, undefined, soon())).outcomes;

test('the kinds that are wanted are those that rules have copied', async () => {
  ruleOf('contact')['Mode__c'] = 'Live Only';
  ruleOf('invoice')['Active__c'] = false;
  rules().push({ ...ruleOf('order'), Kind__c: 'weather' }, { Kind__c: 'price', Active__c: true, Mode__c: 'Copied' });
  expect([...(await open.sink.wantedKinds(soon()))]).toEqual(['product', 'customer', 'order', 'order-item']);
  expect(await write(record('contact', '1', {}), record('invoice', '1', {}))).toMatchObject([
    { ended: 'unwanted', reason: expect.stringContaining('contact') },
    { ended: 'unwanted', reason: expect.stringContaining('invoice') },
  ]);
  expect(org.writes).toEqual([]);
});

describe('a mapping that cannot work', () => {
  test.each<[string, () => void, string, string, string]>([
    [
      'no such path',
      () => map('Account', 'Phone', 'shoeSize'),
      'shoeSize',
      'Account.Phone',
      'customer has no such path',
    ],
    ['no such field', () => map('Account', 'Nope__c', 'fax'), 'fax', 'Account.Nope__c', 'the object has no such field'],
    [
      'not writable',
      () => {
        add('Account', text('Formula__c', 80, { updateable: false }));
        map('Account', 'Formula__c', 'fax');
      },
      'fax',
      'Account.Formula__c',
      'may not write it',
    ],
    [
      'another type',
      () => map('Account', 'SAP_Credit_Limit__c', 'vatNumber'),
      'vatNumber',
      'Account.SAP_Credit_Limit__c',
      'a field of type currency cannot take a text',
    ],
    [
      'another object',
      () => {
        add('SAP_Order__c', lookup('Lead__c', 'Lead', 'Lead__r'));
        map('SAP_Order__c', 'Lead__c', 'shipTo');
      },
      'shipTo',
      'SAP_Order__c.Lead__c',
      'it refers to Lead instead of Account',
    ],
    ['taken', () => map('Account', 'Name', 'name2'), 'name2', 'Account.Name', 'something else goes there already'],
    [
      'the key',
      () => map('Account', 'SAP_Customer_Key__c', 'name2'),
      'name2',
      'Account.SAP_Customer_Key__c',
      'something else goes there already',
    ],
  ])('(%s) is left out and told once, and everything else is written', async (_, arrange, path, name, reason) => {
    arrange();
    const order = record('order', '1', { number: '1', customer: '1' });
    const fields = { phone: '1', fax: '2', vatNumber: 'DE1', name2: 'B' };
    expect(await write(customer('1', fields), order)).toMatchObject([{ ended: 'written' }, { ended: 'written' }]);
    await write(customer('1'));
    expect(told()).toEqual([expect.stringContaining(`The mapping of ${path} to ${name} cannot work: `)]);
    expect(told()[0]).toContain(reason);
    expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ Name: 'Customer 1', Phone: '1' });
  });

  test('is counted as long as it is there', async () => {
    map('Account', 'Nope__c', 'fax');
    const metrics = createMetrics('test');
    await open.close();
    open = openSink(org, {}, { metrics });
    await write(customer('1'));
    open.sink.forget();
    await write(customer('1'));
    expect(await metrics.registry.metrics()).toMatch(/gangway_salesforce_mappings_left_out_total\{[^}]*\} 2/);
  });
});

describe('an object that cannot be used', () => {
  const unusable: [string, () => void, string, string][] = [
    ['is missing', () => org.objects.delete('Contact'), 'Contact', 'the org has no such object'],
    ['is closed', () => change('Contact', (same) => same, { createable: false }), 'Contact', 'may not create and edit'],
    [
      'has no key',
      () => change('Contact', (all) => all.filter(({ name }) => name !== 'SAP_Contact_Key__c')),
      'Contact.SAP_Contact_Key__c',
      'the field is missing',
    ],
    [
      'has a key that is none',
      () => (ruleOf('contact')['Key_Field__c'] = 'LastName'),
      'Contact.LastName',
      'the field is no external id',
    ],
    [
      'has no place for the order',
      () => change('Contact', (all) => all.filter(({ name }) => name !== 'SAP_Arrival__c')),
      'Contact.SAP_Arrival__c',
      'it is missing',
    ],
  ];
  test.each(unusable)('because it %s holds its records, and no others', async (_, arrange, name, reason) => {
    arrange();
    expect(await write(record('contact', '1', { lastName: 'Fox' }), customer('1'))).toMatchObject([
      {
        ended: 'failed',
        error: {
          code: 'SALESFORCE_MAPPING_INVALID',
          disposition: 'hold',
          context: { path: 'contact', field: name, reason: expect.stringContaining(reason) },
        },
      },
      { ended: 'written' },
    ]);
    expect(await open.sink.wantedKinds(soon())).toContain('contact');
  });
});

test('one path may go to several fields, and a reference to text', async () => {
  add('SAP_Order__c', text('Sold_To__c', 20), field('Sum__c', 'double', { precision: 18, scale: 2 }));
  map('SAP_Order__c', 'Sold_To__c', 'customer');
  map('SAP_Order__c', 'Sum__c', 'net');
  await write(customer('0000104711'), record('order', '1', { customer: '0000104711', net: '1.50' }));
  expect(org.row('SAP_Order__c', 'ERPCLNT100:1')).toMatchObject({
    Account__r: { SAP_Customer_Key__c: 'ERPCLNT100:0000104711' },
    Sold_To__c: '0000104711',
    Net_Value__c: 1.5,
    Sum__c: 1.5,
  });
});

test('nothing is referred to that the org does not have copied', async () => {
  ruleOf('product')['Mode__c'] = 'Live Only';
  const order = record('order', '1', {});
  expect(await write(order, record('order-item', '1/000010', { order: '1', product: 'PUMP' }))).toMatchObject([
    { ended: 'written' },
    { ended: 'written' },
  ]);
  expect(org.row('SAP_Order_Item__c', 'ERPCLNT100:1/000010')).not.toHaveProperty('Product__r');
});

test('in a namespaced org the package’s fields and objects are meant, and the org’s own by their names', async () => {
  const { own } = shapeOrg(org, 'gway');
  add('Account', text('SAP_Order_Block__c', 2), text('Own__c', 2));
  org.metadata.get(own('SAP_Field_Mapping__mdt'))?.push({
    gway__Object__c: 'account',
    gway__Field__c: 'own__c',
    gway__Path__c: 'accountGroup',
    gway__Owner__c: 'SAP',
  });
  await open.close();
  open = openSink(org, { namespace: 'gway' });
  await write(customer('1', { 'blocks.order': '01', accountGroup: 'XY' }));
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ gway__SAP_Order_Block__c: '01', Own__c: 'XY' });
});

describe('what is known of the org', () => {
  const asked = (): number => org.composites.length - org.writes.length;
  test('is asked for again after five minutes, its objects after an hour', async () => {
    await write(customer('1'));
    expect(asked()).toBe(2);
    nowMs = 299_000;
    await write(customer('1'));
    expect(asked()).toBe(2);
    nowMs = 301_000;
    await write(customer('1'));
    expect(asked()).toBe(3);
    nowMs = 3_700_000;
    await write(customer('1'));
    expect(asked()).toBe(5);
  });

  test('is asked for at once when somebody says so', async () => {
    await write(customer('1'));
    open.sink.forget();
    await write(customer('1'));
    expect(asked()).toBe(4);
  });

  test('is asked for once, however many wait for it', async () => {
    await Promise.all([write(customer('1')), write(customer('2')), open.sink.wantedKinds(soon())]);
    expect(asked()).toBe(2);
  });

  test('is doubted when Salesforce says that a field is gone, but not with every write', async () => {
    await write(customer('1'));
    change('Account', (all) => all.filter(({ name }) => name !== 'Phone'));
    const lost = { ended: 'failed', error: { code: 'SALESFORCE_MAPPING_INVALID' } };
    expect(await write(customer('1', { phone: '1' }))).toMatchObject([lost]);
    expect(await write(customer('1', { phone: '1' }))).toMatchObject([lost]);
    expect(asked()).toBe(2);
    nowMs = 61_000;
    expect(await write(customer('1', { phone: '1' }))).toMatchObject([lost]);
    expect(await write(customer('1', { phone: '1' }))).toMatchObject([{ ended: 'written' }]);
    expect(asked()).toBe(4);
  });
});

test('a user who may not read the rules is told, and nothing is written', async () => {
  org.metadata.delete('SAP_Arrival_Rule__mdt');
  await expect(write(customer('1'))).rejects.toMatchObject({
    code: 'SALESFORCE_NOT_AUTHORIZED',
    message: expect.stringContaining('rules and mappings: INVALID_TYPE'),
  });
  shapeOrg(org);
  expect(await write(customer('1'))).toMatchObject([{ ended: 'written' }]);
});

test('who has little time waits no longer for the rules than that', async () => {
  org.onCall = () => true;
  await expect(open.sink.write([customer('1')], undefined, soon(80))).rejects.toMatchObject({
    code: 'SALESFORCE_UNREACHABLE',
    context: { reason: 'no rules in time' },
  });
});
