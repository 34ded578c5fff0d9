/** RFC_PING, STFC_CONNECTION, RFC_SYSTEM_INFO, and the commit functions that find nothing to commit. */
import type { FunctionCall } from './function-call.ts';

/** RFC_PING. */
export function ping(): void {
  // Answering is all it does.
}

/** STFC_CONNECTION. */
export function echo(call: FunctionCall): void {
  const { settings, time, logicalSystem } = call.system;
  call.set('ECHOTEXT', call.value('REQUTEXT'));
  const about = `SAP R/3 Rel. ${settings.release}   Sysid: ${settings.sid}      Date: ${time.today()}   Time: ${time.timeOfDay()}`;
  call.set('RESPTEXT', `${about}   Logon_Data: ${settings.client}/${call.user}/${call.language}   ${logicalSystem}`);
}

/** RFC_SYSTEM_INFO. */
export function describeSystem(call: FunctionCall): void {
  const { settings, workProcesses } = call.system;
  call.setStructure('RFCSI_EXPORT', {
    RFCPROTO: '011',
    RFCCHARTYP: settings.codePage,
    RFCINTTYP: 'LIT',
    RFCFLOTYP: 'IE3',
    RFCDEST: `${settings.host}_${settings.sid}_00`,
    RFCHOST: settings.host.slice(0, 8),
    RFCHOST2: settings.host,
    RFCSYSID: settings.sid,
    RFCDATABS: settings.sid,
    RFCDBHOST: settings.host,
    RFCDBSYS: 'SIMULATED',
    RFCSAPRL: settings.release,
    RFCKERNRL: '753',
    RFCOPSYS: 'Linux',
    RFCTZONE: '0',
    RFCIPADDR: '127.0.0.1',
  });
  call.set('CURRENT_RESOURCES', settings.workProcesses - workProcesses.busy);
  call.set('MAXIMAL_RESOURCES', settings.workProcesses);
}

/** BAPI_TRANSACTION_COMMIT: over SOAP its session holds nothing, so it commits nothing and says nothing. */
export async function commitTransaction(call: FunctionCall): Promise<void> {
  await call.commit();
}

/** BAPI_TRANSACTION_ROLLBACK. */
export function rollBackTransaction(): void {
  // The session ends right after, and with it whatever it held.
}
