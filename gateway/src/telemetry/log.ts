/** The log: JSON lines for operators, with identifiers and never with customer data. */
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { GatewayError } from '../errors/index.ts';

/** Identifiers, codes and counts. The type keeps whole payloads out. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What rooms write to; a pino logger behind it. */
export interface Log {
  debug(fields: LogFields, sentence: string): void;
  info(fields: LogFields, sentence: string): void;
  warn(fields: LogFields, sentence: string): void;
  error(fields: LogFields, sentence: string): void;
  /** The same log with these fields on every line, e.g. the correlation id of one call. */
  child(fields: LogFields): Log;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogSettings {
  readonly level: LogLevel;
}

/**
 * Field names that must never carry a value into the log, should somebody pass one by mistake. The type above and
 * review are the first line; this is the second.
 */
const redactedFields = [
  'password',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'privateKey',
  'body',
  'content',
  'draft',
  'name',
  'email',
  'phone',
  'street',
];

/** Opens the log of one program; lines go to `destination`, standard output by default. */
export function createLog(program: string, settings: LogSettings, destination?: DestinationStream): Logger {
  const options = {
    level: settings.level,
    base: { program },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'message',
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedFields, censor: '[removed]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A log nobody reads, for rooms that are used without a program around them. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

/**
 * What a failure may say in the log: its code and facts, the kind of its cause, and where in our code a bug sits.
 * Never the cause's own message: parsers quote their input there, which is customer data. Nor `message` of its facts: the words of
 * another system, which may quote its records; people read them where the record is shown to them.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof GatewayError)) return { errorKind: kindOf(error), frames: framesOf(error) };
  const { message: _, ...facts } = error.context;
  const cause = error.cause === undefined ? {} : { causeKind: kindOf(error.cause) };
  const frames = error.code === 'INTERNAL' ? { frames: framesOf(error.cause) } : {};
  return { ...facts, code: error.code, disposition: error.disposition, ...cause, ...frames };
}

function kindOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` ${thrown.code}` : '';
  return `${thrown.name}${code}`;
}

function framesOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  // Eight frames reach from the fault to our own code in every trace seen so far.
  return frames.slice(0, 8).join('\n');
}
