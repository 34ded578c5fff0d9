/** What the shipped customers ordered, received, were billed and owe. */
import { customers } from './customers.ts';
import type { CustomerWish } from './customers.ts';
import { toParty } from './master-data.ts';
import { addAccountingItem, addBillingDocument } from './billing.ts';
import { addOrder } from './orders.ts';
import type { SalesWorld } from './sales-world.ts';
import type { Material, OrderWish, Party, Shipment } from './wishes.ts';

function customer(number: string): CustomerWish {
  const found = customers.find((it) => it.number === number);
  if (found === undefined) throw new Error(`no customer ${number}`);
  return found;
}

/** Prices are per piece in the smallest unit of whatever the customer pays in. */
const catalogue = {
  coupling: { number: 'GW-1010', text: 'Mooring coupling M24' },
  winch: { number: 'GW-2040', text: 'Deck winch 4 t' },
  valve: { number: '000000000000004711', text: 'Ball valve DN 50' },
  pump: { number: 'GW-3300', text: 'Bilge pump 12 V' },
} as const;

function priced(key: keyof typeof catalogue, price: number): Material {
  return { ...catalogue[key], price };
}

const tracking = (index: number): string => `JD0146000${String(4711 + index * 37).padStart(6, '0')}`;

/** Delivered in full, billed the day after and paid, or not, so many days later. */
function delivered(pieces: readonly number[], day: number, index: number, paidAfter?: number): Shipment {
  return {
    day,
    quantities: pieces,
    isIssued: true,
    tracking: tracking(index),
    bill: { day: day + 1, ...(paidAfter === undefined ? {} : { paidAfter }) },
  };
}

/** Closed business of two years: one order a month, all paid. */
function addHistory(world: SalesWorld, party: Party): void {
  for (let month = 4; month < 22; month += 1) {
    const pieces = [4 + (month % 5), 10 + month];
    const items = [
      { material: priced('winch', 45_000), pieces: pieces[0] ?? 0 },
      { material: priced('valve', 3_950), pieces: pieces[1] ?? 0 },
    ];
    const day = -30 * month - 11;
    addOrder(world, party, {
      day,
      wantedIn: 10,
      items,
      reference: `NW-${2000 + month}`,
      shipments: [delivered(pieces, day + 9, month, 25 + (month % 7))],
    });
  }
}

/** Unpaid bills, one for each bucket of the ageing. */
function addOverdue(world: SalesWorld, party: Party): void {
  const bills: readonly (readonly [day: number, pieces: number])[] = [
    [-42, 20],
    [-78, 12],
    [-105, 9],
    [-150, 6],
  ];
  bills.forEach(([day, pieces], index) => {
    const items = [{ material: priced('pump', 18_900), pieces }];
    addOrder(world, party, {
      day: day - 8,
      wantedIn: 6,
      items,
      reference: `NW-31${index}0`,
      shipments: [delivered([pieces], day - 1, 40 + index)],
    });
  });
}

/** Orders in every state a panel knows. */
function addRunning(world: SalesWorld, party: Party): void {
  const winch = priced('winch', 45_000);
  const valve = priced('valve', 3_950);
  const coupling = priced('coupling', 12_500);
  // One a line, or nobody sees what tells them apart.
  // prettier-ignore
  const wishes: OrderWish[] = [
    { day: -28, wantedIn: 14, reference: 'NW-4100', items: [{ material: winch, pieces: 20 }, { material: valve, pieces: 100 }], confirmed: [12, 100], shipments: [{ day: -15, quantities: [8, 0], isIssued: true, tracking: tracking(50), bill: { day: -14 } }, { day: -7, quantities: [4, 60], isIssued: true, tracking: tracking(51) }] },
    { day: -21, wantedIn: 12, reference: 'NW-4101', items: [{ material: coupling, pieces: 40 }], shipments: [{ day: -9, quantities: [40], isIssued: true, tracking: tracking(52), bill: { day: -8 } }] },
    { day: -12, wantedIn: 9, reference: 'NW-4102', items: [{ material: valve, pieces: 250 }], shipments: [{ day: -2, quantities: [250], isIssued: true, tracking: tracking(53), bill: { day: -1, isPosted: false } }] },
    { day: -9, wantedIn: 10, reference: 'NW-4103', items: [{ material: winch, pieces: 6 }], shipments: [{ day: 1, quantities: [6], isIssued: false }] },
    { day: -6, wantedIn: 20, reference: 'NW-4104', items: [{ material: coupling, pieces: 160 }, { material: valve, pieces: 80, rejected: '50' }] },
    { day: -3, wantedIn: 15, reference: 'NW-4105', creditStatus: 'B', items: [{ material: winch, pieces: 60 }], confirmed: [0] },
    { day: -2, wantedIn: 30, reference: 'NW-4106', deliveryBlock: '03', items: [{ material: valve, pieces: 400 }], confirmed: [150] },
    { day: -1, wantedIn: 14, reference: 'Nordwind frame agreement 2026-11', creditStatus: 'D', items: [{ material: coupling, pieces: 100 }] },
    { day: -5, wantedIn: 30, reference: 'NW-Q77', type: 'AG', category: 'B', items: [{ material: winch, pieces: 15 }] },
  ];
  for (const wish of wishes) addOrder(world, party, wish);
}

