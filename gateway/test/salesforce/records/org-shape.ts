/** The objects, rules and mappings that these tests work with, under any namespace. */
import type { Cells, StrictField, StrictObject, StrictOrg } from './strict-org.ts';

const writable = { createable: true, updateable: true };
export const text = (name: string, length = 80, more: object = {}): StrictField => ({
  name,
  type: 'string',
  length,
  ...writable,
  ...more,
});
export const field = (name: string, type: string, more: object = {}): StrictField => ({
  name,
  type,
  ...writable,
  ...more,
});
export const lookup = (name: string, to: string, relationshipName: string): StrictField =>
  field(name, 'reference', { referenceTo: [to], relationshipName });
export const money = (name: string): StrictField => field(name, 'currency', { precision: 18, scale: 2 });

const object = (name: string, fields: readonly StrictField[]): StrictObject => ({ name, ...writable, fields });

export interface Shape {
  readonly own: (name: string) => string;
}

/** Puts products, customers, contacts, orders, order items and invoices into the org. */
export function shapeOrg(org: StrictOrg, namespace = ''): Shape {
  const own = (name: string): string => (namespace === '' ? name : `${namespace}__${name}`);
  const arrival = [
    text(own('SAP_Arrival__c'), 255),
    field(own('SAP_As_Of__c'), 'datetime'),
    text(own('SAP_Document__c'), 80),
    field(own('SAP_Removed__c'), 'boolean'),
  ];
  const key = (name = 'SAP_Key__c'): StrictField => text(own(name), 140, { externalId: true });
  const ownLookup = (name: string, to: string): StrictField => lookup(own(name), to, own(name).replace(/__c$/, '__r'));
  const objects = [
    object('Product2', [...arrival, key('SAP_Material_Key__c'), text('Name', 255), text('ProductCode', 255)]),
    object('Account', [
      ...arrival,
      key('SAP_Customer_Key__c'),
      text(own('SAP_System__c'), 10),
      text(own('SAP_Customer_Number__c'), 10),
      text('Name', 255),
      field('Phone', 'phone', { length: 40 }),
      field('BillingStreet', 'textarea', { length: 255 }),
      text('BillingPostalCode', 20),
      text('BillingCity', 40),
      text('BillingState', 80),
      text('BillingCountry', 80),
      text(own('SAP_Order_Block__c'), 2),
      field(own('SAP_Blocked__c'), 'boolean'),
      money(own('SAP_Credit_Limit__c')),
      field(own('SAP_Next_Credit_Review__c'), 'date'),
      field(own('SAP_Risk_Class__c'), 'picklist', {
        length: 255,
        restrictedPicklist: true,
        picklistValues: [
          { value: 'A', active: true },
          { value: 'B', active: true },
          { value: 'Z', active: false },
        ],
      }),
    ]),
    object('Contact', [
      ...arrival,
      key('SAP_Contact_Key__c'),
      text(own('SAP_Contact_Number__c'), 10),
      text('LastName'),
      lookup('AccountId', 'Account', 'Account'),
    ]),
    object(own('SAP_Order__c'), [
      ...arrival,
      key(),
      text(own('Order_Number__c'), 10),
      ownLookup('Account__c', 'Account'),
      ownLookup('Ship_To__c', 'Account'),
      money(own('Net_Value__c')),
      text(own('Currency_Code__c'), 5),
      text(own('Purchase_Order__c'), 35),
      field(own('Order_Date__c'), 'date'),
    ]),
    object(own('SAP_Order_Item__c'), [
      ...arrival,
      key(),
      ownLookup('Order__c', own('SAP_Order__c')),
      ownLookup('Product__c', 'Product2'),
      text(own('Description__c'), 40),
      field(own('Quantity__c'), 'double', { precision: 18, scale: 3 }),
    ]),
    object(own('SAP_Invoice__c'), [
      ...arrival,
      key(),
      ownLookup('Account__c', 'Account'),
      ownLookup('Order__c', own('SAP_Order__c')),
      ownLookup('Cancels__c', own('SAP_Invoice__c')),
      text(own('Invoice_Number__c'), 10),
    ]),
  ];
  for (const each of objects) org.objects.set(each.name, each);
  const rules: [string, string, string][] = [
    ['product', 'Product2', 'SAP_Material_Key__c'],
    ['customer', 'Account', 'SAP_Customer_Key__c'],
    ['contact', 'Contact', 'SAP_Contact_Key__c'],
    ['order', 'SAP_Order__c', 'SAP_Key__c'],
    ['order-item', 'SAP_Order_Item__c', 'SAP_Key__c'],
    ['invoice', 'SAP_Invoice__c', 'SAP_Key__c'],
  ];
  const record = (cells: Cells): Cells =>
    Object.fromEntries(Object.entries(cells).map(([name, value]) => [own(name), value]));
  org.metadata.set(
    own('SAP_Arrival_Rule__mdt'),
    rules.map(([Kind__c, Object__c, Key_Field__c]) =>
      record({ Kind__c, Object__c, Key_Field__c, Active__c: true, Mode__c: 'Copied', Create_Missing__c: true }),
    ),
  );
  org.metadata.set(
    own('SAP_Field_Mapping__mdt'),
    mappings.map(([Object__c, Field__c, Path__c, Owner__c = 'SAP']) =>
      record({ Object__c, Field__c, Path__c, Owner__c }),
    ),
  );
  return { own };
}

