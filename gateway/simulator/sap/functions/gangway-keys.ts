/** Z_GANGWAY_VERSION, Z_GANGWAY_KEY_READ, and what every writing function of the pack shares: the key and its lock. */
import type { Change } from '../tables/database.ts';
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';
import { advanceFence, raiseFence, refusesFence } from './gangway-fence.ts';

const keyLock = 'ZGANGWAY_KEY';

/** What a key was used for: create, change, contact person, credit data, order, quotation. */
export type KeyOperation = 'C' | 'U' | 'P' | 'L' | 'O' | 'Q';

/** Z_GANGWAY_VERSION. */
export function readGangwayVersion(call: FunctionCall): void {
  const { settings, logicalSystem, time } = call.system;
  call.set('E_VERSION', settings.packVersion);
  call.set('E_LOGSYS', logicalSystem);
  call.set('E_SYSTEM', settings.sid);
  call.set('E_CLIENT', settings.client);
  call.set('E_UTC_STAMP', time.utcStamp());
}

/** Z_GANGWAY_KEY_READ. With a fence that is put in force first, so that "never" stays true for every older lease. */
export async function readGangwayKey(call: FunctionCall): Promise<void> {
  if (await raiseFence(call)) lookAtKey(call);
}

/** The lock is looked at before the row: a commit between the two must not look like "never". */
function lookAtKey(call: FunctionCall): void {
  const key = call.value('I_EXTERNAL_KEY');
  const isRunning = call.system.locks.holder(keyLock, key) !== undefined;
  const row = call.get('ZGANGWAY_KEY', { EXTERNAL_KEY: key });
  call.set('E_STATE', row === undefined ? (isRunning ? 'R' : '') : 'D');
  if (row === undefined) return;
  call.set('E_KUNNR', row.KUNNR ?? '');
  call.set('E_PARNR', row.PARNR ?? '0000000000');
  call.set('E_VBELN', row.VBELN ?? '');
  call.set('E_CONTENT', row.CONTENT ?? '');
  call.set('E_DATE', row.ERDAT ?? '00000000');
  call.set('E_TIME', row.ERZET ?? '000000');
}

export type KeyClaim =
  | { readonly state: 'new' }
  | { readonly state: 'repeated'; readonly row: TableRow }
  /** A message says why. */
  | { readonly state: 'refused' };

const refused: KeyClaim = { state: 'refused' };

/**
 * Locks the key and looks whether it was used before. What was done is told to anybody who has the key; only what is
 * still to be done needs a fence that is in force.
 */
export async function claimKey(call: FunctionCall, operation: KeyOperation): Promise<KeyClaim> {
  const key = call.value('I_EXTERNAL_KEY');
  if (key === '') return refuse(call, '004', 'I_EXTERNAL_KEY', 'I_EXTERNAL_KEY');
  if (call.value('I_CONTENT') === '') return refuse(call, '004', 'I_CONTENT', 'I_CONTENT');
  const { locks, settings } = call.system;
  const holder = await locks.acquireWaiting(keyLock, key, call, call.user, settings.lockWaitMs);
  if (holder !== undefined) return refuse(call, '002', 'I_EXTERNAL_KEY', key);
  const row = call.get('ZGANGWAY_KEY', { EXTERNAL_KEY: key });
  if (row === undefined) return refusesFence(call) ? refused : { state: 'new' };
  const isSame = row.CONTENT === call.value('I_CONTENT') && (row.OPERATION ?? operation) === operation;
  return isSame ? { state: 'repeated', row } : refuse(call, '003', 'I_EXTERNAL_KEY', key);
}

function refuse(call: FunctionCall, number: string, parameter: string, variable: string): KeyClaim {
  call.return(call.message('E', 'ZGANGWAY', number, variable), 'ET_RETURN', { parameter });
  return refused;
}

/** Commits the work with its key and fence in one unit; false, with a message, when SAP terminates the update. */
export async function commitWithKey(
  call: FunctionCall,
  result: {
    readonly customer: string;
    readonly contact?: string;
    readonly document?: string;
    readonly operation: KeyOperation;
  },
): Promise<boolean> {
  call.change(keyRow(call, result));
  call.inUpdateTask(() => advanceFence(call));
  if (await call.commit()) return true;
  call.return(call.message('A', 'ZGANGWAY', '010'), 'ET_RETURN');
  return false;
}

function keyRow(call: FunctionCall, result: Parameters<typeof commitWithKey>[1]): Change {
  const { time } = call.system;
  return {
    kind: 'insert',
    table: 'ZGANGWAY_KEY',
    row: {
      EXTERNAL_KEY: call.value('I_EXTERNAL_KEY'),
      CONTENT: call.value('I_CONTENT'),
      KUNNR: result.customer,
      ...(result.contact === undefined ? {} : { PARNR: result.contact }),
      ...(result.document === undefined ? {} : { VBELN: result.document }),
      OPERATION: result.operation,
      ERDAT: time.today(),
      ERZET: time.timeOfDay(),
      ERNAM: call.user,
    },
  };
}
