/** What may be wished for when made-up SAP data are built: parties, materials, orders and what followed. */

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