/** A bill that was wrong, its cancellation, a credit memo, a payment on account, a guarantee. */
function addCorrections(world: SalesWorld, party: Party): void {
  const items = [{ material: priced('winch', 54_000), pieces: 4 }];
  const wrong: Shipment = {
    day: -62,
    quantities: [4],
    isIssued: true,
    tracking: tracking(60),
    bill: { day: -61, cancelledAfter: 4 },
  };
  addOrder(world, party, { day: -70, wantedIn: 8, items, reference: 'NW-3900', shipments: [wrong] });
  const net = 38_500;
  const memo = addBillingDocument(world, party, { net, day: -25, category: 'O', type: 'G2', isPosted: true });
  world.add('VBRP', {
    VBELN: memo,
    POSNR: '000010',
    FKIMG: '1.000',
    VRKME: 'ST',
    NETWR: '385.00',
    MATNR: catalogue.valve.number,
    ARKTX: 'Complaint: seals',
  });
  addAccountingItem(world, party, { billingDocument: memo, amount: -world.gross(party, net), day: -25 });
  addAccountingItem(world, party, {
    amount: -150_000,
    day: -10,
    type: 'DZ',
    text: 'Payment on account',
    terms: '0001',
  });
  addAccountingItem(world, party, { amount: 1_000_000, day: -90, special: 'G', type: 'DR', text: 'Guarantee' });
}

function addShowcase(world: SalesWorld): void {
  const nordwind = customer('0000104711');
  const party = toParty(nordwind);
  addHistory(world, party);
  addOverdue(world, party);
  addCorrections(world, party);
  addRunning(world, party);
  addOrder(world, toParty(nordwind, '20'), {
    day: -4,
    wantedIn: 5,
    items: [{ material: priced('valve', 4_200), pieces: 12 }],
    reference: 'WEB-88123',
  });
}

/** A handful of orders for everybody else; scale turns cents into yen, fils and the like. */
function addUsual(world: SalesWorld, number: string, scale: number, index: number): void {
  const party = toParty(customer(number));
  const price = (cents: number): number => Math.round(cents * scale);
  const pump = priced('pump', price(18_900));
  const valve = priced('valve', price(3_950));
  addOrder(world, party, {
    day: -120 - index,
    wantedIn: 10,
    items: [{ material: pump, pieces: 10 }],
    reference: `PO-${index}01`,
    shipments: [delivered([10], -111 - index, 70 + index, 33)],
  });
  addOrder(world, party, {
    day: -75 - index,
    wantedIn: 8,
    items: [
      { material: pump, pieces: 6 },
      { material: valve, pieces: 20 },
    ],
    reference: `PO-${index}02`,
    shipments: [delivered([6, 20], -66 - index, 80 + index)],
  });
  addOrder(world, party, {
    day: -18,
    wantedIn: 12,
    items: [{ material: valve, pieces: 60 }],
    reference: `PO-${index}03`,
    shipments: [{ day: -6, quantities: [30], isIssued: true, tracking: tracking(90 + index) }],
  });
  addOrder(world, party, { day: -3, wantedIn: 21, items: [{ material: pump, pieces: 8 }], reference: `PO-${index}04` });
}

/** Adds the documents of all customers but Svea Verktyg, who has none. */
export function addBusiness(world: SalesWorld): void {
  addShowcase(world);
  const scales: Readonly<Record<string, number>> = {
    '0000104712': 1.2,
    '0000104713': 1,
    '0000104714': 1.6,
    '0000104715': 3.3,
    '0000104716': 1.1,
    '0000104717': 0.8,
    '0000104718': 0.9,
    '0000104719': 0.5,
    '0000104720': 2,
    '0000104721': 3,
  };
  Object.entries(scales).forEach(([number, scale], index) => addUsual(world, number, scale, index + 1));
  const altmark = toParty(customer('0000104723'));
  addAccountingItem(world, altmark, { amount: 412_340, day: -380, text: 'Disputed' });
  const web = toParty(customer('WEB4711'));
  addOrder(world, web, {
    day: -6,
    wantedIn: 2,
    items: [{ material: priced('coupling', 12_500), pieces: 1 }],
    reference: 'SHOP-991',
    shipments: [delivered([1], -5, 99, 0)],
  });
}
