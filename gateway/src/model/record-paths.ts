/** Every path that a change of each kind may have: what admins map, and what the reference of data ownership lists. */
import type { Facet, RecordKind } from './record-kinds.ts';

/**
 * `text`, `code` (a value of SAP's customizing), `decimal` (a plain decimal string; `currency` or `unit` names the path that has
 * it), `date`, `instant`, `boolean`; `reference`: the id of a record of the kind `to`.
 */
export type PathType = 'text' | 'code' | 'decimal' | 'date' | 'instant' | 'boolean' | 'reference';

export interface RecordPath {
  readonly path: string;
  readonly facet: Facet;
  readonly type: PathType;
  /** What it is, for admins. */
  readonly label: string;
  /** Of a reference. */
  readonly to?: RecordKind;
  /** Path of the currency or unit of a decimal. */
  readonly of?: string;
}

const master = (type: PathType, path: string, label: string, more: Partial<RecordPath> = {}): RecordPath => ({
  path,
  facet: 'master',
  type,
  label,
  ...more,
});
const reference = (path: string, to: RecordKind, label: string): RecordPath => master('reference', path, label, { to });

const removed = master('boolean', 'isRemoved', 'Deleted in SAP');
const address = (type: PathType, path: string, label: string): RecordPath =>
  master(type, path, label, { facet: 'address' });
const status = (type: PathType, path: string, label: string): RecordPath =>
  master(type, path, label, { facet: 'status' });
const credit = (type: PathType, path: string, label: string, more: Partial<RecordPath> = {}): RecordPath =>
  master(type, path, label, { facet: 'credit', ...more });

const salesArea: readonly RecordPath[] = [
  master('code', 'salesOrganization', 'Sales organization'),
  master('code', 'distributionChannel', 'Distribution channel'),
  master('code', 'division', 'Division'),
];

const item: readonly RecordPath[] = [
  master('text', 'item', 'Item'),
  reference('product', 'product', 'Material'),
  master('text', 'material', 'Material number'),
  master('text', 'description', 'Description'),
  master('decimal', 'quantity', 'Quantity', { of: 'unit' }),
  master('code', 'unit', 'Unit'),
  removed,
];

