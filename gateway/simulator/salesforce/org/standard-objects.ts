/** The standard objects the local org has, with the fields it uses and Salesforce's own lengths. */
import { field, fieldsByName, systemFields } from './object-definition.ts';
import type { FieldDefinition, ObjectDefinition } from './object-definition.ts';

const text = (name: string, label: string, length: number, more: Partial<FieldDefinition> = {}): FieldDefinition =>
  field(name, label, 'Text', { length, ...more });
const lookup = (name: string, label: string, referenceTo: string): FieldDefinition =>
  field(name, label, 'Lookup', { referenceTo });

const address = (prefix: string): FieldDefinition[] => [
  text(`${prefix}Street`, `${prefix} Street`, 255),
  text(`${prefix}PostalCode`, `${prefix} Zip/Postal Code`, 20),
  text(`${prefix}City`, `${prefix} City`, 40),
  text(`${prefix}State`, `${prefix} State/Province`, 80),
  text(`${prefix}Country`, `${prefix} Country`, 80),
  text(`${prefix}StateCode`, `${prefix} State/Province Code`, 10),
  text(`${prefix}CountryCode`, `${prefix} Country Code`, 10),
];

const account: readonly FieldDefinition[] = [
  text('Name', 'Account Name', 255, { isRequired: true }),
  text('Type', 'Type', 255),
  text('Industry', 'Industry', 255),
  text('AccountNumber', 'Account Number', 40),
  text('Phone', 'Phone', 40),
  text('Fax', 'Fax', 40),
  text('Website', 'Website', 255),
  field('Description', 'Description', 'LongTextArea', { length: 32000 }),
  field('AnnualRevenue', 'Annual Revenue', 'Currency', { precision: 18, scale: 0 }),
  field('NumberOfEmployees', 'Employees', 'Number', { precision: 8, scale: 0 }),
  lookup('ParentId', 'Parent Account', 'Account'),
  text('CurrencyIsoCode', 'Account Currency', 3),
  ...address('Billing'),
  ...address('Shipping'),
];

const contact: readonly FieldDefinition[] = [
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80, { isRequired: true }),
  text('Name', 'Name', 121, { isReadOnly: true }),
  text('Title', 'Title', 128),
  field('Email', 'Email', 'Email', { length: 80 }),
  text('Phone', 'Phone', 40),
  text('MobilePhone', 'Mobile', 40),
  text('Fax', 'Fax', 40),
  text('Department', 'Department', 80),
  text('CurrencyIsoCode', 'Contact Currency', 3),
  lookup('AccountId', 'Account Name', 'Account'),
  ...address('Mailing'),
];

const product: readonly FieldDefinition[] = [
  text('Name', 'Product Name', 255, { isRequired: true }),
  text('ProductCode', 'Product Code', 255),
  field('Description', 'Product Description', 'LongTextArea', { length: 4000 }),
  field('IsActive', 'Active', 'Checkbox', { defaultValue: 'false' }),
  text('Family', 'Product Family', 255),
  text('QuantityUnitOfMeasure', 'Quantity Unit Of Measure', 255),
  text('StockKeepingUnit', 'Product SKU', 180),
  text('CurrencyIsoCode', 'Product Currency', 3),
];

const priceBook: readonly FieldDefinition[] = [
  text('Name', 'Price Book Name', 255, { isRequired: true }),
  text('Description', 'Description', 255),
  field('IsActive', 'Active', 'Checkbox', { defaultValue: 'false' }),
  field('IsStandard', 'Is Standard Price Book', 'Checkbox', { isReadOnly: true }),
];

const priceBookEntry: readonly FieldDefinition[] = [
  field('Pricebook2Id', 'Price Book', 'Lookup', { referenceTo: 'Pricebook2', isRequired: true }),
  field('Product2Id', 'Product', 'Lookup', { referenceTo: 'Product2', isRequired: true }),
  field('UnitPrice', 'List Price', 'Currency', { precision: 18, scale: 2, isRequired: true }),
  field('IsActive', 'Active', 'Checkbox', { defaultValue: 'false' }),
  field('UseStandardPrice', 'Use Standard Price', 'Checkbox', { defaultValue: 'false' }),
  text('CurrencyIsoCode', 'Currency', 3),
  text('Name', 'Product Name', 255, { isReadOnly: true }),
];

