/** Builds consistent SAP tables from a few words per customer and order; both data sets are made with it. */

/** A date relative to the day the simulator starts. */
export interface RelativeDate {
  readonly days: number;
}
export type DataRow = Record<string, string | RelativeDate>;

/** One company code with its sales organization and credit control area; all three have the same key. */
export interface Company {
  readonly key: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  /** Percent; only domestic customers pay it. */
  readonly taxPercent: number;
}

export interface Party {
  readonly number: string;
  readonly country: string;
  readonly company: Company;
  readonly terms: string;
  readonly channel: string;
  readonly division: string;
  readonly creditAccount: string;
  readonly shipTo: string;
  readonly payer: string;
}

export interface Material {
  readonly number: string;
  readonly text: string;
  /** Net price of one piece in the smallest unit of the currency. */
  readonly price: number;
}

export interface Shipment {
  readonly day: number;
  /** Pieces per item, in the order of the items. */
  readonly quantities: readonly number[];
  readonly isIssued: boolean;
  readonly tracking?: string;
  readonly bill?: Billing;
}

export interface Billing {
  readonly day: number;
  /** Days after the bill; unpaid unless given. */
  readonly paidAfter?: number;
  /** False: billed in sales, not yet in accounting. */
  readonly isPosted?: boolean;
  /** Cancelled so many days later. */
  readonly cancelledAfter?: number;
}

export interface OrderWish {
  readonly day: number;
  readonly wantedIn: number;
  readonly items: readonly { readonly material: Material; readonly pieces: number; readonly rejected?: string }[];
  readonly shipments?: readonly Shipment[];
  readonly reference: string;
  readonly creditStatus?: string;
  readonly deliveryBlock?: string;
  readonly billingBlock?: string;
  /** Pieces confirmed; everything unless given. */
  readonly confirmed?: readonly number[];
  readonly type?: string;
  readonly category?: string;
}

const netDays: Readonly<Record<string, number>> = { '0001': 0, ZB14: 14, ZB30: 30, ZB45: 45, ZB60: 60 };

