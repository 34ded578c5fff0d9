/** The ways a call can end without an answer of the function: SOAP faults, as an exception. */

export interface FaultDetail {
  /** Name of the ABAP exception or of the RFC error. */
  readonly exception?: string;
  /** With a class and no exception: a message that nobody caught. */
  readonly messageType?: 'E' | 'A' | 'X';
  readonly messageClass?: string;
  readonly messageNumber?: string;
  readonly variables?: readonly string[];
}

export class SoapFault extends Error {
  readonly side: 'Client' | 'Server';
  readonly detail: FaultDetail;

  constructor(side: 'Client' | 'Server', text: string, detail: FaultDetail = {}) {
    super(text);
    this.name = 'SoapFault';
    this.side = side;
    this.detail = detail;
  }
}

/** A classic ABAP exception raised by a function. */
export function abapException(name: string, text = ''): SoapFault {
  return new SoapFault('Client', text === '' ? name : `${name}: ${text}`, { exception: name });
}

export interface FaultMessage {
  readonly type: 'E' | 'A' | 'X';
  readonly class: string;
  readonly number: string;
  readonly text: string;
  readonly variables: readonly string[];
}

/** MESSAGE ... RAISING an exception; without one nobody catches the message, and it ends the session. */
export function messageFault({ type, text, ...message }: FaultMessage, exception?: string): SoapFault {
  return new SoapFault(exception === undefined ? 'Server' : 'Client', text, {
    ...(exception === undefined ? {} : { exception }),
    messageType: type,
    messageClass: message.class,
    messageNumber: message.number,
    variables: message.variables,
  });
}

/** A short dump: ST22 has the rest. */
export function shortDump(runtimeError: string, text: string): SoapFault {
  return new SoapFault('Server', `Runtime error ${runtimeError}: ${text}`, { exception: runtimeError });
}
