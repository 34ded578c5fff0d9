/** How a call ends without an answer, in the numbers and names of SAP's RFC_ERROR_INFO. */
import { NoWorkProcess } from '../server/function-executor.ts';
import { SoapFault } from '../wire/soap-fault.ts';

/** RFC_RC, as far as a partner answers with it. */
const codes = {
  communication: 1,
  logon: 2,
  runtime: 3,
  message: 4,
  exception: 5,
  protocol: 11,
} as const;
/** RFC_ERROR_GROUP of each code. */
const groups = { communication: 4, logon: 3, runtime: 2, message: 2, exception: 1, protocol: 4 } as const;

export interface RfcFailureFields {
  readonly key: string;
  readonly message: string;
  readonly messageClass?: string | undefined;
  readonly messageType?: string | undefined;
  readonly messageNumber?: string | undefined;
  readonly variables?: readonly string[] | undefined;
}

/** An answer that is a failure. */
export class RfcFailure extends Error {
  readonly kind: keyof typeof codes;
  readonly fields: RfcFailureFields;

  constructor(kind: keyof typeof codes, fields: RfcFailureFields) {
    super(fields.message);
    this.name = 'RfcFailure';
    this.kind = kind;
    this.fields = fields;
  }

  /** After an ABAP exception the session lives on; after everything else the partner ends it. */
  get endsSession(): boolean {
    return this.kind !== 'exception';
  }

  /** As it goes over the wire. */
  toJson(): object {
    return { code: codes[this.kind], group: groups[this.kind], ...this.fields };
  }
}

/** The failure of a logon, with the message of class 00 that SAP gives. */
export function logonFailure(message: string, number: string, ...variables: string[]): RfcFailure {
  return new RfcFailure('logon', {
    key: 'RFC_LOGON_FAILURE',
    message,
    messageClass: '00',
    messageType: 'E',
    messageNumber: number,
    variables,
  });
}

/** What the network layer reports, in its own layout of lines. */
export function networkFailure(error: string, component: string, returnCode: number): RfcFailure {
  const message = `\nLOCATION    SAP-Gateway on simulated host\nERROR       ${error}\nRELEASE     753\nCOMPONENT   ${component}\nRC          ${returnCode}\nCOUNTER     1\n`;
  return new RfcFailure('communication', { key: 'RFC_COMMUNICATION_FAILURE', message });
}

/** What is not a function's own exception but the system's: the session ends with it. */
const runtimeKeys = new Set([
  'RFC_NO_AUTHORITY',
  'CALL_FUNCTION_NOT_REMOTE',
  'CALL_FUNCTION_PARM_MISSING',
  'CALL_FUNCTION_PARM_UNKNOWN',
  'CONVERSION_ERROR',
]);

/** Turns whatever a call threw into what the caller is told. */
export function toRfcFailure(error: unknown): RfcFailure {
  if (error instanceof RfcFailure) return error;
  if (error instanceof NoWorkProcess) return networkFailure('no free dialog work process', 'Dispatcher', 239);
  if (error instanceof SoapFault) return fromFault(error);
  const message = error instanceof Error ? error.message : String(error);
  return new RfcFailure('runtime', { key: 'SIMULATOR_DEFECT', message });
}

function fromFault({ side, message, detail }: SoapFault): RfcFailure {
  const { exception, messageClass, messageNumber, messageType, variables } = detail;
  const texts = { messageClass, messageType, messageNumber, variables };
  if (exception === undefined && messageClass !== undefined) {
    const key = messageType === 'X' ? 'MESSAGE_TYPE_X' : message;
    return new RfcFailure('message', { key, message, ...texts });
  }
  const key = exception ?? 'RFC_SYSTEM_FAILURE';
  if (side === 'Server' || runtimeKeys.has(key))
    return new RfcFailure('runtime', { key, message: message.replace(`Runtime error ${key}: `, '') });
  const shown = `ID:${messageClass ?? ''} Type:${messageType ?? 'E'} Number:${messageNumber ?? ''} ${variables?.[0] ?? ''}`;
  const text = messageClass === undefined ? ' Number:000' : shown.trimEnd();
  return new RfcFailure('exception', { key, message: text, ...texts });
}
