/** DESADV, WHSORD and SHPORD: a delivery with its items. */
import type { RecordChange } from '../../../model/index.ts';
import {
  commonOrder,
  documentNumber,
  DocumentRecord,
  itemNumber,
  partnerIn,
  referenceOf,
  referToMaterial,
} from '../document-parts.ts';
import { qualifiedRules, readFields, rulesOf } from '../field-table.ts';
import { date, quantity, text, unit } from '../readers.ts';
import { rootsOf } from '../segment-tree.ts';
import type { SegmentNode } from '../segment-tree.ts';
import { changeOf, keyOf } from '../translation.ts';
import type { Translation } from '../translation.ts';
import type { Message } from './message.ts';

/** Of the delivery. */
export const deliveryRules = [
  ...rulesOf('E1EDL20', [
    ['TRAID', 'tracking', text],
    ['BOLNR', 'tracking', text],
    ['BTGEW', 'grossWeight', quantity],
    ['GEWEI', 'weightUnit', unit],
  ]),
  ...qualifiedRules('E1EDT13', 'QUALF', [
    ['006', 'NTANF', 'plannedOn', date],
    ['006', 'NTEND', 'plannedOn', date],
    ['006', 'ISDD', 'goodsIssuedOn', date],
    ['006', 'IEDD', 'goodsIssuedOn', date],
  ]),
];

/** Of an item. */
export const deliveryItemRules = rulesOf('E1EDL24', [
  ['ARKTX', 'description', text],
  ['LFIMG', 'quantity', quantity],
  ['VRKME', 'unit', unit],
  ['CHARG', 'batch', text],
]);

export const deliveries: Message = {
  names: ['DESADV', 'WHSORD', 'SHPORD'],
  basicTypes: ['DELVRY01', 'DELVRY02', 'DELVRY03', 'DELVRY04', 'DELVRY05', 'DELVRY06', 'DELVRY07'],
  isMaster: false,
  root: 'E1EDL20',
  always: [['E1EDL20', 'VBELN']],
  segments: ['E1EDL20', 'E1ADRM1', 'E1EDT13', 'E1EDL24', 'E1EDL43'],
  translate: (tree, translation) => rootsOf(tree, 'E1EDL20').flatMap((head) => deliveryChanges(head, translation)),
};

const partnerFields = { segment: 'E1ADRM1', role: 'PARTNER_Q', number: 'PARTNER_ID' };
/** E1EDL43: categories of sales documents that are delivered; `C` is an order, `H` a return. */
const orders: ReadonlySet<string> = new Set(['C', 'E', 'F', 'G', 'H', 'I', 'K', 'L']);

function deliveryChanges(head: SegmentNode, translation: Translation): RecordChange[] {
  const number = documentNumber(head, 'VBELN', head);
  const items = head.all('E1EDL24');
  const record = new DocumentRecord(readFields([head, ...head.children], deliveryRules, translation))
    .set('number', number)
    .set('isRemoved', false)
    .refer('customer', partnerIn(head.children, partnerFields, ['AG'], translation))
    .refer('shipTo', partnerIn(head.children, partnerFields, ['WE'], translation))
    .refer('order', commonOrder(items.map(orderOf), translation));
  return [
    changeOf(translation, keyOf(translation, 'delivery', number), record.fields, { parents: record.parents }),
    ...items.map((it) => itemChange(it, number, translation)),
  ];
}

function orderOf(item: SegmentNode): readonly [string, string] | undefined {
  return referenceOf(
    item.all('E1EDL43').find((it) => orders.has(it.text('QUALF'))),
    ['BELNR', 'POSNR'],
  );
}

function itemChange(node: SegmentNode, delivery: string, translation: Translation): RecordChange {
  const number = itemNumber(node, 'POSNR');
  const of = orderOf(node);
  const record = new DocumentRecord({
    ...readFields([node], deliveryItemRules, translation),
    item: number,
    isRemoved: false,
  })
    .refer('delivery', keyOf(translation, 'delivery', delivery))
    .refer('orderItem', of === undefined ? null : keyOf(translation, 'order-item', ...of));
  referToMaterial(record, node, 'MATNR', translation);
  const key = keyOf(translation, 'delivery-item', delivery, number);
  return changeOf(translation, key, record.fields, { parents: record.parents });
}
