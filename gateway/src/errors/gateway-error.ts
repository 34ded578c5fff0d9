/** The one error class: a code from the catalogue, its facts, and the cause it came from. */
import { catalogue } from './catalogue.ts';
import type { ErrorCode } from './catalogue.ts';
import type { Disposition } from './disposition.ts';

/** Identifiers and limits only: never payloads, never secrets. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | undefined>>;

/** A message SAP itself gave (BAPIRET2, or a fault's text); always shown along. */
export interface SapMessage {
  readonly type: 'S' | 'I' | 'W' | 'E' | 'A' | 'X';
  /** Message class (BAPIRET2-ID), empty where SAP gave none. */
  readonly id: string;
  /** Message number, three digits (BAPIRET2-NUMBER). */
  readonly number: string;
  /** In the logon language. */
  readonly text: string;
  /** The field SAP complains about, if it named one. */
  readonly field?: string | undefined;
}

/** One thing wrong with the input, at a JSON path such as `address.country`. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

export interface ErrorDetails {
  readonly sapMessages?: readonly SapMessage[];
  readonly issues?: readonly InputIssue[];
}

export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly context: ErrorContext;
  readonly sapMessages: readonly SapMessage[];
  readonly issues: readonly InputIssue[];

  constructor(code: ErrorCode, context: ErrorContext = {}, cause?: unknown, details: ErrorDetails = {}) {
    super(catalogue[code].message(context), cause === undefined ? undefined : { cause });
    this.name = 'GatewayError';
    this.code = code;
    this.context = context;
    this.sapMessages = details.sapMessages ?? [];
    this.issues = details.issues ?? [];
  }

  get disposition(): Disposition {
    return catalogue[this.code].disposition;
  }

  get advice(): string {
    return catalogue[this.code].advice;
  }

  /** The HTTP status a problem document carries. */
  get status(): number {
    return catalogue[this.code].status;
  }
}

/** Whatever was thrown, as a GatewayError: ours stay as they are, anything else is a bug of ours. */
export function toGatewayError(thrown: unknown): GatewayError {
  return thrown instanceof GatewayError ? thrown : new GatewayError('INTERNAL', {}, thrown);
}
