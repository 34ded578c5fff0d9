/** All rules by message and kind of record, for people: what is read from which field, and what takes more than one. */
import type { RecordKind } from '../../../src/model/index.ts';
import {
  addressFields,
  areaFields,
  contactFields,
  creditFields,
  generalFields,
  partnerFields,
  statusFields,
} from '../../../src/sap/changes/customer-tables.ts';
import { rulesOf } from '../../../src/sap/changes/field-table.ts';
import type { FieldRule } from '../../../src/sap/changes/field-table.ts';
import { materialFields } from '../../../src/sap/changes/material-changes.ts';
import { addressRules, faxRules, mailRules } from '../../../src/sap/changes/messages/adrmas.ts';
import { keyRules, priceRules, validityRules } from '../../../src/sap/changes/messages/cond-a.ts';
import { deliveryItemRules, deliveryRules } from '../../../src/sap/changes/messages/deliveries.ts';
import { invoiceItemRules, invoiceRules } from '../../../src/sap/changes/messages/invoices.ts';
import { orderItemRules, orderRules } from '../../../src/sap/changes/messages/orders.ts';

/** A path that no single field fills. */
export interface ComposedPath {
  readonly path: string;
  readonly from: string;
}

export interface DocumentedRules {
  /** `DEBMAS`. */
  readonly message: string;
  readonly kind: RecordKind;
  readonly rules: readonly FieldRule[];
  readonly composed: readonly ComposedPath[];
}

const composed = (paths: Readonly<Record<string, string>>): readonly ComposedPath[] =>
  Object.entries(paths).map(([path, from]) => ({ path, from }));

const ofItem = {
  item: 'the item number, six digits',
  isRemoved: 'never: items come with their document',
};

