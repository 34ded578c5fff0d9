/** Rows of the pack's "changes since": which change each is, and when it was made. */
import { createHash } from 'node:crypto';
import { GatewayError } from '../../errors/index.ts';
import type { SapSystemId, SourceDocument } from '../../model/index.ts';
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { isValidDate, toCalendarDate } from '../conversion/dates.ts';
import type { WallClock } from './wall-clock.ts';

/** K credit, C customer, L deletion marks, P clearings. */
export type ChangeKind = 'K' | 'C' | 'L' | 'P';

export interface ChangeRow {
  readonly kind: ChangeKind;
  readonly customer: string;
  /** Of a clearing: the billing document; empty for what accounting entered itself. */
  readonly invoice: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly source: SourceDocument;
  /** Of the row, not of what the record is now: the same change comes again, and its record may have changed once more. */
  readonly contentHash: string;
}

const identity = ['KIND', 'KUNNR', 'BUKRS', 'BELNR', 'GJAHR', 'BUZEI', 'VBELN', 'AUGBL', 'CHANGENR', 'UDATE', 'UTIME'];
const clearing = ['BUKRS', 'BELNR', 'GJAHR', 'BUZEI', 'AUGBL', 'UDATE'];

/** Throws for a row that is none of these kinds: nobody knows what it says. */
export function readChangeRow(row: AbapStructure, system: SapSystemId, clock: WallClock): ChangeRow {
  const kind = kindOf(text(row, 'KIND'));
  const date = dateOf(text(row, 'UDATE'));
  const number = kind === 'P' ? clearing.map((field) => text(row, field)).join('') : text(row, 'CHANGENR');
  const content = identity.map((field) => text(row, field)).join('\u0001');
  return {
    kind,
    customer: text(row, 'KUNNR'),
    invoice: text(row, 'VBELN'),
    date,
    source: {
      kind: 'change',
      sender: system,
      number: `${kind}${number}`,
      type: 'changes since',
      createdAt: new Date(createdMs(date, text(row, 'UTIME'), clock)).toISOString(),
    },
    contentHash: createHash('sha256').update(content).digest('hex'),
  };
}

function kindOf(kind: string): ChangeKind {
  if (kind === 'K' || kind === 'C' || kind === 'L' || kind === 'P') return kind;
  throw unreadable('a change of an unknown kind');
}

function dateOf(date: string): string {
  const day = isValidDate(date) ? toCalendarDate(date) : null;
  if (day === null) throw unreadable('a change without a day');
  return day;
}

/** Clearings have no time: they count from the begin of their day. */
function createdMs(date: string, time: string, clock: WallClock): number {
  const [, hour = '0', minute = '0', second = '0'] = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(time) ?? [];
  return clock.instantOf({ date, minuteOfDay: Number(hour) * 60 + Number(minute), seconds: Number(second) });
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
