/** What a receiver expects of every IDoc, and the check of a control record against it. */
import { GatewayError } from '../../errors/index.ts';
import type { IdocControl } from './control-record.ts';

export interface IdocExpectations {
  /** The SAP client, `100`. */
  readonly client: string;
  /** Logical systems that may send, `ERPCLNT100`. */
  readonly senders: ReadonlySet<string>;
  /** Partners an IDoc may be meant for; any when left out. */
  readonly receivers?: ReadonlySet<string>;
  /** Basic types by message type that are read; any when left out. */
  readonly messages?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** An IDoc for somebody else is nobody's to interpret, so the direction is not an option: SAP sends, we receive. */
const outbound = '1';
const required = ['MANDT', 'DOCNUM', 'DIRECT', 'IDOCTYP', 'MESTYP', 'SNDPRN'] as const;

/** Throws what is wrong with the control record. */
export function checkControl(control: IdocControl, expected: IdocExpectations): void {
  checkComplete(control);
  if (control.DIRECT !== outbound) throw new GatewayError('IDOC_DIRECTION_WRONG', { found: control.DIRECT });
  if (control.MANDT !== expected.client) {
    throw new GatewayError('IDOC_CLIENT_WRONG', { found: control.MANDT, expected: expected.client });
  }
  if (!expected.senders.has(control.SNDPRN)) throw unknownPartner('the sender', control.SNDPRN);
  if (expected.receivers?.has(control.RCVPRN) === false) throw unknownPartner('the receiver', control.RCVPRN);
  checkMessage(control, expected.messages);
}

function checkComplete(control: IdocControl): void {
  const missing: string[] = required.filter((field) => control[field] === '');
  if (control.DOCNUM !== '' && !/^(?!0+$)\d{16}$/.test(control.DOCNUM)) missing.push('DOCNUM');
  if (missing.length > 0) throw new GatewayError('IDOC_CONTROL_INCOMPLETE', { fields: missing.join(', ') });
}

function checkMessage(control: IdocControl, messages: IdocExpectations['messages']): void {
  if (messages === undefined || messages.get(control.MESTYP)?.has(control.IDOCTYP) === true) return;
  throw new GatewayError('IDOC_TYPE_NOT_SUPPORTED', { messageType: control.MESTYP, basicType: control.IDOCTYP });
}

function unknownPartner(role: string, found: string): GatewayError {
  return new GatewayError('IDOC_PARTNER_UNKNOWN', { role, found: found === '' ? '(none)' : found });
}
