/** What SAP's key table says: the truth about a write whose answer was lost. */
import { GatewayError } from '../../errors/index.ts';
import { contactNumber } from '../../model/index.ts';
import type { KeyLookup, WriteKey } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { refusal } from '../errors.ts';
import { packKey } from '../functions/abap-pack.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { sinceFence } from './abap-pack.ts';
import { read } from './context.ts';
import type { Question } from './context.ts';
import { fenceParameter, withoutPack } from './keyed-write.ts';

/**
 * With a fence SAP raises its own to it before it looks, so what is not found stays not found. To repeat that after a
 * lost answer does no harm, so it is a read; and an older pack, which cannot promise it, is told.
 */
export async function lookUpKey(context: Question, key: WriteKey, fence: number | undefined): Promise<KeyLookup> {
  const parameters = { I_EXTERNAL_KEY: key, ...fenceParameter(fence) };
  await context.pack.require(context.deadline, fence === undefined ? 0 : sinceFence);
  const tables = fence === undefined ? [] : ['ET_RETURN'];
  const answer = await read(context, packKey, parameters, tables).catch((thrown: unknown) => {
    throw withoutPack(context, thrown);
  });
  const messages = messagesOf(answer);
  if (isRefusal(messages)) throw refusal(messages, { functionName: packKey.name });
  const state = text(answer, 'E_STATE');
  if (state === 'R') return { state: 'running' };
  if (state === '') return { state: 'none' };
  if (state !== 'D') throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'an unknown state of a key' });
  return {
    state: 'done',
    customerNumber: readCustomerNumber(text(answer, 'E_KUNNR')),
    contactNumber: contactNumber.safeParse(text(answer, 'E_PARNR')).data ?? null,
    contentHash: text(answer, 'E_CONTENT'),
  };
}