/** An amount in the smallest unit, as a CURR field keeps it: always two decimals, so JPY 1000 is 10.00. */
export function curr(minorUnits: number): string {
  const digits = Math.abs(minorUnits).toString().padStart(3, '0');
  return `${minorUnits < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const quantity = (pieces: number): string => `${pieces}.000`;
const days = (offset: number): RelativeDate => ({ days: offset });

interface Exposure {
  orders: number;
  deliveries: number;
  billing: number;
  receivables: number;
  special: number;
}

export class SalesWorld {
  readonly tables = new Map<string, DataRow[]>();
  readonly #exposures = new Map<string, Exposure>();
  readonly #counters = new Map<string, number>();

  add(table: string, row: DataRow): void {
    const rows = this.tables.get(table);
    if (rows === undefined) this.tables.set(table, [row]);
    else rows.push(row);
  }

  /** Exposure of a credit account so far. */
  exposure(area: string, account: string): Exposure {
    const key = `${area} ${account}`;
    const known = this.#exposures.get(key) ?? { orders: 0, deliveries: 0, billing: 0, receivables: 0, special: 0 };
    this.#exposures.set(key, known);
    return known;
  }

  number(range: string, first: number): string {
    const next = (this.#counters.get(range) ?? first - 1) + 1;
    this.#counters.set(range, next);
    return String(next).padStart(10, '0');
  }

  gross(party: Party, net: number): number {
    const percent = party.country === party.company.country ? party.company.taxPercent : 0;
    return net + Math.round((net * percent) / 100);
  }

  /** An order with all that followed from it. Returns its number. */
  order(party: Party, wish: OrderWish): string {
    const order = this.number('order', 4500);
    const net = wish.items.reduce((sum, it) => sum + it.material.price * it.pieces, 0);
    this.#addHeader(party, wish, order, net);
    wish.items.forEach((_item, index) => this.#addItem(party, wish, order, index));
    for (const shipment of wish.shipments ?? []) this.#addShipment(party, wish, order, shipment);
    if ((wish.category ?? 'C') === 'C') this.#addHeaderStatus(wish, order);
    return order;
  }

  #addHeader(party: Party, wish: OrderWish, order: string, net: number): void {
    const { company } = party;
    this.add('VBAK', {
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
    this.add('VBKD', {
      VBELN: order,
      POSNR: '000000',
      BSTKD: wish.reference,
      ZTERM: party.terms,
      INCO1: 'DAP',
      INCO2: 'Free destination',
    });
    const partners = { AG: party.number, RE: party.payer, RG: party.payer, WE: party.shipTo };
    for (const [PARVW, KUNNR] of Object.entries(partners))
      this.add('VBPA', { VBELN: order, POSNR: '000000', PARVW, KUNNR });
  }

  #addItem(party: Party, wish: OrderWish, order: string, index: number): void {
    const item = wish.items[index];
    if (item === undefined) return;
    const POSNR = String((index + 1) * 10).padStart(6, '0');
    const net = item.material.price * item.pieces;
    const shipped = (wish.shipments ?? []).reduce((sum, it) => sum + (it.quantities[index] ?? 0), 0);
    this.add('VBAP', {
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
      MWSBP: curr(this.gross(party, net) - net),
      WERKS: party.company.key,
      VSTEL: party.company.key,
      ERDAT: days(wish.day),
    });
    this.#addSchedules(wish, order, POSNR, index, item.pieces);
    this.#addItemStatus(wish, order, POSNR, index, item.pieces);
    if ((wish.category ?? 'C') !== 'C' || item.rejected !== undefined) return;
    const open = item.material.price * (item.pieces - shipped);
    this.exposure(party.company.key, party.creditAccount).orders += this.gross(party, open);
  }

  /** What stock cannot confirm at once comes on a second line two weeks later. */
  #addSchedules(wish: OrderWish, order: string, POSNR: string, index: number, pieces: number): void {
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
    this.add('VBEP', line('0001', pieces, confirmed, first));
    if (confirmed < pieces && confirmed > 0) this.add('VBEP', line('0002', 0, pieces - confirmed, first + 14));
  }

  #addItemStatus(wish: OrderWish, order: string, POSNR: string, index: number, pieces: number): void {
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
    this.add('VBUP', {
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

  #addHeaderStatus(wish: OrderWish, order: string): void {
    const items = (this.tables.get('VBUP') ?? []).filter((it) => it['VBELN'] === order);
    const all = (field: string): string => {
      const values = items.map((it) => it[field]);
      if (values.every((it) => it === 'C')) return 'C';
      return values.every((it) => it === 'A') ? 'A' : 'B';
    };
    this.add('VBUK', {
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

  #addShipment(party: Party, wish: OrderWish, order: string, shipment: Shipment): void {
    const delivery = this.number('delivery', 80004711);
    const { company } = party;
    this.add('LIKP', {
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
    const status = shipment.isIssued ? 'C' : 'A';
    const billed = shipment.bill !== undefined && shipment.bill.cancelledAfter === undefined ? 'C' : 'A';
    this.add('VBUK', {
      VBELN: delivery,
      VBTYP: 'J',
      WBSTK: status,
      KOSTK: status,
      FKSTK: billed,
      GBSTK: billed === 'C' ? 'C' : 'B',
    });
    let net = 0;
    for (const part of partsOf(wish, shipment)) {
      net += part.net;
      this.add('LIPS', {
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
      this.add('VBFA', {
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
    if (shipment.bill !== undefined) this.#addBill(party, wish, order, delivery, shipment, shipment.bill);
    if (billed === 'A') this.exposure(company.key, party.creditAccount).deliveries += this.gross(party, net);
  }

  #addBill(party: Party, wish: OrderWish, order: string, delivery: string, shipment: Shipment, bill: Billing): void {
    const parts = partsOf(wish, shipment);
    const net = parts.reduce((sum, it) => sum + it.net, 0);
    const isPosted = bill.isPosted !== false;
    const number = this.bill(party, {
      net,
      day: bill.day,
      category: 'M',
      type: 'F2',
      isPosted,
      isCancelled: bill.cancelledAfter !== undefined,
    });
    for (const { POSNR, material, pieces, net: itemNet } of parts) {
      this.add('VBRP', {
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
      this.add('VBFA', {
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
    if (bill.cancelledAfter !== undefined) this.#cancel(party, number, net, bill.day, bill.cancelledAfter);
    else if (isPosted)
      this.item(party, {
        billingDocument: number,
        amount: this.gross(party, net),
        day: bill.day,
        paidAfter: bill.paidAfter,
      });
  }

  /** The cancelling document; both accounting items clear each other. */
  #cancel(party: Party, cancelled: string, net: number, day: number, after: number): void {
    const number = this.bill(party, {
      net,
      day: day + after,
      category: 'N',
      type: 'S1',
      isPosted: true,
      cancels: cancelled,
    });
    this.item(party, { billingDocument: cancelled, amount: this.gross(party, net), day, paidAfter: after });
    this.item(party, { billingDocument: number, amount: -this.gross(party, net), day: day + after, paidAfter: 0 });
  }

  /** A billing document header. Returns its number. */
  bill(
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
    const number = this.number('billing', 90004711);
    this.add('VBRK', {
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
      MWSBK: curr(this.gross(party, wish.net) - wish.net),
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
    if (!wish.isPosted) this.exposure(party.company.key, party.creditAccount).billing += this.gross(party, wish.net);
    return number;
  }

  /** An accounting item of the payer; a negative amount is a credit. */
  item(
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
    const number = wish.billingDocument ?? this.number('accounting', 1800000001);
    const isCredit = wish.amount < 0;
    const terms = wish.terms ?? party.terms;
    const amount = curr(Math.abs(wish.amount));
    const isPaid = wish.paidAfter !== undefined;
    this.add(isPaid ? 'BSAD' : 'BSID', {
      BUKRS: party.company.key,
      KUNNR: party.payer,
      UMSKZ: wish.special ?? '',
      AUGDT: isPaid ? days(wish.day + (wish.paidAfter ?? 0)) : '00000000',
      AUGBL: isPaid ? this.number('clearing', 1400000001) : '',
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
    const exposure = this.exposure(party.company.key, party.creditAccount);
    if (wish.special === undefined) exposure.receivables += wish.amount;
    else exposure.special += wish.amount;
  }
}

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
