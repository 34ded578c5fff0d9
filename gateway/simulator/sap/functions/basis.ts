/** RFC_PING, STFC_CONNECTION, RFC_SYSTEM_INFO, and the two that end a unit of work. */
import type { FunctionCall } from './function-call.ts';

/** RFC_PING. */
export function ping(): void {
  // Answering is all it does.
}

/** STFC_CONNECTION. */
export function echo(call: FunctionCall): void {
  call.set('ECHOTEXT', call.value('REQUTEXT'));
  describeLogon(call);
}

function describeLogon(call: FunctionCall): void {
  const { settings, time, logicalSystem } = call.system;
  const about = `SAP R/3 Rel. ${settings.release}   Sysid: ${settings.sid}      Date: ${time.today()}   Time: ${time.timeOfDay()}`;
  call.set('RESPTEXT', `${about}   Logon_Data: ${settings.client}/${call.user}/${call.language}   ${logicalSystem}`);
}

/** STFC_STRUCTURE: the structure comes back, and once more as a further row, with one added to its numbers. */
export function echoStructure(call: FunctionCall): void {
  const given = call.structure('IMPORTSTRUCT');
  call.setStructure('ECHOSTRUCT', given);
  call.setTable('RFCTABLE', [
    ...call.tableInput('RFCTABLE'),
    {
      ...given,
      RFCFLOAT: String(Number(given.RFCFLOAT ?? '0') + 1),
      // INT1 has one byte without a sign.
      RFCINT1: (Number(given.RFCINT1 ?? '0') + 1) % 256,
      RFCINT2: Math.min(Number(given.RFCINT2 ?? '0') + 1, 32_767),
      RFCINT4: Math.min(Number(given.RFCINT4 ?? '0') + 1, 2_147_483_647),
    },
  ]);
  describeLogon(call);
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

/**
 * BAPI_TRANSACTION_COMMIT: what the session has registered so far; over SOAP that is nothing, and it says nothing.
 * RETURN is filled only when an update that was waited for ended with an error.
 */
export async function commitTransaction(call: FunctionCall): Promise<void> {
  const isWritten = await call.commitEarlierCalls();
  // Who does not wait never hears of it: the update task writes into SM13, and nobody reads that.
  if (!isWritten && call.value('WAIT') === 'X') call.return(call.message('E', 'S&', '150'));
}

/** BAPI_TRANSACTION_ROLLBACK. */
export function rollBackTransaction(call: FunctionCall): void {
  call.rollBack();
}