/** In the order of the documentation. */
export const documentedRules: readonly DocumentedRules[] = [
  {
    message: 'DEBMAS',
    kind: 'customer',
    rules: [
      ...rulesOf('E1KNA1M', [...generalFields, ...statusFields, ...addressFields]),
      ...rulesOf('E1KNKKM', creditFields),
    ],
    composed: composed({
      'blocks.any': '`E1KNA1M` `AUFSD`, `LIFSD`, `FAKSD`, `SPERR` or `CASSD` is set',
      'address.street': '`E1KNA1M` `STRAS` without the house number, where it is certain which part that is',
      'address.houseNumber': 'the same',
      'credit.limit': '`E1KNKKM` `KLIMK`, where the currency of the credit control area is known (`T014`)',
      'credit.currency': '`T014-WAERS` of `E1KNKKM` `KKBER`',
    }),
  },
  {
    message: 'DEBMAS',
    kind: 'sales-area',
    rules: rulesOf('E1KNVVM', areaFields),
    composed: composed({ customer: '`E1KNA1M` `KUNNR`' }),
  },
  {
    message: 'DEBMAS',
    kind: 'partner',
    rules: [...rulesOf('E1KNVPM', partnerFields), ...rulesOf('E1KNVVM', areaFields.slice(0, 3))],
    composed: composed({
      customer: '`E1KNA1M` `KUNNR`',
      partner: '`E1KNVPM` `KUNN2` of the functions AG, WE, RE and RG: of others it may be no customer',
      partnerNumber: '`E1KNVPM` `KUNN2`',
      role: '`E1KNVPM` `PARVW`: AG sold-to, WE ship-to, RE bill-to, RG payer',
      isRemoved: '`E1KNVPM` `MSGFN` 003',
    }),
  },
  {
    message: 'DEBMAS',
    kind: 'contact',
    rules: rulesOf('E1KNVKM', contactFields),
    composed: composed({ customer: '`E1KNA1M` `KUNNR`', isRemoved: '`E1KNVKM` `MSGFN` 003' }),
  },
  {
    message: 'ADRMAS',
    kind: 'customer',
    rules: [...addressRules, ...faxRules, ...mailRules],
    composed: composed({ phone: '`E1BPADTEL` `TELEPHONE`, with `EXTENSION` behind a dash' }),
  },
  {
    message: 'MATMAS',
    kind: 'product',
    rules: rulesOf('E1MARAM', materialFields),
    composed: composed({ name: "`E1MAKTM` `MAKTX` in the agent's language, else in English, else the first" }),
  },
  { message: 'COND_A', kind: 'price', rules: [...keyRules, ...validityRules, ...priceRules], composed: [] },
  {
    message: 'ORDRSP, ORDERS',
    kind: 'order',
    rules: orderRules,
    composed: composed({
      number: '`E1EDK02` `BELNR` where `QUALF` is 002',
      customer: '`E1EDKA1` `PARTN` of AG',
      shipTo: '`E1EDKA1` `PARTN` of WE',
      confirmedOn: 'the last `E1EDP20` `EDATU` with a quantity, of all items',
      isRemoved: 'never',
    }),
  },
  {
    message: 'ORDRSP, ORDERS',
    kind: 'order-item',
    rules: orderItemRules,
    composed: composed({
      ...ofItem,
      item: '`E1EDP02` `ZEILE` where `QUALF` is 002 and `BELNR` is this order, else `E1EDP01` `POSEX`',
      isRemoved: '`E1EDP01` `ACTION` 002',
      order: 'the order',
      product: '`E1EDP19` `IDTNR` where `QUALF` is 002, else `E1EDP01` `MATNR`',
      material: 'the same',
      confirmedQuantity: 'the sum of `E1EDP20` `WMENG`',
      confirmedOn: 'the last `E1EDP20` `EDATU` with a quantity',
    }),
  },
  {
    message: 'DESADV, WHSORD, SHPORD',
    kind: 'delivery',
    rules: deliveryRules,
    composed: composed({
      number: '`E1EDL20` `VBELN`',
      customer: '`E1ADRM1` `PARTNER_ID` of AG',
      shipTo: '`E1ADRM1` `PARTNER_ID` of WE',
      order:
        '`E1EDL43` `BELNR` where `QUALF` is C (or another category of sales documents), if it is the same for all items',
      isRemoved: 'never',
    }),
  },
  {
    message: 'DESADV, WHSORD, SHPORD',
    kind: 'delivery-item',
    rules: deliveryItemRules,
    composed: composed({
      ...ofItem,
      delivery: 'the delivery',
      orderItem: '`E1EDL43` `BELNR` and `POSNR` where `QUALF` is C (or another category of sales documents)',
      product: '`E1EDL24` `MATNR`',
      material: 'the same',
    }),
  },
  {
    message: 'INVOIC',
    kind: 'invoice',
    rules: invoiceRules,
    composed: composed({
      number: '`E1EDK02` `BELNR` where `QUALF` is 009, else `E1EDK01` `BELNR`',
      kind: 'cancellation with `E1EDK02` 017; credit-memo with `E1EDK01` `BSART` CRME; debit-memo with billing type L2; else invoice',
      customer: '`E1EDKA1` `PARTN` of RE, else AG, else RG',
      order: '`E1EDP02` `BELNR` where `QUALF` is 002, if it is the same for all items',
      dueOn: 'the billing date and the most `E1EDK18` `TAGE` that have no discount',
      cancels: '`E1EDK02` `BELNR` where `QUALF` is 017',
      isRemoved: 'never',
    }),
  },
  {
    message: 'INVOIC',
    kind: 'invoice-item',
    rules: invoiceItemRules,
    composed: composed({
      ...ofItem,
      item: '`E1EDP01` `POSEX`',
      invoice: 'the invoice',
      currency: '`E1EDK01` `CURCY`',
      orderItem: '`E1EDP02` `BELNR` and `ZEILE` where `QUALF` is 002',
      product: '`E1EDP19` `IDTNR` where `QUALF` is 002',
      material: 'the same',
    }),
  },
];