/** The paths of each kind. */
export const recordPaths: Readonly<Record<RecordKind, readonly RecordPath[]>> = {
  product: [
    master('text', 'number', 'Material number'),
    master('text', 'name', 'Description'),
    master('code', 'type', 'Material type'),
    master('code', 'group', 'Material group'),
    master('code', 'unit', 'Base unit'),
    master('text', 'ean', 'EAN'),
    master('decimal', 'grossWeight', 'Gross weight', { of: 'weightUnit' }),
    master('decimal', 'netWeight', 'Net weight', { of: 'weightUnit' }),
    master('code', 'weightUnit', 'Unit of weight'),
    master('code', 'division', 'Division'),
    master('text', 'hierarchy', 'Product hierarchy'),
    master('code', 'salesStatus', 'Status across sales'),
    removed,
  ],
  customer: [
    master('text', 'number', 'Customer number'),
    master('text', 'name', 'Name'),
    master('text', 'name2', 'Name 2'),
    master('code', 'accountGroup', 'Account group'),
    master('code', 'language', 'Language (ISO 639)'),
    address('text', 'phone', 'Telephone'),
    address('text', 'fax', 'Fax'),
    address('text', 'email', 'E-mail'),
    master('text', 'vatNumber', 'VAT number'),
    master('code', 'industry', 'Industry'),
    status('code', 'blocks.order', 'Central order block'),
    status('code', 'blocks.delivery', 'Central delivery block'),
    status('code', 'blocks.billing', 'Central billing block'),
    status('boolean', 'blocks.posting', 'Central posting block'),
    status('boolean', 'blocks.any', 'Any central block'),
    { ...removed, facet: 'status' },
    address('text', 'address.street', 'Street without house number'),
    address('text', 'address.houseNumber', 'House number'),
    address('text', 'address.postalCode', 'Postal code'),
    address('text', 'address.city', 'City'),
    address('text', 'address.district', 'District'),
    address('text', 'address.poBox', 'PO box'),
    address('code', 'address.region', 'Region'),
    address('code', 'address.country', 'Country (ISO 3166)'),
    credit('code', 'credit.controlArea', 'Credit control area'),
    credit('decimal', 'credit.limit', 'Credit limit', { of: 'credit.currency' }),
    credit('code', 'credit.currency', 'Currency of the credit limit'),
    credit('code', 'credit.riskClass', 'Risk class'),
    credit('boolean', 'credit.isBlocked', 'Blocked by credit management'),
    credit('date', 'credit.nextReview', 'Next credit review'),
    credit('decimal', 'credit.exposure', 'Credit exposure', { of: 'credit.currency' }),
    credit('decimal', 'credit.available', 'Credit left', { of: 'credit.currency' }),
    credit('decimal', 'credit.overdue', 'Overdue', { of: 'credit.currency' }),
  ],
  'sales-area': [
    reference('customer', 'customer', 'Customer'),
    ...salesArea,
    master('code', 'currency', 'Currency'),
    master('code', 'paymentTerms', 'Terms of payment'),
    master('code', 'incoterms', 'Incoterms'),
    master('text', 'incotermsPlace', 'Incoterms place'),
    master('code', 'customerGroup', 'Customer group'),
    master('code', 'salesOffice', 'Sales office'),
    master('code', 'priceList', 'Price list type'),
    master('code', 'shippingCondition', 'Shipping condition'),
    master('code', 'blocks.order', 'Order block'),
    master('code', 'blocks.delivery', 'Delivery block'),
    master('code', 'blocks.billing', 'Billing block'),
    removed,
  ],
  partner: [
    reference('customer', 'customer', 'Customer'),
    reference('partner', 'customer', 'Partner'),
    master('text', 'partnerNumber', 'Partner number, also of vendors and persons'),
    ...salesArea,
    master('code', 'function', 'Partner function'),
    master('code', 'role', 'Role: sold-to, ship-to, bill-to, payer or other'),
    master('boolean', 'isDefault', 'Default partner'),
    removed,
  ],
  contact: [
    reference('customer', 'customer', 'Customer'),
    master('text', 'number', 'Contact person number'),
    master('text', 'firstName', 'First name'),
    master('text', 'lastName', 'Last name'),
    master('text', 'phone', 'Telephone'),
    master('text', 'email', 'E-mail'),
    master('code', 'role', 'Function'),
    master('code', 'department', 'Department'),
    master('code', 'language', 'Language (ISO 639)'),
    removed,
  ],
  price: [
    reference('product', 'product', 'Material'),
    reference('customer', 'customer', 'Customer, of a price of one customer'),
    master('code', 'conditionType', 'Condition type'),
    ...salesArea,
    master('code', 'priceList', 'Price list type'),
    master('decimal', 'amount', 'Price', { of: 'currency' }),
    master('code', 'currency', 'Currency'),
    master('decimal', 'per', 'Price per', { of: 'unit' }),
    master('code', 'unit', 'Unit'),
    master('date', 'validFrom', 'Valid from'),
    master('date', 'validTo', 'Valid to'),
    removed,
  ],
  order: [
    reference('customer', 'customer', 'Sold-to'),
    reference('shipTo', 'customer', 'Ship-to'),
    master('text', 'number', 'Order number'),
    master('code', 'type', 'Order type'),
    master('text', 'purchaseOrder', 'Purchase order'),
    ...salesArea,
    master('date', 'orderedOn', 'Order date'),
    master('date', 'requestedOn', 'Requested delivery date'),
    master('date', 'confirmedOn', 'Last confirmed date'),
    master('decimal', 'net', 'Net value', { of: 'currency' }),
    master('code', 'currency', 'Currency'),
    master('code', 'deliveryBlock', 'Delivery block'),
    removed,
  ],
  'order-item': [
    reference('order', 'order', 'Order'),
    ...item,
    master('decimal', 'confirmedQuantity', 'Confirmed quantity', { of: 'unit' }),
    master('date', 'confirmedOn', 'Confirmed date'),
    master('decimal', 'net', 'Net value', { of: 'currency' }),
    master('code', 'currency', 'Currency'),
    master('code', 'rejection', 'Reason of rejection'),
  ],
  delivery: [
    reference('customer', 'customer', 'Sold-to'),
    reference('shipTo', 'customer', 'Ship-to'),
    reference('order', 'order', 'Order, where all items are of one'),
    master('text', 'number', 'Delivery number'),
    master('date', 'plannedOn', 'Planned goods issue'),
    master('date', 'goodsIssuedOn', 'Goods issued'),
    master('text', 'tracking', 'Tracking number'),
    master('decimal', 'grossWeight', 'Gross weight', { of: 'weightUnit' }),
    master('code', 'weightUnit', 'Unit of weight'),
    removed,
  ],
  'delivery-item': [
    reference('delivery', 'delivery', 'Delivery'),
    reference('orderItem', 'order-item', 'Order item'),
    ...item,
    master('text', 'batch', 'Batch'),
  ],
  invoice: [
    reference('customer', 'customer', 'Bill-to or sold-to'),
    reference('order', 'order', 'Order, where all items are of one'),
    master('text', 'number', 'Billing document'),
    master('code', 'kind', 'invoice, credit-memo, debit-memo or cancellation'),
    master('date', 'issuedOn', 'Billing date'),
    master('date', 'dueOn', 'Due date'),
    master('decimal', 'net', 'Net value', { of: 'currency' }),
    master('decimal', 'tax', 'Tax', { of: 'currency' }),
    master('decimal', 'gross', 'Gross value', { of: 'currency' }),
    master('code', 'currency', 'Currency'),
    master('code', 'paymentTerms', 'Terms of payment'),
    master('reference', 'cancels', 'Cancelled document', { to: 'invoice' }),
    master('date', 'clearedOn', 'Paid on', { facet: 'clearing' }),
    master('boolean', 'isPaid', 'Paid', { facet: 'clearing' }),
    removed,
  ],
  'invoice-item': [
    reference('invoice', 'invoice', 'Invoice'),
    reference('orderItem', 'order-item', 'Order item'),
    ...item,
    master('decimal', 'net', 'Net value', { of: 'currency' }),
    master('code', 'currency', 'Currency'),
  ],
  canary: [],
};
