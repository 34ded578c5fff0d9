/** Addresses into Salesforce's block and back. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RecordFields } from '../../../src/model/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import { field, shapeOrg, text } from './org-shape.ts';
import { customer, openSink, quick, quickly, system } from './records.ts';
import { StrictBulk } from './strict-bulk.ts';
import { StrictOrg } from './strict-org.ts';
import type { StrictField } from './strict-org.ts';

let org: StrictOrg;
let open: OpenOrg;
let lines: string[];
beforeEach(async () => {
  org = await StrictOrg.start();
  new StrictBulk(org);
  shapeOrg(org);
  lines = [];
  const log = createLog('test', { level: 'warn' }, { write: (line: string) => void lines.push(line) });
  open = openSink(org, {}, { clock: quick, log });
});
afterEach(async () => {
  await open.close();
  await org.close();
});

/** Salesforce owns addresses as the package comes; here SAP does, so that they are read back. */
function sapOwnsAddresses(): void {
  for (const mapping of org.metadata.get('SAP_Field_Mapping__mdt') ?? [])
    if (String(mapping['Path__c']).startsWith('address.')) mapping['Owner__c'] = 'SAP';
}
function addToAccount(...fields: StrictField[]): void {
  const account = org.objects.get('Account');
  if (account !== undefined) org.objects.set('Account', { ...account, fields: [...account.fields, ...fields] });
}
const map = (Field__c: string, Path__c: string): void =>
  void org.metadata.get('SAP_Field_Mapping__mdt')?.push({ Object__c: 'Account', Field__c, Path__c, Owner__c: 'SAP' });
const picklist = (name: string, values: readonly string[]): StrictField =>
  field(name, 'picklist', {
    length: 10,
    restrictedPicklist: true,
    picklistValues: values.map((value) => ({ value, active: true })),
  });

async function writeAndRead(fields: RecordFields): Promise<RecordFields | undefined> {
  const { outcomes } = await open.sink.write([customer('1', fields)], undefined, quickly());
  expect(outcomes).toMatchObject([{ ended: 'written' }]);
  for await (const one of open.sink.readAll(system, 'customer', quickly())) return one.fields;
  return undefined;
}
const address = (country: string, street: string, houseNumber: string | null, region: string | null): RecordFields => ({
  'address.street': street,
  'address.houseNumber': houseNumber,
  'address.postalCode': '20457',
  'address.city': 'Town',
  'address.region': region,
  'address.country': country,
});

test.each([
  [address('DE', 'Am Sandtorkai', '5a', '02'), 'Am Sandtorkai 5a'],
  [address('FR', 'Rue de la Paix', '12', null), '12 Rue de la Paix'],
  [address('GB', 'Dock Road', null, null), 'Dock Road'],
])('street and house number are one line, and two again: %j', async (fields, line) => {
  sapOwnsAddresses();
  expect(await writeAndRead(fields)).toMatchObject(fields);
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({
    BillingStreet: line,
    BillingCountry: fields['address.country'],
    BillingState: fields['address.region'],
  });
});

test('a house number with a field of its own is not in the line', async () => {
  sapOwnsAddresses();
  addToAccount(text('House_Number__c', 10));
  map('House_Number__c', 'address.houseNumber');
  const fields = address('DE', 'Am Sandtorkai', '5a', null);
  expect(await writeAndRead(fields)).toMatchObject(fields);
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ BillingStreet: 'Am Sandtorkai', House_Number__c: '5a' });
});

test('both mapped to the street are one line, too', async () => {
  sapOwnsAddresses();
  map('BillingStreet', 'address.houseNumber');
  const fields = address('DE', 'Am Sandtorkai', '5a', null);
  expect(await writeAndRead(fields)).toMatchObject(fields);
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ BillingStreet: 'Am Sandtorkai 5a' });
});

test('a house number that goes into the line and into a field of its own is in both', async () => {
  sapOwnsAddresses();
  addToAccount(text('House_Number__c', 10));
  map('BillingStreet', 'address.houseNumber');
  map('House_Number__c', 'address.houseNumber');
  await open.sink.write([customer('1', address('DE', 'Am Sandtorkai', '5a', null))], undefined, quickly());
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({
    BillingStreet: 'Am Sandtorkai 5a',
    House_Number__c: '5a',
  });
});

test('a street that was cleared is cleared, and one that was not said stays', async () => {
  await open.sink.write(
    [customer('1', { 'address.street': 'Elbe', 'address.houseNumber': '1' })],
    undefined,
    quickly(),
  );
  await open.sink.write([customer('1', { name: 'Other' })], undefined, quickly());
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ BillingStreet: 'Elbe 1' });
  await open.sink.write([customer('1', { 'address.street': null, 'address.houseNumber': null })], undefined, quickly());
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ BillingStreet: null });
});

test('an org with picklists of states gets codes in the fields for codes', async () => {
  sapOwnsAddresses();
  addToAccount(picklist('BillingCountryCode', ['DE', 'US']), picklist('BillingStateCode', ['HH', 'TX']));
  const fields = address('DE', 'Am Sandtorkai', '5a', '02');
  expect(await writeAndRead(fields)).toMatchObject(fields);
  const row = org.row('Account', 'ERPCLNT100:1');
  expect(row).toMatchObject({ BillingCountryCode: 'DE', BillingStateCode: 'HH' });
  expect(row).not.toHaveProperty('BillingCountry');
  expect(row).not.toHaveProperty('BillingState');
});

test('a state that the org does not know is left out and told once; a country is held', async () => {
  addToAccount(picklist('BillingCountryCode', ['DE', 'US']), picklist('BillingStateCode', ['TX']));
  const records = [
    customer('1', address('DE', 'A', null, '09')),
    customer('2', address('DE', 'B', null, '09')),
    customer('3', address('XX', 'C', null, null)),
  ];
  const { outcomes } = await open.sink.write(records, undefined, quickly());
  expect(outcomes).toMatchObject([
    { ended: 'written' },
    { ended: 'written' },
    { ended: 'failed', error: { code: 'SALESFORCE_VALUE_REFUSED', context: { field: 'BillingCountryCode' } } },
  ]);
  expect(org.row('Account', 'ERPCLNT100:1')).not.toHaveProperty('BillingStateCode');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ field: 'BillingStateCode', value: 'BY' }]);
});
