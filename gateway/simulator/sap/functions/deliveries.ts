/** BAPI_DELIVERY_GETLIST: deliveries by ranges, with the blocks whose control flag is set. */
import type { TableRow } from '../tables/table.ts';
import { deliveryStatus } from './document-status.ts';
import type { FunctionCall } from './function-call.ts';
import { isInRanges, readRange, singleValues } from './ranges.ts';
import type { Range } from './ranges.ts';

const headerRanges: Readonly<Record<string, string>> = {
  IT_VBELN: 'VBELN',
  IT_KUNNR: 'KUNNR',
  IT_KUNAG: 'KUNAG',
  IT_LFDAT: 'LFDAT',
};

function ranges(call: FunctionCall, name: string): readonly Range[] {
  return call.tableInput(name).map(readRange);
}

/** Starts from the narrowest index there is, else from everything, as the real one does. */
function candidates(call: FunctionCall): Iterable<TableRow> {
  const deliveries = singleValues(ranges(call, 'IT_VBELN'));
  if (deliveries !== undefined) return existing(call, deliveries);
  const orders = singleValues(ranges(call, 'IT_VGBEL'));
  if (orders !== undefined) {
    const items = orders.flatMap((it) => call.where('LIPS', ['VGBEL'], [it]));
    return existing(call, [...new Set(items.map((it) => it.VBELN ?? ''))]);
  }
  return call.table('LIKP').rows();
}

function existing(call: FunctionCall, numbers: readonly string[]): TableRow[] {
  return numbers.map((VBELN) => call.get('LIKP', { VBELN })).filter((it) => it !== undefined);
}

function isSelected(call: FunctionCall, delivery: TableRow): boolean {
  for (const [table, field] of Object.entries(headerRanges)) {
    if (!isInRanges(delivery[field] ?? '', ranges(call, table))) return false;
  }
  if (!isInRanges(deliveryStatus(call, delivery).WBSTK ?? '', ranges(call, 'IT_WBSTK'))) return false;
  const byOrder = ranges(call, 'IT_VGBEL');
  if (byOrder.length === 0) return true;
  return call.where('LIPS', ['VBELN'], [delivery.VBELN ?? '']).some((it) => isInRanges(it.VGBEL ?? '', byOrder));
}

const headerFields = (
  'VBELN ERNAM ERDAT VSTEL VKORG LFART WADAT LDDAT TDDAT LFDAT KODAT INCO1 INCO2 ROUTE VBTYP LIFSK LPRIO VSBED KUNNR KUNAG ' +
  'BTGEW NTGEW GEWEI VOLUM VOLEH ANZPK BOLNR TRAID LIFEX WADAT_IST'
).split(' ');
const itemFields =
  'VBELN POSNR PSTYV MATNR MATKL WERKS LGORT CHARG LFIMG MEINS VRKME LGMNG NTGEW BRGEW GEWEI ARKTX VGBEL VGPOS UEPOS'.split(
    ' ',
  );

function pick(row: TableRow, fields: readonly string[]): TableRow {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

function appendDelivery(call: FunctionCall, delivery: TableRow): void {
  const control = call.structure('IS_DLV_DATA_CONTROL');
  const status = deliveryStatus(call, delivery);
  const items = call.where('LIPS', ['VBELN'], [delivery.VBELN ?? '']);
  call.append('ET_DELIVERY_HEADER', pick(delivery, headerFields));
  if (control.HEAD_STATUS === 'X') {
    call.append(
      'ET_DELIVERY_HEADER_STS',
      pick({ ...status, VBELN: delivery.VBELN }, [
        'VBELN',
        'LFSTK',
        'LFGSK',
        'WBSTK',
        'FKSTK',
        'GBSTK',
        'KOSTK',
        'CMGST',
      ]),
    );
  }
  if (control.HEAD_PARTNER === 'X') appendPartners(call, delivery);
  for (const item of items) {
    if (control.ITEM === 'X') call.append('ET_DELIVERY_ITEM', pick(item, itemFields));
    if (control.ITEM_STATUS === 'X') appendItemStatus(call, item, status);
    if (control.DOC_FLOW === 'X' && item.VGBEL !== undefined) {
      call.append('ET_DOCUMENT_FLOW', {
        VBELV: item.VGBEL,
        POSNV: item.VGPOS,
        VBELN: item.VBELN,
        POSNN: item.POSNR,
        VBTYP_N: 'J',
        VBTYP_V: 'C',
      });
    }
  }
}

function appendPartners(call: FunctionCall, delivery: TableRow): void {
  for (const partner of call.where('VBPA', ['VBELN'], [delivery.VBELN ?? ''])) {
    call.append('ET_DELIVERY_PARTNER', pick(partner, ['VBELN', 'POSNR', 'PARVW', 'KUNNR', 'LIFNR']));
  }
}

function appendItemStatus(call: FunctionCall, item: TableRow, header: TableRow): void {
  const { VBELN, POSNR } = item;
  const status = call.get('VBUP', { VBELN, POSNR }) ?? { WBSTA: header.WBSTK, KOSTA: header.KOSTK };
  call.append(
    'ET_DELIVERY_ITEM_STS',
    pick({ ...status, VBELN, POSNR }, ['VBELN', 'POSNR', 'WBSTA', 'FKSTA', 'GBSTA', 'KOSTA']),
  );
}

/** BAPI_DELIVERY_GETLIST. */
export function listDeliveries(call: FunctionCall): void {
  let found = 0;
  for (const delivery of candidates(call)) {
    if (!isSelected(call, delivery)) continue;
    appendDelivery(call, delivery);
    found += 1;
  }
  if (found === 0) call.return(call.message('W', 'VL', '559'));
}
