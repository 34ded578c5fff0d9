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

function invoiceFlow(call: FunctionCall, items: readonly TableRow[], reference: string, category: string): TableRow[] {
  return items.flatMap((item) => {
    const document = call.get('VBRK', { VBELN: item.VBELN });
    const row = {
      VBELV: reference,
      POSNV: item.VGPOS,
      VBTYP_V: category,
      VBELN: item.VBELN,
      POSNN: item.POSNR,
      VBTYP_N: document?.VBTYP ?? 'M',
      RFMNG: item.FKIMG,
      RFWRT: item.NETWR,
      ERDAT: document?.ERDAT,
    };
    // A cancellation follows from what it cancels, whatever its items refer to.
    return document?.SFAKN === undefined ? [row] : [{ ...row, VBELV: document.SFAKN, VBTYP_V: cancelledCategory(row) }];
  });
}

function cancelledCategory({ VBTYP_N }: TableRow): string {
  return VBTYP_N === 'S' ? 'O' : 'M';
}

/** Cancellations that name nothing but the document they cancel, each by a row without quantity. */
function cancellationFlow(call: FunctionCall, invoices: readonly TableRow[]): TableRow[] {
  const numbers = [...new Set(invoices.map((it) => it.VBELN ?? ''))];
  const known = new Set(numbers);
  return numbers.flatMap((number) =>
    call
      .where('VBRK', ['SFAKN'], [number])
      .filter((it) => !known.has(it.VBELN ?? ''))
      .map((it) => ({
        VBELV: number,
        VBTYP_V: it.VBTYP === 'S' ? 'O' : 'M',
        VBELN: it.VBELN,
        VBTYP_N: it.VBTYP ?? 'N',
        ERDAT: it.ERDAT,
      })),
  );
}

/** A delivery may hold items of several orders, so the item counts, where the bill names it. */
function itemsBilledFrom(call: FunctionCall, { VBELN = '', POSNR = '' }: TableRow): readonly TableRow[] {
  return [
    ...call.where('VBRP', ['VGBEL', 'VGPOS'], [VBELN, POSNR]),
    ...call.where('VBRP', ['VGBEL', 'VGPOS'], [VBELN, '']),
  ];
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
  const ofOrder = [...call.where('VBRP', ['VGBEL'], [order]), ...call.where('VBRP', ['AUBEL', 'VGBEL'], [order, ''])];
  const invoices = [
    ...invoiceFlow(call, ofOrder, order, category),
    ...deliveries.flatMap((it) => invoiceFlow(call, itemsBilledFrom(call, it), it.VBELN ?? '', 'J')),
  ];
  return [...toDelivery, ...invoices, ...cancellationFlow(call, invoices)];
}

/** Rows of VBFA that lead away from the document, all levels. */
export function documentFlow(call: FunctionCall, document: string): readonly TableRow[] {
  const stored = followStored(call, document);
  return stored.length > 0 ? stored : derive(call, document);
}
