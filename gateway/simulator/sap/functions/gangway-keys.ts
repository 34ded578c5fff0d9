/** Z_GANGWAY_VERSION, Z_GANGWAY_KEY_READ, and what the two writing functions share: the key and its lock. */
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

const keyLock = 'ZGANGWAY_KEY';

/** Z_GANGWAY_VERSION. */
export function readGangwayVersion(call: FunctionCall): void {
  call.set('E_VERSION', '1.0.0');
}

/** Z_GANGWAY_KEY_READ. The lock is looked at before the row: a commit between the two must not look like "never". */
export function readGangwayKey(call: FunctionCall): void {
  const key = call.value('I_EXTERNAL_KEY');
  const isRunning = call.system.locks.holder(keyLock, key) !== undefined;
  const row = call.get('ZGANGWAY_KEY', { EXTERNAL_KEY: key });
  call.set('E_STATE', row === undefined ? (isRunning ? 'R' : '') : 'D');
  if (row === undefined) return;
  call.set('E_KUNNR', row.KUNNR ?? '');
  call.set('E_CONTENT', row.CONTENT ?? '');
  call.set('E_DATE', row.ERDAT ?? '00000000');
  call.set('E_TIME', row.ERZET ?? '000000');
}

export type KeyClaim =
  | { readonly state: 'new' }
  | { readonly state: 'repeated'; readonly row: TableRow }
  /** A message says why. */
  | { readonly state: 'refused' };

/** Locks the key and looks whether it was used before. */
export async function claimKey(call: FunctionCall): Promise<KeyClaim> {
  const key = call.value('I_EXTERNAL_KEY');
  if (key === '' || call.value('I_CONTENT') === '') {
    const field = key === '' ? 'I_EXTERNAL_KEY' : 'I_CONTENT';
    call.return(call.message('E', 'ZGANGWAY', '004', field), 'ET_RETURN', { parameter: field });
    return { state: 'refused' };
  }
  const { locks, settings } = call.system;
  const holder = await locks.acquireWaiting(keyLock, key, call, call.user, settings.lockWaitMs);
  if (holder !== undefined) {
    call.return(call.message('E', 'ZGANGWAY', '002', key), 'ET_RETURN', { parameter: 'I_EXTERNAL_KEY' });
    return { state: 'refused' };
  }
  const row = call.get('ZGANGWAY_KEY', { EXTERNAL_KEY: key });
  if (row === undefined) return { state: 'new' };
  if (row.CONTENT === call.value('I_CONTENT')) return { state: 'repeated', row };
  call.return(call.message('E', 'ZGANGWAY', '003', key), 'ET_RETURN', { parameter: 'I_EXTERNAL_KEY' });
  return { state: 'refused' };
}

/** Writes the key into the unit of work of what it stands for. */
export function recordKey(call: FunctionCall, customer: string, operation: 'C' | 'U'): void {
  const { time } = call.system;
  call.change({
    kind: 'insert',
    table: 'ZGANGWAY_KEY',
    row: {
      EXTERNAL_KEY: call.value('I_EXTERNAL_KEY'),
      CONTENT: call.value('I_CONTENT'),
      KUNNR: customer,
      OPERATION: operation,
      ERDAT: time.today(),
      ERZET: time.timeOfDay(),
      ERNAM: call.user,
    },
  });
}
