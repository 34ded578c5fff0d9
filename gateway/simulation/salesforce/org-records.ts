/** The records of the simulated org that take part: Accounts, Contacts and their requests. */
import type { WriteKind } from '../../src/model/index.ts';

export type RequestState = 'ready' | 'sent' | 'verifying' | 'held' | 'done' | 'refused';
export type Wish = 'hold' | 'discard';

/** Values of fields that Salesforce owns, as a draft or change names them. */
export type OwnedFields = Readonly<Record<string, string>>;

export interface Account {
  readonly id: string;
  fields: OwnedFields;
  customerNumber: string | null;
  /** Whether its create has a second step. */
  readonly wantsCredit: boolean;
}

export interface Contact {
  readonly id: string;
  accountId: string;
  fields: OwnedFields;
  contactNumber: string | null;
}

export interface Request {
  readonly key: string;
  readonly name: string;
  readonly kind: WriteKind;
  /** The Account or Contact the key was made from. */
  readonly recordId: string;
  /** 0 for creates. */
  readonly changeNumber: number;
  readonly correlationId: string;
  /** The Account it is for now; a merge moves it. */
  accountId: string;
  /** What is asked for, as the fields of a draft or change. */
  fields: OwnedFields;
  payload: string;
  state: RequestState;
  /** Handed out or sent once: nothing joins it any more. */
  isClosed: boolean;
  /** Whether SAP may have got it since it was last known to have nothing of it. */
  mayBeInSap: boolean;
  /** Callouts that Apex has not heard the end of; the screen says so, and offers nobody to stop it. */
  callouts: number;
  /** It has left the org once. */
  wasSent: boolean;
  /** Under which it was handed out last. */
  fence: number | null;
  checksDuplicates: boolean;
  outcomeAsOf: string | null;
  customerNumber: string | null;
  code: string | null;
  wish: { readonly kind: Wish; readonly reason: string } | null;
}

export const hasEnded = ({ state }: Request): boolean => state === 'done' || state === 'refused';
export const isUnderWay = ({ state }: Request): boolean => state === 'sent' || state === 'verifying';
