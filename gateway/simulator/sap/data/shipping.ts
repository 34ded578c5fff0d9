/** Deliveries of an order, and the bill of each. */
import { addAccountingItem, addBillingDocument, addCancellation } from './billing.ts';
import { curr, days, quantity } from './sales-world.ts';
import type { SalesWorld } from './sales-world.ts';
import type { Billing, Material, OrderWish, Party, Shipment } from './wishes.ts';

interface Part {
  readonly POSNR: string;
  readonly material: Material;
  readonly pieces: number;
  readonly net: number;
}

function partsOf(wish: OrderWish, shipment: Shipment): Part[] {
  return wish.items.flatMap(({ material }, index) => {
    const pieces = shipment.quantities[index] ?? 0;
    return pieces === 0
      ? []
      : [{ POSNR: String((index + 1) * 10).padStart(6, '0'), material, pieces, net: material.price * pieces }];
  });
}

function addDeliveryHeader(world: SalesWorld, party: Party, delivery: string, shipment: Shipment): void {
  const { company } = party;
  world.add('LIKP', {
    VBELN: delivery,
    LFART: 'LF',
    VBTYP: 'J',
    VSTEL: company.key,
    VKORG: company.key,
    KUNNR: party.shipTo,
    KUNAG: party.number,
    ERDAT: days(shipment.day - 1),
    ERNAM: 'KRUEGER',
    LFDAT: days(shipment.day + 1),
    WADAT: days(shipment.day),
    WADAT_IST: shipment.isIssued ? days(shipment.day) : '00000000',
    ROUTE: 'R00010',
    BTGEW: quantity(120),
    GEWEI: 'KG',
    ANZPK: '2',
    BOLNR: shipment.tracking ?? '',
  });
}

function addDeliveryItem(
  world: SalesWorld,
  party: Party,
  order: string,
  delivery: string,
  shipment: Shipment,
  part: Part,
): void {
  const { company } = party;
  world.add('LIPS', {
    VBELN: delivery,
    POSNR: part.POSNR,
    PSTYV: 'TAN',
    MATNR: part.material.number,
    ARKTX: part.material.text,
    LFIMG: quantity(part.pieces),
    LGMNG: quantity(part.pieces),
    VRKME: 'ST',
    MEINS: 'ST',
    WERKS: company.key,
    VGBEL: order,
    VGPOS: part.POSNR,
  });
  world.add('VBFA', {
    VBELV: order,
    POSNV: part.POSNR,
    VBTYP_V: 'C',
    VBELN: delivery,
    POSNN: part.POSNR,
    VBTYP_N: 'J',
    RFMNG: quantity(part.pieces),
    RFWRT: curr(part.net),
    ERDAT: days(shipment.day - 1),
  });
}

/** A delivery with its items, flow and bill. */
export function addShipment(world: SalesWorld, party: Party, wish: OrderWish, order: string, shipment: Shipment): void {
  const delivery = world.number('delivery', 80004711);
  addDeliveryHeader(world, party, delivery, shipment);
  const status = shipment.isIssued ? 'C' : 'A';
  const billed = shipment.bill !== undefined && shipment.bill.cancelledAfter === undefined ? 'C' : 'A';
  world.add('VBUK', {
    VBELN: delivery,
    VBTYP: 'J',
    WBSTK: status,
    KOSTK: status,
    FKSTK: billed,
    GBSTK: billed === 'C' ? 'C' : 'B',
  });
  const parts = partsOf(wish, shipment);
  for (const part of parts) addDeliveryItem(world, party, order, delivery, shipment, part);
  if (shipment.bill !== undefined) addBill(world, party, wish, order, delivery, shipment, shipment.bill);
  if (billed === 'A')
    world.exposure(party.company.key, party.creditAccount).deliveries += world.gross(
      party,
      parts.reduce((sum, it) => sum + it.net, 0),
    );
}

function addBill(
  world: SalesWorld,
  party: Party,
  wish: OrderWish,
  order: string,
  delivery: string,
  shipment: Shipment,
  bill: Billing,
): void {
  const parts = partsOf(wish, shipment);
  const net = parts.reduce((sum, it) => sum + it.net, 0);
  const isPosted = bill.isPosted !== false;
  const number = addBillingDocument(world, party, {
    net,
    day: bill.day,
    category: 'M',
    type: 'F2',
    isPosted,
    isCancelled: bill.cancelledAfter !== undefined,
  });
  for (const { POSNR, material, pieces, net: itemNet } of parts) {
    world.add('VBRP', {
      VBELN: number,
      POSNR,
      FKIMG: quantity(pieces),
      VRKME: 'ST',
      NETWR: curr(itemNet),
      MATNR: material.number,
      ARKTX: material.text,
      VGBEL: delivery,
      VGPOS: POSNR,
      AUBEL: order,
      AUPOS: POSNR,
    });
    world.add('VBFA', {
      VBELV: delivery,
      POSNV: POSNR,
      VBTYP_V: 'J',
      VBELN: number,
      POSNN: POSNR,
      VBTYP_N: 'M',
      RFMNG: quantity(pieces),
      RFWRT: curr(itemNet),
      ERDAT: days(bill.day),
    });
  }
  if (bill.cancelledAfter !== undefined) addCancellation(world, party, number, net, bill.day, bill.cancelledAfter);
  else if (isPosted)
    addAccountingItem(world, party, {
      billingDocument: number,
      amount: world.gross(party, net),
      day: bill.day,
      paidAfter: bill.paidAfter,
    });
}