const mappings: [string, string, string, string?][] = [
  ['Product2', 'Name', 'name'],
  ['Product2', 'ProductCode', 'number'],
  ['Account', 'Name', 'name', 'Salesforce'],
  ['Account', 'Phone', 'phone', 'Salesforce'],
  ['Account', 'BillingStreet', 'address.street', 'Salesforce'],
  ['Account', 'BillingPostalCode', 'address.postalCode', 'Salesforce'],
  ['Account', 'BillingCity', 'address.city', 'Salesforce'],
  ['Account', 'BillingState', 'address.region', 'Salesforce'],
  ['Account', 'BillingCountry', 'address.country', 'Salesforce'],
  ['Account', 'SAP_Order_Block__c', 'blocks.order'],
  ['Account', 'SAP_Blocked__c', 'blocks.any'],
  ['Account', 'SAP_Credit_Limit__c', 'credit.limit'],
  ['Account', 'SAP_Next_Credit_Review__c', 'credit.nextReview'],
  ['Account', 'SAP_Risk_Class__c', 'credit.riskClass'],
  ['Contact', 'LastName', 'lastName', 'Salesforce'],
  ['Contact', 'AccountId', 'customer', 'Salesforce'],
  ['SAP_Order__c', 'Order_Number__c', 'number'],
  ['SAP_Order__c', 'Account__c', 'customer'],
  ['SAP_Order__c', 'Ship_To__c', 'shipTo'],
  ['SAP_Order__c', 'Net_Value__c', 'net'],
  ['SAP_Order__c', 'Currency_Code__c', 'currency'],
  ['SAP_Order__c', 'Purchase_Order__c', 'purchaseOrder'],
  ['SAP_Order__c', 'Order_Date__c', 'orderedOn'],
  ['SAP_Order_Item__c', 'Order__c', 'order'],
  ['SAP_Order_Item__c', 'Product__c', 'product'],
  ['SAP_Order_Item__c', 'Description__c', 'description'],
  ['SAP_Order_Item__c', 'Quantity__c', 'quantity'],
  ['SAP_Invoice__c', 'Account__c', 'customer'],
  ['SAP_Invoice__c', 'Order__c', 'order'],
  ['SAP_Invoice__c', 'Cancels__c', 'cancels'],
  ['SAP_Invoice__c', 'Invoice_Number__c', 'number'],
];
