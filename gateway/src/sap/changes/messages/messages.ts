/** Which message an IDoc is, and whether it is whole. */
import { GatewayError } from '../../../errors/index.ts';
import type { Idoc, IdocControl } from '../../idoc/index.ts';
import { adrmas } from './adrmas.ts';
import { condA } from './cond-a.ts';
import { debmas } from './debmas.ts';
import { deliveries } from './deliveries.ts';
import { invoices } from './invoices.ts';
import { matmas } from './matmas.ts';
import type { Message } from './message.ts';
import { orders } from './orders.ts';

/** Every message that is understood. */
export const messages: readonly Message[] = [debmas, adrmas, matmas, condA, orders, deliveries, invoices];

const byBasicType = new Map(messages.flatMap((message) => message.basicTypes.map((type) => [type, message])));

export interface RecognizedMessage {
  readonly message: Message;
  /** Blank fields are empty; in a reduced message they were not sent. */
  readonly isWhole: boolean;
}

/** Names of customers and partners of SAP: theirs to give, unlike all others. */
const ownName = /^[YZ/]/;

/** Throws IDOC_TYPE_NOT_SUPPORTED for what nobody here understands. */
export function recognize(idoc: Idoc): RecognizedMessage {
  const { MESTYP, IDOCTYP } = idoc.control;
  const message = byBasicType.get(IDOCTYP);
  if (message === undefined) throw notSupported(idoc.control);
  if (message.names.includes(MESTYP)) return { message, isWhole: hasAlways(idoc, message) };
  // Reduced (BD53) or a company's own; what SAP itself sends in the same segments (QUOTES, ORDCHG) is something else.
  if (messages.some(({ names }) => names.includes(MESTYP))) throw notSupported(idoc.control);
  if (!message.isMaster && !ownName.test(MESTYP)) throw notSupported(idoc.control);
  return { message, isWhole: !message.isMaster && hasAlways(idoc, message) };
}

function notSupported({ MESTYP, IDOCTYP }: IdocControl): GatewayError {
  return new GatewayError('IDOC_TYPE_NOT_SUPPORTED', { messageType: MESTYP, basicType: IDOCTYP });
}

/** Each segment of these has its fields. */
function hasAlways({ segments }: Idoc, { always }: Message): boolean {
  return always.every(([name, field]) =>
    segments.every((it) => it.name !== name || (it.fields[field] ?? '/') !== '/' || it.fields['MSGFN'] === '003'),
  );
}
