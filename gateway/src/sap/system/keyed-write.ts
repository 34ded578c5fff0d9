/** One write through a function of the ABAP pack, which commits it together with its key, or not at all. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { ContactNumber, CustomerNumber } from '../../model/index.ts';
import type { AbapParameters, KeyedWrite, Written } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { refusal } from '../errors.ts';
import type { FunctionDefinition } from '../functions/signature.ts';
import { isRefusal, lockHolderOf, messagesOf } from '../return-messages.ts';
import { sinceFence } from './abap-pack.ts';
import { customerUnknown } from './context.ts';
import type { Question } from './context.ts';

/** What is called, and how to speak of it to the person who asked. */
export interface PackWrite {
  readonly definition: FunctionDefinition;
  /** The pack's minor version that has the function. */
  readonly sinceMinor: number;
  readonly parameters: AbapParameters;
  /** The model's path of each of SAP's fields. */
  readonly paths: Readonly<Record<string, string>>;
  /** Whose data is written, where it exists already. */
  readonly subject?: { readonly customer: CustomerNumber; readonly contact?: ContactNumber };
}

/** Calls the function; what SAP refuses is thrown, and then nothing was written. */
export async function writeOnce(context: Question, write: KeyedWrite, it: PackWrite): Promise<AbapParameters> {
  const { definition } = it;
  const parameters = { ...keyParameters(write), ...it.parameters };
  // A pack that does not know fences would write whatever the lease is.
  const needed = 'I_FENCE' in parameters ? Math.max(sinceFence, it.sinceMinor) : it.sinceMinor;
  await context.pack.require(context.deadline, needed);
  const options = { deadline: context.deadline, effect: 'write', tables: ['ET_RETURN'] } as const;
  const answer = await context.connection.call(definition.name, parameters, options).catch((thrown: unknown) => {
    throw inModelWords(withoutPack(context, thrown), it.paths);
  });
  const messages = messagesOf(answer);
  if (!isRefusal(messages)) return answer;
  const error = refusal(messages, { functionName: definition.name, lockedBy: lockHolderOf(answer) });
  throw it.subject === undefined ? error : aboutSubject(context, error, it.subject);
}

/** What every successful answer of a writing function says. */
export function writtenFrom(
  answer: AbapParameters,
  result: { readonly customer: CustomerNumber; readonly contact: ContactNumber | null },
): Written {
  return {
    customerNumber: result.customer,
    contactNumber: result.contact,
    isRepeat: text(answer, 'E_REPEATED') === 'X',
    messages: messagesOf(answer),
  };
}

function keyParameters({ key, contentHash, fence }: KeyedWrite): AbapParameters {
  return { I_EXTERNAL_KEY: key, I_CONTENT: contentHash, ...fenceParameter(fence) };
}

/** Absent where there is none: SAP takes that as zero, and an older pack has no such parameter. */
export function fenceParameter(fence: number | undefined): AbapParameters {
  if (fence === undefined) return {};
  if (!Number.isSafeInteger(fence) || fence < 0)
    throw new GatewayError('INTERNAL', {}, new Error('a fence is a whole number from 0'));
  return { I_FENCE: String(fence).padStart(18, '0') };
}

/** The pack's function is gone although its version was there. */
export function withoutPack(context: Question, thrown: unknown): GatewayError {
  const error = toGatewayError(thrown);
  if (error.code !== 'SAP_FUNCTION_MISSING') return error;
  context.pack.noteMissing();
  return new GatewayError('SAP_PACK_MISSING', {}, error);
}

/** Names whom SAP does not know. */
function aboutSubject(context: Question, error: GatewayError, subject: PackWrite['subject']): GatewayError {
  if (subject === undefined) return error;
  if (error.code === 'SAP_CUSTOMER_UNKNOWN') return customerUnknown(context, subject.customer, error.sapMessages);
  if (error.code !== 'SAP_CONTACT_UNKNOWN') return error;
  const facts = { customerNumber: subject.customer, contactNumber: subject.contact };
  return new GatewayError(error.code, facts, undefined, { sapMessages: error.sapMessages });
}

/** A refusal before sending names SAP's fields; the person knows the model's. */
function inModelWords(error: GatewayError, paths: PackWrite['paths']): GatewayError {
  const known = new Map(Object.entries(paths));
  const pathOf = (field: string): string | undefined => known.get(field.split('.').at(-1) ?? '');
  const path = pathOf(String(error.context['field'] ?? ''));
  if (path === undefined) return error;
  const issues = error.issues.map((issue) => ({ ...issue, path: pathOf(issue.path) ?? path }));
  return new GatewayError(error.code, { ...error.context, field: path }, error.cause, { issues });
}
