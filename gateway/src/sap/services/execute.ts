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
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { outcomeUnknown, refusal } from '../errors.ts';
import { ping } from '../functions/system.ts';
import { isRefusal, lockHolderOf, readMessages } from '../return-messages.ts';
import type { BoundService } from './bound-service.ts';
import { checkInputs } from './check-inputs.ts';
import { inInputWords } from './input-words.ts';
import { readOutputs } from './read-outputs.ts';
import type { ServiceFile } from './service-file.ts';
import type { SpecialValues } from './specials.ts';
import { writeParameters } from './write-parameters.ts';

export const commitFunction = 'BAPI_TRANSACTION_COMMIT';
export const rollbackFunction = 'BAPI_TRANSACTION_ROLLBACK';

/** What calls of these files reach in SAP: their functions, and commit and rollback where one of them needs these. */
export function functionsOf(files: readonly Pick<ServiceFile, 'function' | 'commit'>[]): readonly string[] {
  const needsCommit = files.some(({ commit }) => commit === commitFunction);
  const names = files.map((file) => file.function);
  return [...new Set([...names, ...(needsCommit ? [commitFunction, rollbackFunction] : [])])];
}

/**
 * So long the answer of a write is waited for that nobody can look up, from when it is sent: SAP ends a dialog step after 600 s
 * (rdisp/max_wprun_time), and who gives up before makes a person look for what the answer would have said.
 */
const answerMs = 610_000;

export interface Execution {
  readonly service: BoundService;
  readonly connection: SapConnection;
  readonly inputs: ServiceValues;
  readonly specials: SpecialValues;
  readonly decimals: CurrencyDecimals;
  /** Of a write that nobody can look up: the time until it is sent. */
  readonly deadline: Deadline;
  readonly clock: Clock;
}

/** Everything is checked and converted before anything is sent. */
export async function execute(execution: Execution): Promise<ServiceAnswer> {
  const { service, connection, inputs, specials, decimals } = execution;
  const { file } = service;
  const parameters = writeParameters(service, checkInputs(file, inputs), specials, decimals);
  const answer =
    file.effect === 'write' && connection.capabilities.statefulSession
      ? await writeInSession(execution, parameters)
      : await callOnce(forAnswer(execution), connection, parameters);
  return { outputs: outputsOf(execution, answer), sapMessages: messagesIn(service, answer) };
}

/** The same, with the time for its answer. */
function forAnswer(execution: Execution): Execution {
  const { file } = execution.service;
  const canBeLookedUp = file.effect === 'read' || file.lookUp !== undefined;
  return canBeLookedUp ? execution : { ...execution, deadline: Deadline.in(execution.clock, answerMs) };
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
  const options: CallOptions = { deadline, effect: file.effect, tables, scope: 'whole', service: file.name };
  const answer = await session.call(file.function, parameters, options).catch((thrown: unknown) => {
    throw inInputWords(toGatewayError(thrown), service);
  });
  const messages = messagesIn(service, answer);
  if (isRefusal(messages))
    throw refusal(messages, { functionName: file.function, lockedBy: holderIn(service, answer) });
  return answer;
}

/** A place in SAP first: the time for the answer begins then, so that nothing is sent with too little of it left. */
async function writeInSession(execution: Execution, parameters: AbapParameters): Promise<AbapParameters> {
  const { connection, deadline, service } = execution;
  const work = async (session: SapSession): Promise<AbapParameters> => {
    // A connection that has died unseen says so here, where nothing has been sent yet that a person would have to look for.
    if (service.file.lookUp === undefined) await session.call(ping.name, {}, { deadline, effect: 'read' });
    const sending = forAnswer(execution);
    if (service.file.commit !== commitFunction) return callOnce(sending, session, parameters);
    const answer = await change(sending, session, parameters);
    await commit(sending, session);
    return answer;
  };
  return connection.inOneSession(work, { deadline });
}

/** The change before its commit: what SAP refuses here is taken back, and nothing of it was written. */
async function change(execution: Execution, session: SapSession, parameters: AbapParameters): Promise<AbapParameters> {
  try {
    return await callOnce(execution, session, parameters);
  } catch (thrown) {
    const refused = refusalIn(thrown);
    if (refused === undefined) throw thrown;
    await rollBack(execution, session);
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
async function rollBack({ service, deadline }: Execution, session: SapSession): Promise<void> {
  const options: CallOptions = { deadline, effect: 'read', service: service.file.name };
  await session.call(rollbackFunction, {}, options).catch(() => undefined);
}

/** With WAIT: the answer comes after the update task, so an error of it is seen. What it left behind nobody can say. */
async function commit({ service, deadline }: Execution, session: SapSession): Promise<void> {
  const options: CallOptions = { deadline, effect: 'write', scope: 'whole', service: service.file.name };
  const answer = await session.call(commitFunction, { WAIT: 'X' }, options);
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
