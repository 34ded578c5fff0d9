/** INVOIC: a billing document with its items. Its amounts have no sign: what kind of document it is decides. */
import type { FieldValue, RecordChange, RecordFields } from '../../../model/index.ts';
import { compare, formatDecimal, zero } from '../../conversion/decimal.ts';
import { addDays } from '../../../timing/index.ts';
import {
  commonOrder,
  documentNumber,
  DocumentRecord,
  itemNumber,
  partnerIn,
  qualified,
  referenceOf,
  referToMaterial,
} from '../document-parts.ts';
import { qualifiedRules, readFields, rulesOf } from '../field-table.ts';
import { amount, code, currency, date, quantity, readFigure, readNumber, text, unit } from '../readers.ts';
import type { Scope } from '../readers.ts';
import { invalidValue } from '../record.ts';
import { rootsOf } from '../segment-tree.ts';
import type { SegmentNode } from '../segment-tree.ts';
import { changeOf, keyOf } from '../translation.ts';
import type { Translation } from '../translation.ts';
import type { Message } from './message.ts';

/** Of the billing document. */
export const invoiceRules = [
  ...rulesOf('E1EDK01', [
    ['CURCY', 'currency', currency],
    ['ZTERM', 'paymentTerms', code],
  ]),
  ...qualifiedRules('E1EDK03', 'IDDAT', [['026', 'DATUM', 'issuedOn', date]]),
  ...qualifiedRules('E1EDK02', 'QUALF', [['009', 'DATUM', 'issuedOn', date]]),
  ...qualifiedRules('E1EDS01', 'SUMID', [
    ['010', 'SUMME', 'net', amount],
    ['005', 'SUMME', 'tax', amount],
    ['011', 'SUMME', 'gross', amount],
  ]),
];

/** Of an item; its net value stands in one of these places. */
export const invoiceItemRules = [
  ...rulesOf('E1EDP01', [
    ['MENGE', 'quantity', quantity],
    ['MENEE', 'unit', unit],
  ]),
  ...qualifiedRules('E1EDP19', 'QUALF', [['002', 'KTEXT', 'description', text]]),
  ...qualifiedRules('E1EDP26', 'QUALF', [
    ['003', 'BETRG', 'net', amount],
    ['002', 'BETRG', 'net', amount],
  ]),
  ...rulesOf('E1EDP01', [['NETWR', 'net', amount]]),
];

export const invoices: Message = {
  names: ['INVOIC'],
  basicTypes: ['INVOIC01', 'INVOIC02'],
  isMaster: false,
  root: 'E1EDK01',
  always: [['E1EDK01', 'CURCY']],
  segments: [
    ...['E1EDK01', 'E1EDK02', 'E1EDK03', 'E1EDK14', 'E1EDK18', 'E1EDKA1', 'E1EDS01'],
    ...['E1EDP01', 'E1EDP02', 'E1EDP19', 'E1EDP26'],
  ],
  translate: invoiceChanges,
};

const partnerFields = { segment: 'E1EDKA1', role: 'PARVW', number: 'PARTN' };
/** SAP's own billing type of a debit memo; INVOIC itself does not tell it from an invoice. */
const debitMemo = 'L2';
/** T052 has three digits for them. */
const mostDays = 999;

function invoiceChanges(tree: readonly SegmentNode[], translation: Translation): RecordChange[] {
  const [head] = rootsOf(tree, 'E1EDK01');
  if (head === undefined) return [];
  const own = qualified(tree, 'E1EDK02', 'QUALF', '009') ?? head;
  const number = documentNumber(own, 'BELNR', head);
  const money = currency.read(head, 'CURCY', translation);
  const scope = { ...translation, currency: typeof money === 'string' ? money : null, isCredit: isCredit(head) };
  const items = tree.filter((it) => it.name === 'E1EDP01');
  const fields = readFields(tree, invoiceRules, scope);
  const cancelled = cancelledBy(tree);
  const record = new DocumentRecord(fields)
    .set('number', number)
    .set('isRemoved', false)
    .set('kind', kindOf(tree, scope.isCredit, cancelled !== undefined))
    .set('dueOn', dueOn(tree, fields))
    .refer('customer', partnerIn(tree, partnerFields, ['RE', 'AG', 'RG'], translation))
    .refer('order', commonOrder(items.map(orderOf), translation))
    .refer('cancels', cancelled === undefined ? null : keyOf(translation, 'invoice', cancelled));
  return [
    changeOf(translation, keyOf(translation, 'invoice', number), record.fields, { parents: record.parents }),
    ...items.map((it) => itemChange(it, number, { translation, scope })),
  ];
}

/** Invoices and debit memos (`INVO`) are owed by the customer, credit memos (`CRME`) to it. Any other word decides no sign. */
function isCredit(head: SegmentNode): boolean {
  const type = head.text('BSART');
  if (type !== 'INVO' && type !== 'CRME') throw invalidValue(head, 'BSART', 'kind of billing document (INVO or CRME)');
  return type === 'CRME';
}

function cancelledBy(tree: readonly SegmentNode[]): string | undefined {
  const node = qualified(tree, 'E1EDK02', 'QUALF', '017');
  return node === undefined ? undefined : readNumber(node.text('BELNR'), 10, node, 'BELNR') || undefined;
}

function kindOf(tree: readonly SegmentNode[], isCreditMemo: boolean, isCancellation: boolean): string {
  if (isCancellation) return 'cancellation';
  if (isCreditMemo) return 'credit-memo';
  return qualified(tree, 'E1EDK14', 'QUALF', '015')?.text('ORGID') === debitMemo ? 'debit-memo' : 'invoice';
}

/** The billing date and the days of the term without a discount; not said where one of them is missing. */
function dueOn(tree: readonly SegmentNode[], { issuedOn }: RecordFields): FieldValue | undefined {
  const net = tree.filter((it) => it.name === 'E1EDK18' && compare(readFigure(it, 'PRZNT') ?? zero, zero) === 0);
  const days = net.map((it) => readFigure(it, 'TAGE')).filter((it) => it !== null && it !== undefined);
  const most = Math.max(...days.map((it) => Number(formatDecimal(it))));
  if (!Number.isInteger(most) || most < 0 || typeof issuedOn !== 'string') return undefined;
  return addDays(issuedOn, Math.min(most, mostDays));
}

function orderOf(item: SegmentNode): readonly [string, string] | undefined {
  return referenceOf(qualified(item.children, 'E1EDP02', 'QUALF', '002'), ['BELNR', 'ZEILE']);
}

function itemChange(
  node: SegmentNode,
  invoice: string,
  { translation, scope }: { readonly translation: Translation; readonly scope: Scope },
): RecordChange {
  const number = itemNumber(node, 'POSEX');
  const of = orderOf(node);
  const fields = readFields([node, ...node.children], invoiceItemRules, scope);
  const record = new DocumentRecord({ ...fields, item: number, isRemoved: false })
    .set('currency', scope.currency)
    .refer('invoice', keyOf(translation, 'invoice', invoice))
    .refer('orderItem', of === undefined ? null : keyOf(translation, 'order-item', ...of));
  const supplied = qualified(node.children, 'E1EDP19', 'QUALF', '002');
  referToMaterial(record, supplied, 'IDTNR', translation);
  const key = keyOf(translation, 'invoice-item', invoice, number);
  return changeOf(translation, key, record.fields, { parents: record.parents });
}
