/** The message types the simulator can build. */
import { adrmas } from './adrmas.ts';
import { condA } from './cond-a.ts';
import { debmas } from './debmas.ts';
import { desadv } from './desadv.ts';
import { invoic } from './invoic.ts';
import { matmas } from './matmas.ts';
import type { Message } from './message.ts';
import { ordrsp } from './ordrsp.ts';

/** In the order in which a job takes them: customers before their addresses. */
export const messages: Readonly<Record<string, Message>> = {
  DEBMAS: debmas,
  ADRMAS: adrmas,
  MATMAS: matmas,
  COND_A: condA,
  ORDRSP: ordrsp,
  ORDERS: ordrsp,
  DESADV: desadv,
  WHSORD: desadv,
  SHPORD: desadv,
  INVOIC: invoic,
};
