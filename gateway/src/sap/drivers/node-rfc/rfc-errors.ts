/** What the addon rejects with, taken apart, and what it means in the words of the room's error table. */
import type { SapMessage } from '../../../errors/index.ts';
import type { FailureGroup, SapFailure } from '../../errors.ts';
import { obstacleIn } from './rfc-obstacle.ts';

/** The SDK's error information; a mistake of the addon itself has neither code nor group. */
export interface RfcErrorInfo {
  readonly code: number;
  readonly group: number;
  /** Name of an exception, of a dump, or of the return code. */
  readonly key: string;
  readonly message: string;
  readonly codeString: string;
  readonly messageId: string;
  readonly messageType: string;
  readonly messageNumber: string;
  /** `v1` to `v4` of the message, in their order. */
  readonly messageValues: readonly string[];
}

/** Never throws: what has another form is an error without code and group. */
export function readRfcError(thrown: unknown): RfcErrorInfo {
  const text = (name: string): string => {
    const value = member(thrown, name);
    return typeof value === 'string' ? value : '';
  };
  const number = (name: string): number => {
    const value = member(thrown, name);
    return typeof value === 'number' ? value : -1;
  };
  return {
    code: number('code'),
    group: number('group'),
    key: text('key').trim(),
    message: text('message').trim(),
    codeString: text('codeString'),
    messageId: text('abapMsgClass'),
    messageType: text('abapMsgType'),
    messageNumber: text('abapMsgNumber'),
    messageValues: ['abapMsgV1', 'abapMsgV2', 'abapMsgV3', 'abapMsgV4'].map(text),
  };
}

/** The addon throws plain objects, and JavaScript's own errors. */
function member(thrown: unknown, name: string): unknown {
  return typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;
}

/** ABAP exceptions: raised by the function, which could go on; all other failures end the session or the connection. */
const sparingGroups: ReadonlySet<number> = new Set([1, 6, 7]);

/** True when the ABAP session is gone, or when that is not certain: the addon goes on with another one, we do not. */
export function endsSession(error: RfcErrorInfo): boolean {
  return !sparingGroups.has(error.group);
}

/** Return codes of the SDK, as far as each means something of its own. */
const invalidParameter = 20;
const groupByCode: Readonly<Record<number, FailureGroup>> = {
  1: 'communication',
  2: 'logon',
  3: 'abap-runtime',
  // An E or A message that nobody caught: the data was refused. An X message is a dump.
  4: 'abap-application',
  5: 'abap-application',
  6: 'communication',
  7: 'communication',
  8: 'communication',
  13: 'communication',
  15: 'communication',
  21: 'unreadable',
  22: 'unreadable',
  27: 'abap-application',
  29: 'authorization',
  30: 'logon',
};

/** SAP knows the user or the password not, or does not let them in. */
export function isRefusedLogon(error: RfcErrorInfo): boolean {
  return groupOf(error) === 'logon';
}

/** Dumps of the RFC layer, written before the function got control: only SAP's key says so, its group does not. */
const refusedAtTheDoor: ReadonlySet<string> = new Set([
  'RFC_NO_AUTHORITY',
  'RFC_AUTHORIZATION_FAILURE',
  'CALL_FUNCTION_NOT_REMOTE',
]);

/** Nothing was sent: the SDK knows no such parameter or field. */
export function contradictsInterface(error: RfcErrorInfo): boolean {
  return error.code === invalidParameter;
}

/** The failure for the room's table, which looks at the key before the group. */
export function failureOf(
  error: RfcErrorInfo,
  where: { readonly functionName: string; readonly sapClient: string },
): SapFailure {
  const isCommunication = groupOf(error) === 'communication';
  return {
    ...where,
    group: groupOf(error),
    // Of an uncaught message the key is its text, which is no name and may be anybody's data.
    keys: /^[A-Z][A-Z0-9_/]*$/.test(error.key) ? [error.key] : [],
    messages: isCommunication ? [] : messagesOf(error),
    reason: isCommunication ? reasonOf(error) : error.codeString,
  };
}

/** A logon that failed: SAP refused the user, or it was not reached; a mistake in the destination looks like the latter. */
export function logonFailureOf(error: RfcErrorInfo, sapClient: string): SapFailure {
  const failure = failureOf(error, { functionName: 'logon', sapClient });
  if (failure.group === 'logon') return failure;
  return {
    ...failure,
    group: 'communication',
    keys: [],
    messages: [],
    reason: reasonOf(error),
    obstacle: obstacleIn(error.message),
  };
}

/** SAP's dispatcher says so of a request that it could give to nobody: the function did not begin. */
const noWorkProcess = /^ERROR\s+no free (dialog )?work process\b/m;

function groupOf(error: RfcErrorInfo): FailureGroup {
  if (refusedAtTheDoor.has(error.key)) return 'authorization';
  if (error.code === 1 && noWorkProcess.test(error.message)) return 'busy';
  if (error.code === 4 && error.messageType === 'X') return 'abap-runtime';
  return groupByCode[error.code] ?? (error.group === 4 || error.group === -1 ? 'communication' : 'abap-runtime');
}

/** The return code and what the system said of the socket; never the SDK's text, which holds hosts and router strings. */
function reasonOf(error: RfcErrorInfo): string {
  const errno = /^ERRNO TEXT\s+(\S.*)$/m.exec(error.message)?.[1]?.trim();
  const code = error.codeString === '' ? 'the addon has no connection' : error.codeString;
  return errno === undefined ? code : `${code}, ${errno.slice(0, 60)}`;
}

const messageTypes = ['S', 'I', 'W', 'E', 'A', 'X'] as const;

function messagesOf(error: RfcErrorInfo): SapMessage[] {
  const type = messageTypes.find((known) => known === error.messageType) ?? 'E';
  const sentence = sentenceOf(error);
  if (sentence === '') return [];
  return [{ type, id: error.messageId, number: error.messageNumber, text: sentence }];
}

/** For an exception the SDK writes `ID:F2 Type:E Number:042 v1 v2`: then the values are all that people can read. */
function sentenceOf({ message, messageValues, key }: RfcErrorInfo): string {
  if (!/^(ID:\S*\s+Type:\S*\s+)?Number:\d{3}/.test(message)) return message;
  const values = messageValues.filter((value) => value !== '').join(' ');
  return values === '' ? key : values;
}
