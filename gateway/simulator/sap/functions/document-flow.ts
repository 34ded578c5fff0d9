/** The document flow of a sales document: VBFA, or what deliveries and invoices say they refer to. */
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** More levels than order, delivery, invoice, cancellation, accounting; a loop in the data ends here. */
const maxLevels = 8;

function followStored(call: FunctionCall, start: string): TableRow[] {
  const found = new Map<string, TableRow>();
  let documents = [start];
  for (let level = 0; level < maxLevels && documents.length > 0; level += 1) {
    const next = new Set<string>();
    for (const row of documents.flatMap((it) => call.where('VBFA', ['VBELV'], [it]))) {
      const key = call.table('VBFA').keyOf(row);
      if (found.has(key)) continue;
      found.set(key, row);
      next.add(row.VBELN ?? '');
    }
    documents = [...next];
  }
  return [...found.values()];
}

function invoiceFlow(call: FunctionCall, reference: string, category: string): TableRow[] {
  return call.where('VBRP', ['VGBEL'], [reference]).map((item) => ({
    VBELV: reference,
    POSNV: item.VGPOS,
    VBTYP_V: category,
    VBELN: item.VBELN,
    POSNN: item.POSNR,
    VBTYP_N: call.get('VBRK', { VBELN: item.VBELN })?.VBTYP ?? 'M',
    RFMNG: item.FKIMG,
    RFWRT: item.NETWR,
    ERDAT: call.get('VBRK', { VBELN: item.VBELN })?.ERDAT,
  }));
}

function derive(call: FunctionCall, order: string): TableRow[] {
  const deliveries = call.where('LIPS', ['VGBEL'], [order]);
  const category = call.get('VBAK', { VBELN: order })?.VBTYP ?? 'C';
  const toDelivery = deliveries.map((item) => ({
    VBELV: order,
    POSNV: item.VGPOS,
    VBTYP_V: category,
    VBELN: item.VBELN,
    POSNN: item.POSNR,
    VBTYP_N: 'J',
    RFMNG: item.LFIMG,
    ERDAT: call.get('LIKP', { VBELN: item.VBELN })?.ERDAT,
  }));
  const numbers = [...new Set(deliveries.map((it) => it.VBELN ?? ''))];
  return [...toDelivery, ...invoiceFlow(call, order, category), ...numbers.flatMap((it) => invoiceFlow(call, it, 'J'))];
}

/** Rows of VBFA that lead away from the document, all levels. */
export function documentFlow(call: FunctionCall, document: string): readonly TableRow[] {
  const stored = followStored(call, document);
  return stored.length > 0 ? stored : derive(call, document);
}
