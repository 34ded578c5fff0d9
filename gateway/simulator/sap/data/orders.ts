/** Sales orders with their items, schedule lines and statuses. */
import { curr, days, quantity } from './sales-world.ts';
import type { SalesWorld } from './sales-world.ts';
import { addShipment } from './shipping.ts';
import type { DataRow, OrderWish, Party, Shipment } from './wishes.ts';

/** An order with all that followed from it. Returns its number. */
export function addOrder(world: SalesWorld, party: Party, wish: OrderWish): string {
  const order = world.number('order', 4500);
  const net = wish.items.reduce((sum, it) => sum + it.material.price * it.pieces, 0);
  addHeader(world, party, wish, order, net);
  wish.items.forEach((_item, index) => addItem(world, party, wish, order, index));
  for (const shipment of wish.shipments ?? []) addShipment(world, party, wish, order, shipment);
  if ((wish.category ?? 'C') === 'C') addHeaderStatus(world, wish, order);
  return order;
}

function addHeader(world: SalesWorld, party: Party, wish: OrderWish, order: string, net: number): void {
  const { company } = party;
  world.add('VBAK', {
    VBELN: order,
    ERDAT: days(wish.day),
    ERZET: '093000',
    ERNAM: 'MEYER',
    AUDAT: days(wish.day),
    VBTYP: wish.category ?? 'C',
    TRVOG: wish.category === 'B' ? '2' : '0',
    AUART: wish.type ?? 'TA',
    LIFSK: wish.deliveryBlock ?? '',
    FAKSK: wish.billingBlock ?? '',
    NETWR: curr(net),
    WAERK: company.currency,
    VKORG: company.key,
    VTWEG: party.channel,
    SPART: party.division,
    VDATU: days(wish.day + wish.wantedIn),
    BSTNK: wish.reference.slice(0, 20),
    KUNNR: party.number,
    KKBER: company.key,
    KNKLI: party.creditAccount,
    CMWAE: company.currency,
  });
  world.add('VBKD', {
    VBELN: order,
    POSNR: '000000',
    BSTKD: wish.reference,
    ZTERM: party.terms,
    INCO1: 'DAP',
    INCO2: 'Free destination',
  });
  const partners = { AG: party.number, RE: party.payer, RG: party.payer, WE: party.shipTo };
  for (const [PARVW, KUNNR] of Object.entries(partners))
    world.add('VBPA', { VBELN: order, POSNR: '000000', PARVW, KUNNR });
}

function addItem(world: SalesWorld, party: Party, wish: OrderWish, order: string, index: number): void {
  const item = wish.items[index];
  if (item === undefined) return;
  const POSNR = String((index + 1) * 10).padStart(6, '0');
  const net = item.material.price * item.pieces;
  const shipped = (wish.shipments ?? []).reduce((sum, it) => sum + (it.quantities[index] ?? 0), 0);
  world.add('VBAP', {
    VBELN: order,
    POSNR,
    MATNR: item.material.number,
    ARKTX: item.material.text,
    PSTYV: 'TAN',
    ABGRU: item.rejected ?? '',
    KWMENG: quantity(item.pieces),
    VRKME: 'ST',
    MEINS: 'ST',
    NETPR: curr(item.material.price),
    KPEIN: '1',
    KMEIN: 'ST',
    NETWR: curr(net),
    WAERK: party.company.currency,
    MWSBP: curr(world.gross(party, net) - net),
    WERKS: party.company.key,
    VSTEL: party.company.key,
    ERDAT: days(wish.day),
  });
  addSchedules(world, wish, order, POSNR, index, item.pieces);
  addItemStatus(world, wish, order, POSNR, index, item.pieces);
  if ((wish.category ?? 'C') !== 'C' || item.rejected !== undefined) return;
  const open = item.material.price * (item.pieces - shipped);
  world.exposure(party.company.key, party.creditAccount).orders += world.gross(party, open);
}

/** What stock cannot confirm at once comes on a second line two weeks later. */
function addSchedules(
  world: SalesWorld,
  wish: OrderWish,
  order: string,
  POSNR: string,
  index: number,
  pieces: number,
): void {
  const confirmed = wish.confirmed?.[index] ?? pieces;
  const line = (ETENR: string, wanted: number, given: number, day: number): DataRow => ({
    VBELN: order,
    POSNR,
    ETENR,
    ETTYP: 'CP',
    EDATU: days(day),
    WMENG: quantity(wanted),
    BMENG: quantity(given),
    VRKME: 'ST',
    WADAT: days(day - 1),
    MBDAT: days(day - 3),
  });
  const first = wish.day + wish.wantedIn;
  world.add('VBEP', line('0001', pieces, confirmed, first));
  if (confirmed < pieces && confirmed > 0) world.add('VBEP', line('0002', 0, pieces - confirmed, first + 14));
}

function addItemStatus(
  world: SalesWorld,
  wish: OrderWish,
  order: string,
  POSNR: string,
  index: number,
  pieces: number,
): void {
  const shipments = wish.shipments ?? [];
  const sum = (chosen: readonly Shipment[]): number =>
    chosen.reduce((total, it) => total + (it.quantities[index] ?? 0), 0);
  const state = (done: number): string => (done === 0 ? 'A' : done < pieces ? 'B' : 'C');
  const rejected = wish.items[index]?.rejected !== undefined;
  const LFSTA = rejected ? 'C' : state(sum(shipments));
  const FKSAA = rejected
    ? 'C'
    : state(sum(shipments.filter((it) => it.bill !== undefined && it.bill.cancelledAfter === undefined)));
  const GBSTA = LFSTA === 'C' && FKSAA === 'C' ? 'C' : LFSTA === 'A' && FKSAA === 'A' ? 'A' : 'B';
  world.add('VBUP', {
    VBELN: order,
    POSNR,
    LFSTA,
    LFGSA: LFSTA,
    FKSAA,
    WBSTA: '',
    ABSTA: rejected ? 'C' : 'A',
    GBSTA,
  });
}

function addHeaderStatus(world: SalesWorld, wish: OrderWish, order: string): void {
  const items = (world.tables.get('VBUP') ?? []).filter((it) => it['VBELN'] === order);
  const all = (field: string): string => {
    const values = items.map((it) => it[field]);
    if (values.every((it) => it === 'C')) return 'C';
    return values.every((it) => it === 'A') ? 'A' : 'B';
  };
  world.add('VBUK', {
    VBELN: order,
    VBTYP: 'C',
    LFSTK: all('LFSTA'),
    LFGSK: all('LFGSA'),
    FKSAK: all('FKSAA'),
    ABSTK: all('ABSTA'),
    GBSTK: all('GBSTA'),
    CMGST: wish.creditStatus ?? 'A',
    CMPSB: wish.creditStatus === 'B' || wish.creditStatus === 'C' ? 'B' : 'A',
    UVALL: 'C',
  });
}
