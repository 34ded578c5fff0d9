/** Creating and changing customers, through self-committing functions of the ABAP pack; once per key. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import { customerNumber } from '../../model/index.ts';
import type { CustomerChange, CustomerDraft, CustomerNumber } from '../../model/index.ts';
import type { AbapParameters, KeyedWrite, KeyLookup, WriteKey, Written } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { outcomeUnknown, refusal } from '../errors.ts';
import { packChange, packCreate, packKey } from '../functions/abap-pack.ts';
import type { FunctionDefinition } from '../functions/signature.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { generalOfChange, generalOfDraft, modelPaths } from '../translate/customer.ts';
import { customerUnknown, read } from './context.ts';
import type { Question } from './context.ts';

/** Idempotent by the key, which the pack keeps in the same unit of work as the customer. */
export async function createCustomer(context: Question, write: KeyedWrite, draft: CustomerDraft): Promise<Written> {
  const { salesArea } = draft;
  const answer = await callPack(context, packCreate, {
    ...keyParameters(write),
    IS_GENERAL: generalOfDraft(draft, draft.accountGroup ?? context.settings.accountGroup),
    IS_COMPANY: { BUKRS: draft.companyCode, ZTERM: draft.paymentTerms },
    IS_SALES: {
      VKORG: salesArea.salesOrganization,
      VTWEG: salesArea.distributionChannel,
      SPART: salesArea.division,
      WAERS: draft.currency,
      ZTERM: draft.paymentTerms,
    },
  });
  const number = customerNumber.safeParse(text(answer, 'E_KUNNR'));
  // No error and no number: something happened that we cannot name, so SAP's key table must say what.
  if (!number.success) throw outcomeUnknown(packCreate.name, new Error('SAP gave neither a number nor an error'));
  return { customerNumber: number.data, isRepeat: text(answer, 'E_REPEATED') === 'X', messages: messagesOf(answer) };
}

/** Changes only the fields that the change names. */
export async function changeCustomer(
  context: Question,
  write: KeyedWrite,
  number: CustomerNumber,
  change: CustomerChange,
): Promise<Written> {
  const { values, flags } = generalOfChange(change);
  const parameters = { ...keyParameters(write), I_KUNNR: number, IS_GENERAL: values, ISX_GENERAL: flags };
  const answer = await callPack(context, packChange, parameters).catch((thrown: unknown) => {
    const error = toGatewayError(thrown);
    throw error.code === 'SAP_CUSTOMER_UNKNOWN' ? customerUnknown(context, number, error.sapMessages) : error;
  });
  return { customerNumber: number, isRepeat: text(answer, 'E_REPEATED') === 'X', messages: messagesOf(answer) };
}

/** What SAP's key table says: the truth about a write whose answer was lost. */
export async function lookUpKey(context: Question, key: WriteKey): Promise<KeyLookup> {
  await context.pack.require(context.deadline);
  const answer = await read(context, packKey, { I_EXTERNAL_KEY: key }, []).catch((thrown: unknown) => {
    throw withoutPack(context, thrown);
  });
  const state = text(answer, 'E_STATE');
  if (state === 'R') return { state: 'running' };
  if (state === '') return { state: 'none' };
  if (state !== 'D') throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'an unknown state of a key' });
  return {
    state: 'done',
    customerNumber: readCustomerNumber(text(answer, 'E_KUNNR')),
    contentHash: text(answer, 'E_CONTENT'),
  };
}

function keyParameters(write: KeyedWrite): { readonly I_EXTERNAL_KEY: string; readonly I_CONTENT: string } {
  return { I_EXTERNAL_KEY: write.key, I_CONTENT: write.contentHash };
}

async function callPack(
  context: Question,
  definition: FunctionDefinition,
  parameters: AbapParameters,
): Promise<AbapParameters> {
  await context.pack.require(context.deadline);
  const options = { deadline: context.deadline, effect: 'write', tables: ['ET_RETURN'] } as const;
  const answer = await context.connection.call(definition.name, parameters, options).catch((thrown: unknown) => {
    throw inModelWords(withoutPack(context, thrown));
  });
  const messages = messagesOf(answer);
  if (isRefusal(messages)) throw refusal(messages, { functionName: definition.name });
  return answer;
}

/** The pack's function is gone although its version was there. */
function withoutPack(context: Question, thrown: unknown): GatewayError {
  const error = toGatewayError(thrown);
  if (error.code !== 'SAP_FUNCTION_MISSING') return error;
  context.pack.noteMissing();
  return new GatewayError('SAP_PACK_MISSING', {}, error);
}

/** A refusal before sending names SAP's field; the person knows the model's. */
function inModelWords(error: GatewayError): GatewayError {
  const field =
    String(error.context['field'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const path = Object.hasOwn(modelPaths, field) ? new Map(Object.entries(modelPaths)).get(field) : undefined;
  if (path === undefined) return error;
  const issues = error.issues.map((issue) => ({ ...issue, path }));
  return new GatewayError(error.code, { ...error.context, field: path }, error.cause, { issues });
}
