/** One call of a bound service: a read, a write that commits itself, or a change and its commit in one session. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { SapMessage } from '../../errors/index.ts';
import type {
  AbapParameters,
  CallOptions,
  SapConnection,
  SapSession,
  ServiceAnswer,
  ServiceValues,
} from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { outcomeUnknown, refusal } from '../errors.ts';
import { isRefusal, lockHolderOf, readMessages } from '../return-messages.ts';
import type { BoundService } from './bound-service.ts';
import { checkInputs } from './check-inputs.ts';
import { inInputWords } from './input-words.ts';
import { readOutputs } from './read-outputs.ts';
import type { SpecialValues } from './specials.ts';
import { writeParameters } from './write-parameters.ts';

export const commitFunction = 'BAPI_TRANSACTION_COMMIT';
export const rollbackFunction = 'BAPI_TRANSACTION_ROLLBACK';

export interface Execution {
  readonly service: BoundService;
  readonly connection: SapConnection;
  readonly inputs: ServiceValues;
  readonly specials: SpecialValues;
  readonly decimals: CurrencyDecimals;
  readonly deadline: Deadline;
}

/** Everything is checked and converted before anything is sent. */
export async function execute(execution: Execution): Promise<ServiceAnswer> {
  const { service, connection, inputs, specials, decimals } = execution;
  const { file } = service;
  const parameters = writeParameters(service, checkInputs(file, inputs), specials, decimals);
  const answer =
    file.commit === commitFunction
      ? await changeAndCommit(execution, parameters)
      : await callOnce(execution, connection, parameters);
  return { outputs: outputsOf(execution, answer), sapMessages: messagesIn(service, answer) };
}

/** A write whose answer cannot be read has happened; what came of it has to be looked up. */
function outputsOf({ service, decimals }: Execution, answer: AbapParameters): ServiceValues {
  try {
    return readOutputs(service, answer, decimals);
  } catch (thrown) {
    throw service.file.effect === 'write' ? outcomeUnknown(service.file.function, thrown) : thrown;
  }
}

/** Throws what SAP refused; nothing was written then. */
async function callOnce(
  { service, deadline }: Execution,
  session: SapSession,
  parameters: AbapParameters,
): Promise<AbapParameters> {
  const { file, tables } = service;
  const options: CallOptions = { deadline, effect: file.effect, tables, scope: 'whole' };
  const answer = await session.call(file.function, parameters, options).catch((thrown: unknown) => {
    throw inInputWords(toGatewayError(thrown), service);
  });
  const messages = messagesIn(service, answer);
  if (isRefusal(messages))
    throw refusal(messages, { functionName: file.function, lockedBy: holderIn(service, answer) });
  return answer;
}

async function changeAndCommit(execution: Execution, parameters: AbapParameters): Promise<AbapParameters> {
  const { connection, deadline } = execution;
  return connection.inOneSession(
    async (session) => {
      const answer = await change(execution, session, parameters);
      await commit(session, deadline);
      return answer;
    },
    { deadline },
  );
}

/** The change before its commit: what SAP refuses here is taken back, and nothing of it was written. */
async function change(execution: Execution, session: SapSession, parameters: AbapParameters): Promise<AbapParameters> {
  try {
    return await callOnce(execution, session, parameters);
  } catch (thrown) {
    const refused = refusalIn(thrown);
    if (refused === undefined) throw thrown;
    await rollBack(session, execution.deadline);
    throw refused;
  }
}

/**
 * SAP's "no", also as an exception of the function: the driver cannot know that such a function committed nothing, but
 * here the commit is ours and was not given. Undefined for any other failure.
 */
function refusalIn(thrown: unknown): GatewayError | undefined {
  const error = toGatewayError(thrown);
  if (error.code !== 'SAP_OUTCOME_UNKNOWN') return wasAnswered(error) ? error : undefined;
  const cause = error.cause instanceof GatewayError ? error.cause : undefined;
  return cause?.code === 'SAP_REFUSED' ? cause : undefined;
}

/** Only a refusal carries messages of the function's own RETURN. */
const wasAnswered = (error: GatewayError): boolean => error.sapMessages.length > 0;

/** A session that cannot be rolled back is closed by the driver, which ends it uncommitted: the refusal stays the answer. */
async function rollBack(session: SapSession, deadline: Deadline): Promise<void> {
  await session.call(rollbackFunction, {}, { deadline, effect: 'read' }).catch(() => undefined);
}

/** With WAIT: the answer comes after the update task, so an error of it is seen. What it left behind nobody can say. */
async function commit(session: SapSession, deadline: Deadline): Promise<void> {
  const answer = await session.call(commitFunction, { WAIT: 'X' }, { deadline, effect: 'write', scope: 'whole' });
  const messages = readMessages(answer['RETURN']);
  if (!isRefusal(messages)) return;
  const cause = new GatewayError('SAP_REFUSED', { functionName: commitFunction }, undefined, { sapMessages: messages });
  throw new GatewayError('SAP_OUTCOME_UNKNOWN', { functionName: commitFunction }, cause, { sapMessages: messages });
}

function messagesIn(service: BoundService, answer: AbapParameters): readonly SapMessage[] {
  const messages = service.messages.flatMap((name) => readMessages(answer[name]));
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}

function holderIn(service: BoundService, answer: AbapParameters): string | undefined {
  const holders = service.messages.map((name) => {
    const value = answer[name];
    return value === undefined ? undefined : lockHolderOf({ RETURN: value });
  });
  return holders.find((holder) => holder !== undefined);
}
