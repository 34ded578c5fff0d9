/** BAPI_BILLINGDOC_GETLIST (by reference document) and BAPI_BILLINGDOC_GETDETAIL (header only). */
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import type { OutputRow } from '../wire/encode.ts';
import { isCancelled } from './document-status.ts';
import type { FunctionCall } from './function-call.ts';
import { isInRanges, readRange, singleValues } from './ranges.ts';

function toDetail(call: FunctionCall, document: TableRow): OutputRow {
  return {
    BILLINGDOC: document.VBELN,
    BILL_TYPE: document.FKART,
    BILLCATEG: document.FKTYP,
    SD_DOC_CAT: document.VBTYP,
    CURRENCY: document.WAERK,
    SALESORG: document.VKORG,
    DISTR_CHAN: document.VTWEG,
    BILL_DATE: document.FKDAT,
    ACC_DOC_NO: document.BELNR,
    NET_VALUE: toReal(call.system.database, stored(document, 'NETWR'), document.WAERK ?? ''),
    PAYER: document.KUNRG,
    SOLD_TO: document.KUNAG,
    CANCELLED: isCancelled(call, document) ? 'X' : '',
  };
}

/** Items that refer to the document, as the billed delivery or as the order behind it. */
function billingItems(call: FunctionCall, reference: string): readonly TableRow[] {
  const rows = [...call.where('VBRP', ['VGBEL'], [reference]), ...call.where('VBRP', ['AUBEL'], [reference])];
  return [...new Set(rows)];
}

function selectItems(call: FunctionCall): readonly TableRow[] {
  const reference = call.structure('REFDOC').REF_DOC ?? '';
  if (reference !== '') return billingItems(call, reference);
  const row = call.structure('REFDOCRANGE');
  const ranges = Object.keys(row).length === 0 ? [] : [readRange(row)];
  const single = singleValues(ranges);
  if (single !== undefined) return single.flatMap((it) => billingItems(call, it));
  if (ranges.length === 0) return [];
  return [...call.table('VBRP').rows()].filter(
    (it) => isInRanges(it.VGBEL ?? '', ranges) || isInRanges(it.AUBEL ?? '', ranges),
  );
}

/** BAPI_BILLINGDOC_GETLIST. */
export function listBillingDocuments(call: FunctionCall): void {
  const seen = new Set<string>();
  for (const item of selectItems(call)) {
    const document = call.get('VBRK', { VBELN: item.VBELN });
    if (document === undefined || seen.has(item.VBELN ?? '')) continue;
    seen.add(item.VBELN ?? '');
    call.append('SUCCESS', { REF_DOC: item.VGBEL ?? item.AUBEL, BILLINGDOC: item.VBELN, REF_DOC_CA: document.VBTYP });
    call.append('BILLINGDOCUMENTDETAIL', toDetail(call, document));
  }
  if (seen.size === 0) call.return(call.message('W', 'VF', '070'));
}

/** BAPI_BILLINGDOC_GETDETAIL. */
export function readBillingDocument(call: FunctionCall): void {
  const number = call.value('BILLINGDOCUMENT');
  const document = call.get('VBRK', { VBELN: number });
  if (document === undefined) return call.return(call.message('E', 'VF', '063', number));
  call.setStructure('BILLINGDOCUMENTDETAIL', toDetail(call, document));
}