const lead: readonly FieldDefinition[] = [
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80, { isRequired: true }),
  text('Name', 'Name', 121, { isReadOnly: true }),
  text('Company', 'Company', 255, { isRequired: true }),
  text('Status', 'Lead Status', 255, { defaultValue: 'Open - Not Contacted' }),
  text('Email', 'Email', 80),
  text('Phone', 'Phone', 40),
  text('Street', 'Street', 255),
  text('PostalCode', 'Zip/Postal Code', 20),
  text('City', 'City', 40),
  text('State', 'State/Province', 80),
  text('Country', 'Country', 80),
  text('StateCode', 'State/Province Code', 10),
  text('CountryCode', 'Country Code', 10),
  field('IsConverted', 'Converted', 'Checkbox', { isReadOnly: true }),
  field('ConvertedAccountId', 'Converted Account', 'Lookup', { isReadOnly: true, referenceTo: 'Account' }),
  field('ConvertedContactId', 'Converted Contact', 'Lookup', { isReadOnly: true, referenceTo: 'Contact' }),
];

const opportunity: readonly FieldDefinition[] = [
  text('Name', 'Opportunity Name', 120, { isRequired: true }),
  text('StageName', 'Stage', 255, { isRequired: true }),
  field('CloseDate', 'Close Date', 'Date', { isRequired: true }),
  field('Amount', 'Amount', 'Currency', { precision: 18, scale: 2 }),
  field('Probability', 'Probability (%)', 'Percent', { precision: 3, scale: 0 }),
  text('NextStep', 'Next Step', 255),
  lookup('AccountId', 'Account Name', 'Account'),
];

const serviceCase: readonly FieldDefinition[] = [
  field('CaseNumber', 'Case Number', 'AutoNumber', { isReadOnly: true, displayFormat: '{00001000}' }),
  text('Subject', 'Subject', 255),
  field('Description', 'Description', 'LongTextArea', { length: 32000 }),
  text('Status', 'Status', 255, { defaultValue: 'New' }),
  text('Priority', 'Priority', 255, { defaultValue: 'Medium' }),
  text('Origin', 'Case Origin', 255),
  lookup('AccountId', 'Account Name', 'Account'),
  lookup('ContactId', 'Contact Name', 'Contact'),
];

const user: readonly FieldDefinition[] = [
  text('Name', 'Full Name', 121, { isReadOnly: true }),
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80, { isRequired: true }),
  text('Username', 'Username', 80, { isRequired: true, isUnique: true }),
  text('Email', 'Email', 128),
  text('Title', 'Title', 80),
  text('LanguageLocaleKey', 'Language', 10),
  field('IsActive', 'Active', 'Checkbox', { defaultValue: 'true' }),
];

const define = (
  name: string,
  pluralLabel: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
): ObjectDefinition => ({
  name,
  label: name,
  pluralLabel,
  keyPrefix,
  fields: fieldsByName([...systemFields, ...fields]),
});

/** Without the package's own fields, which its metadata adds. */
export const standardObjects: readonly ObjectDefinition[] = [
  define('Account', 'Accounts', '001', account),
  define('Contact', 'Contacts', '003', contact),
  define('User', 'Users', '005', user),
  define('Product2', 'Products', '01t', product),
  define('Pricebook2', 'Price Books', '01s', priceBook),
  define('PricebookEntry', 'Price Book Entries', '01u', priceBookEntry),
  define('Opportunity', 'Opportunities', '006', opportunity),
  define('Lead', 'Leads', '00Q', lead),
  define('Case', 'Cases', '500', serviceCase),
];
