/** Billing documents and the accounting items behind them. */
import { curr, days } from './sales-world.ts';
import type { SalesWorld } from './sales-world.ts';
import type { Party } from './wishes.ts';

const netDays: Readonly<Record<string, number>> = { '0001': 0, ZB14: 14, ZB30: 30, ZB45: 45, ZB60: 60 };

/** The cancelling document; both accounting items clear each other. */
export function addCancellation(
  world: SalesWorld,
  party: Party,
  cancelled: string,
  net: number,
  day: number,
  after: number,
): void {
  const number = addBillingDocument(world, party, {
    net,
    day: day + after,
    category: 'N',
    type: 'S1',
    isPosted: true,
    cancels: cancelled,
  });
  addAccountingItem(world, party, {
    billingDocument: cancelled,
    amount: world.gross(party, net),
    day,
    paidAfter: after,
  });
  addAccountingItem(world, party, {
    billingDocument: number,
    amount: -world.gross(party, net),
    day: day + after,
    paidAfter: 0,
  });
}

/** A billing document header. Returns its number. */
export function addBillingDocument(
  world: SalesWorld,
  party: Party,
  wish: {
    net: number;
    day: number;
    category: string;
    type: string;
    isPosted: boolean;
    isCancelled?: boolean;
    cancels?: string;
  },
): string {
  const number = world.number('billing', 90004711);
  world.add('VBRK', {
    VBELN: number,
    FKART: wish.type,
    FKTYP: 'L',
    VBTYP: wish.category,
    WAERK: party.company.currency,
    VKORG: party.company.key,
    VTWEG: party.channel,
    SPART: party.division,
    FKDAT: days(wish.day),
    BELNR: wish.isPosted ? number : '',
    GJAHR: wish.isPosted ? days(wish.day) : '',
    BUKRS: party.company.key,
    ZTERM: party.terms,
    NETWR: curr(wish.net),
    MWSBK: curr(world.gross(party, wish.net) - wish.net),
    KUNRG: party.payer,
    KUNAG: party.number,
    FKSTO: wish.isCancelled === true ? 'X' : '',
    SFAKN: wish.cancels ?? '',
    RFBSK: wish.isPosted ? 'C' : '',
    XBLNR: number,
    ERDAT: days(wish.day),
    KKBER: party.company.key,
    KNKLI: party.creditAccount,
  });
  if (!wish.isPosted) world.exposure(party.company.key, party.creditAccount).billing += world.gross(party, wish.net);
  return number;
}

/** An accounting item of the payer; a negative amount is a credit. */
export function addAccountingItem(
  world: SalesWorld,
  party: Party,
  wish: {
    billingDocument?: string;
    amount: number;
    day: number;
    paidAfter?: number | undefined;
    special?: string;
    type?: string;
    text?: string;
    terms?: string;
  },
): void {
  const number = wish.billingDocument ?? world.number('accounting', 1800000001);
  const isCredit = wish.amount < 0;
  const terms = wish.terms ?? party.terms;
  const amount = curr(Math.abs(wish.amount));
  const isPaid = wish.paidAfter !== undefined;
  world.add(isPaid ? 'BSAD' : 'BSID', {
    BUKRS: party.company.key,
    KUNNR: party.payer,
    UMSKZ: wish.special ?? '',
    AUGDT: isPaid ? days(wish.day + (wish.paidAfter ?? 0)) : '00000000',
    AUGBL: isPaid ? world.number('clearing', 1400000001) : '',
    ZUONR: number,
    GJAHR: days(wish.day),
    BELNR: number,
    BUZEI: '001',
    BUDAT: days(wish.day),
    BLDAT: days(wish.day),
    CPUDT: days(wish.day),
    WAERS: party.company.currency,
    XBLNR: number,
    BLART: wish.type ?? (wish.billingDocument === undefined ? 'DR' : 'RV'),
    BSCHL: isCredit ? '11' : '01',
    SHKZG: isCredit ? 'H' : 'S',
    DMBTR: amount,
    WRBTR: amount,
    SGTXT: wish.text ?? '',
    ZFBDT: days(wish.day),
    ZTERM: terms,
    ZBD1T: String(netDays[terms] ?? 30),
    VBELN: wish.billingDocument ?? '',
    KKBER: party.company.key,
  });
  if (isPaid) return;
  const exposure = world.exposure(party.company.key, party.creditAccount);
  if (wish.special === undefined) exposure.receivables += wish.amount;
  else exposure.special += wish.amount;
}
