/**
 * The way from an Account to an SAP customer number. Steps:
 * - `loading`: the form, and a request that may be standing, are read;
 * - `form`: data is entered; gaps are named here and nothing is sent before there are none;
 * - `matches`: SAP has similar customers; one is linked, or none of them is it;
 * - `link`: the number of an existing customer is entered;
 * - `progress`: the request is committed and followed to its end; a refusal leads back to `form`, data kept;
 * - `done`: the number is on the Account;
 * - `closed`: this user may not, or the form could not be read.
 */
import type { DraftIssue } from 'c/customerDraft';
import type { RequestProgress } from 'c/requestFollower';

/** Where the person is. */
export type FlowStep = 'loading' | 'form' | 'matches' | 'link' | 'progress' | 'done' | 'closed';
/** `link` begins with the number of an existing customer. */
export type FlowMode = 'create' | 'link';

/** What the form shows. */
export interface FlowState {
    readonly step: FlowStep;
    /** A call is under way; nothing else is started meanwhile, so a double click is one click. */
    readonly isBusy: boolean;
    readonly view?: Gangway.FormView | undefined;
    readonly draft: Gangway.CustomerDraft;
    readonly issues: readonly DraftIssue[];
    readonly matches: readonly Gangway.MatchView[];
    readonly problem?: Gangway.ProblemView | undefined;
    readonly progress?: RequestProgress | undefined;
    readonly customer?: Gangway.CustomerView | undefined;
}

/** Where every record starts. */
export const flowStart: FlowState = { step: 'loading', isBusy: true, draft: {}, issues: [], matches: [] };
