/** ORDRSP and ORDERS: a sales order with its items, as confirmed. */
import type { FieldValue, RecordChange } from '../../../model/index.ts';
import { zero } from '../../conversion/decimal.ts';
import {
  documentNumber,
  DocumentRecord,
  itemNumber,
  partnerIn,
  qualified,
  referToMaterial,
  sumOf,
} from '../document-parts.ts';
import { qualifiedRules, readFields, rulesOf } from '../field-table.ts';
import { amount, code, currency, date, quantity, readFigure, text, unit } from '../readers.ts';
import { rootsOf } from '../segment-tree.ts';
import type { SegmentNode } from '../segment-tree.ts';
import { changeOf, keyOf } from '../translation.ts';
import type { Translation } from '../translation.ts';
import type { Message } from './message.ts';

/** Of the order. */
export const orderRules = [
  ...qualifiedRules('E1EDK14', 'QUALF', [
    ['008', 'ORGID', 'salesOrganization', code],
    ['007', 'ORGID', 'distributionChannel', code],
    ['006', 'ORGID', 'division', code],
    ['012', 'ORGID', 'type', code],
  ]),
  ...rulesOf('E1EDK01', [
    ['BSART', 'type', code],
    ['CURCY', 'currency', currency],
    ['LIFSK', 'deliveryBlock', code],
  ]),
  ...qualifiedRules('E1EDK02', 'QUALF', [['001', 'BELNR', 'purchaseOrder', text]]),
  ...rulesOf('E1EDK01', [['BELNR', 'purchaseOrder', text]]),
  ...qualifiedRules('E1EDK03', 'IDDAT', [
    ['012', 'DATUM', 'orderedOn', date],
    ['002', 'DATUM', 'requestedOn', date],
  ]),
  ...qualifiedRules('E1EDK02', 'QUALF', [['002', 'DATUM', 'orderedOn', date]]),
  ...qualifiedRules('E1EDS01', 'SUMID', [['002', 'SUMME', 'net', amount]]),
];

/** Of an item. */
export const orderItemRules = [
  ...rulesOf('E1EDP01', [
    ['MENGE', 'quantity', quantity],
    ['MENEE', 'unit', unit],
    ['CURCY', 'currency', currency],
    ['NETWR', 'net', amount],
    ['ABGRU', 'rejection', code],
  ]),
  ...qualifiedRules('E1EDP19', 'QUALF', [['002', 'KTEXT', 'description', text]]),
];

export const orders: Message = {
  names: ['ORDRSP', 'ORDERS'],
  basicTypes: ['ORDERS01', 'ORDERS02', 'ORDERS03', 'ORDERS04', 'ORDERS05'],
  isMaster: false,
  root: 'E1EDK01',
  always: [['E1EDK01', 'CURCY']],
  segments: [
    'E1EDK01',
    'E1EDK02',
    'E1EDK03',
    'E1EDK14',
    'E1EDKA1',
    'E1EDP01',
    'E1EDP02',
    'E1EDP19',
    'E1EDP20',
    'E1EDS01',
  ],
  translate: orderChanges,
};

const partnerFields = { segment: 'E1EDKA1', role: 'PARVW', number: 'PARTN' };
/** ACTION of an item: deleted. */
const deleted = '002';

function orderChanges(tree: readonly SegmentNode[], translation: Translation): RecordChange[] {
  const [head] = rootsOf(tree, 'E1EDK01');
  if (head === undefined) return [];
  // The customer's own number stands in E1EDK01: SAP's is the supplier's.
  const number = documentNumber(qualified(tree, 'E1EDK02', 'QUALF', '002'), 'BELNR', head);
  const key = keyOf(translation, 'order', number);
  const currencyOfOrder = currency.read(head, 'CURCY', translation);
  const scope = { ...translation, currency: typeof currencyOfOrder === 'string' ? currencyOfOrder : null };
  const items = tree.filter((it) => it.name === 'E1EDP01');
  const record = new DocumentRecord(readFields(tree, orderRules, scope))
    .set('number', number)
    .set('isRemoved', false)
    .set(
      'confirmedOn',
      lastConfirmed(
        items.flatMap((it) => it.all('E1EDP20')),
        translation,
      ),
    )
    .refer('customer', partnerIn(tree, partnerFields, ['AG'], translation))
    .refer('shipTo', partnerIn(tree, partnerFields, ['WE'], translation));
  return [
    changeOf(translation, key, record.fields, { parents: record.parents }),
    ...items.map((it) => itemChange(it, number, scope)),
  ];
}

function itemChange(
  node: SegmentNode,
  order: string,
  scope: Translation & { readonly currency: string | null },
): RecordChange {
  const number = numberOfItem(node, order);
  const key = keyOf(scope, 'order-item', order, number);
  const parent = keyOf(scope, 'order', order);
  if (node.text('ACTION') === deleted) {
    const gone = new DocumentRecord({ item: number, isRemoved: true }).refer('order', parent);
    return changeOf(scope, key, gone.fields, { parents: gone.parents });
  }
  const own = currency.read(node, 'CURCY', scope) ?? scope.currency;
  const fields = readFields([node, ...node.children], orderItemRules, {
    ...scope,
    currency: typeof own === 'string' ? own : null,
  });
  const record = new DocumentRecord({ ...fields, item: number, isRemoved: false }).refer('order', parent);
  if (typeof own === 'string') record.set('currency', own);
  const supplied = qualified(node.children, 'E1EDP19', 'QUALF', '002');
  if (supplied === undefined) referToMaterial(record, node, 'MATNR', scope);
  else referToMaterial(record, supplied, 'IDTNR', scope);
  const lines = node.all('E1EDP20');
  if (lines.length > 0)
    record.set('confirmedQuantity', sumOf(lines, 'WMENG')).set('confirmedOn', lastConfirmed(lines, scope));
  return changeOf(scope, key, record.fields, { parents: record.parents });
}

/** POSEX may be the customer's own numbering; then the order's stands with its reference to this order. */
function numberOfItem(node: SegmentNode, order: string): string {
  const own = node
    .all('E1EDP02')
    .find((it) => it.text('QUALF') === '002' && it.text('ZEILE') !== '' && isOrder(it, order));
  return own === undefined ? itemNumber(node, 'POSEX') : itemNumber(own, 'ZEILE');
}

function isOrder(reference: SegmentNode, order: string): boolean {
  return reference.text('BELNR').padStart(10, '0') === order;
}

/** The latest day for which something is confirmed; null where nothing is. */
function lastConfirmed(lines: readonly SegmentNode[], translation: Translation): FieldValue | undefined {
  if (lines.length === 0) return undefined;
  const days = lines
    .filter((it) => (readFigure(it, 'WMENG') ?? zero).units > 0n)
    .map((it) => date.read(it, 'EDATU', translation))
    .filter((it) => typeof it === 'string');
  return days.toSorted().at(-1) ?? null;
}
