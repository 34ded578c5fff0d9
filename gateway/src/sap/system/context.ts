/** What every question to one SAP system needs at hand. */
import type { CustomerNumber } from '../../model/index.ts';
import { GatewayError } from '../../errors/index.ts';
import type { SapMessage } from '../../errors/index.ts';
import type { AbapParameters, SapConnection } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { todayIn } from '../conversion/dates.ts';
import { refusal } from '../errors.ts';
import type { FunctionDefinition } from '../functions/signature.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import type { SapSettings } from '../sap-settings.ts';
import type { AbapPack } from './abap-pack.ts';
import type { Customizing } from './customizing.ts';
import type { Dictionaries } from './dictionaries.ts';

export interface SapContext {
  readonly settings: SapSettings;
  readonly connection: SapConnection;
  readonly clock: Clock;
  readonly pack: AbapPack;
  readonly customizing: Customizing;
  readonly dictionaries: Dictionaries;
}

/** One question, and the time it may take. */
export interface Question extends SapContext {
  readonly deadline: Deadline;
}

/** Calls a reading function; what stands in RETURN is the caller's to judge. */
export function read(
  context: Pick<Question, 'connection' | 'deadline'>,
  definition: FunctionDefinition,
  parameters: AbapParameters,
  tables: readonly string[],
): Promise<AbapParameters> {
  return context.connection.call(definition.name, parameters, { deadline: context.deadline, effect: 'read', tables });
}

/** The moment of an answer, as an instant. */
export function asOf(context: Pick<SapContext, 'clock'>): string {
  return new Date(context.clock.now()).toISOString();
}

/** Today as SAP's server calls it, `YYYYMMDD`. */
export function today(context: Pick<SapContext, 'clock' | 'settings'>): string {
  return todayIn(context.settings.timeZone, context.clock);
}

/** Throws when SAP refused to read this customer; class F2 about a customer we only read means it does not exist. */
export function checkCustomerAnswer(
  context: SapContext,
  functionName: string,
  answer: AbapParameters,
  number: CustomerNumber,
): void {
  const messages = messagesOf(answer);
  if (!isRefusal(messages)) return;
  const error = refusal(messages, { functionName });
  const isUnknown =
    error.code === 'SAP_CUSTOMER_UNKNOWN' || (error.code === 'SAP_REFUSED' && isAboutCustomers(messages));
  throw isUnknown ? customerUnknown(context, number, messages) : error;
}

/** Message class F2 is SAP's customer master. */
export function isAboutCustomers(messages: readonly SapMessage[]): boolean {
  return messages.some((message) => message.id === 'F2' && (message.type === 'E' || message.type === 'A'));
}

/** This SAP system has no such customer. */
export function customerUnknown(
  context: SapContext,
  number: CustomerNumber,
  sapMessages: readonly SapMessage[] = [],
): GatewayError {
  return new GatewayError(
    'SAP_CUSTOMER_UNKNOWN',
    { system: context.settings.system, customerNumber: number },
    undefined,
    { sapMessages },
  );
}

/** A cursor is ours, so one that does not look like it was made up by somebody else. */
export function cursorInvalid(): GatewayError {
  const issues = [{ path: 'cursor', message: 'Pass the `next` of the page before' }];
  return new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
}
