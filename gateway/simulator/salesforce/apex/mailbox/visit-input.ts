/** A visit as the agent announces it, read and checked completely before anything is done (VisitInput). */
import { statusOf, writeOperation } from '../write-operation.ts';
import type { WriteOperation } from '../write-operation.ts';
import { MailboxRefusal } from './json-input.ts';
import type { JsonInput } from './json-input.ts';
import { readCursor } from './queue-cursor.ts';

/** Most keys, requests and outcomes of one visit, as docs/salesforce/mailbox.md says. */
export const limits = { requests: 200, underWay: 1_000, asking: 200, outcomes: 100, counted: 50_000 } as const;

/** What became of one request. */
export interface LeftOutcome {
  readonly operation: WriteOperation;
  readonly correlationId: string | null;
  /** Of what came with a callout's answer: under which lease the request was handed out when the callout began. */
  readonly calloutFence?: number | null;
}

export interface Visit {
  readonly agent: string;
  readonly instance: string;
  readonly system: string;
  readonly fence: number | null;
  readonly leaseSeconds: number;
  readonly isFarewell: boolean;
  readonly wanted: number;
  /** Id of the request behind which to go on. */
  readonly after: string | null;
  readonly underWay: ReadonlySet<string>;
  readonly asking: readonly string[];
  readonly outcomes: readonly LeftOutcome[];
}

const maxKey = 255;
const maxAsOf = 30;

/** Reads a visit; `contract` is the one that the installed package knows. */
export function readVisit(input: JsonInput, contract: number): Visit {
  // Before the rest: another contract may have other fields.
  if (input.wholeNumber('contract', 0, 999_999) !== contract)
    throw new MailboxRefusal(409, 'CONTRACT_UNKNOWN', 'This package knows another contract.');
  const agent = input.text('agent', 64);
  const instance = input.text('instance', 36);
  const system = input.text('system', 10);
  if (!/^[A-Z0-9_/]{1,10}$/.test(system)) throw input.wrong('system', 'is no logical system');
  return {
    agent,
    instance,
    system,
    fence: input.optionalNumber('fence', 0, Number.MAX_SAFE_INTEGER),
    leaseSeconds: input.wholeNumber('leaseSeconds', 10, 600),
    isFarewell: input.flag('isFarewell'),
    wanted: input.wholeNumber('wanted', 0, limits.requests),
    after: readCursor(input, 'after'),
    underWay: new Set(input.texts('underWay', limits.underWay, maxKey)),
    asking: input.texts('asking', limits.asking, maxKey),
    outcomes: input.objects('outcomes', limits.outcomes).map(readOutcome),
  };
}

function readOutcome(outcome: JsonInput): LeftOutcome {
  const operation = outcome.child('operation');
  operation.text('id', maxKey);
  if (statusOf[operation.text('state', 20)] === undefined) throw operation.wrong('state', 'is none');
  if (msOf(operation.text('asOf', maxAsOf)) === null) throw operation.wrong('asOf', 'is no instant');
  return { operation: operation.asType(writeOperation), correlationId: outcome.optionalText('correlationId', 255) };
}

/** Milliseconds of an instant; null for what is none. */
export function msOf(instant: string | null | undefined): number | null {
  if (instant == null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(instant)) return null;
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? null : ms;
}
