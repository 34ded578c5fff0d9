/** Runs one function in one ABAP session, whichever door the call came through. */
import { ConnectionCut, FunctionCall } from '../functions/function-call.ts';
import { moduleOf } from '../functions/index.ts';
import type { FunctionInterface } from '../metadata/repository.ts';
import type { AbapSession } from '../system/abap-session.ts';
import { pause } from '../system/clock.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { mayCall } from '../system/users.ts';
import type { Input } from '../wire/decode.ts';
import { SoapFault, shortDump } from '../wire/soap-fault.ts';
import type { CallStatistics } from './call-statistics.ts';

/** No dialog work process was free, and no place in the queue. */
export class NoWorkProcess extends Error {}

export class FunctionExecutor {
  readonly #system: SimulatedSystem;
  readonly #statistics: CallStatistics;

  constructor(system: SimulatedSystem, statistics: CallStatistics) {
    this.#system = system;
    this.#statistics = statistics;
  }

  /** Holds a dialog work process while `work` runs; false when none was free in time. */
  async inWorkProcess(work: () => Promise<void>): Promise<boolean> {
    const { workProcesses } = this.#system;
    if (!workProcesses.tryTake() && !(await workProcesses.take())) return false;
    try {
      await work();
    } finally {
      workProcesses.release();
    }
    return true;
  }

  /** The interface of a function that may be called from outside. */
  describe(functionName: string): FunctionInterface {
    const iface = this.#system.repository.function(functionName);
    if (iface === undefined) {
      throw new SoapFault('Client', `Function module ${functionName} does not exist`, {
        exception: 'FU_NOT_FOUND',
        messageType: 'E',
        messageClass: 'FL',
        messageNumber: '046',
        variables: [functionName],
      });
    }
    return iface;
  }

  /** The call after the function has run, with its output; `decode` turns what was sent into ABAP values. */
  async execute(
    session: AbapSession,
    functionName: string,
    decode: (iface: FunctionInterface) => Input,
  ): Promise<FunctionCall> {
    this.#statistics.called(functionName);
    const iface = this.#authorize(session, functionName);
    const input = decode(iface);
    const module = moduleOf(iface);
    if (module === undefined) throw shortDump('FUNCTION_NOT_IMPLEMENTED', functionName);
    await this.#strikeBefore(functionName);
    const call = new FunctionCall(session, iface, input);
    try {
      const running = module(call);
      if (running !== undefined) await running;
      this.#strikeAfter(call);
    } finally {
      if (iface.inputs.has('I_CONTENT')) this.#endPackWrite(call);
    }
    return call;
  }

  /** A writing function of the pack leaves nothing behind: it ends its unit of work itself, also when it refuses. */
  #endPackWrite(call: FunctionCall): void {
    call.rollBack();
    this.#statistics.keys.used(call.value('I_EXTERNAL_KEY'), call.interface.name, call.hasCommitted);
  }

  /** Counts an answer that was a failure. */
  failed(): void {
    this.#statistics.failed();
  }

  #authorize(session: AbapSession, functionName: string): FunctionInterface {
    const iface = this.describe(functionName);
    if (!iface.isRemote) {
      throw new SoapFault('Client', `Function module ${functionName} cannot be used for remote calls`, {
        exception: 'CALL_FUNCTION_NOT_REMOTE',
      });
    }
    const isRefused = this.#system.faults.strike('no-authorization', functionName) !== undefined;
    if (isRefused || !mayCall(session.logon, functionName)) {
      throw new SoapFault('Client', `No RFC authorization for function module ${functionName}`, {
        exception: 'RFC_NO_AUTHORITY',
      });
    }
    return iface;
  }

  async #strikeBefore(functionName: string): Promise<void> {
    const { faults, clock } = this.#system;
    if (faults.strike('work-processes-exhausted', functionName) !== undefined) throw new NoWorkProcess();
    const slow = faults.strike('slow', functionName);
    if (slow !== undefined) await pause(clock, slow.delayMs ?? 0);
    const hang = faults.strike('hang', functionName);
    if (hang !== undefined) {
      // Like a TIME_OUT dump after rdisp/max_wprun_time: a work process is never lost for good.
      await Promise.race([pause(clock, hang.delayMs ?? 600_000), faults.cleared()]);
      throw new ConnectionCut();
    }
    if (faults.strike('short-dump', functionName) !== undefined)
      throw shortDump('COMPUTE_INT_ZERODIVIDE', 'Division by zero');
  }

  /** A function that commits meets its cut inside the commit; any other one here, before its answer. */
  #strikeAfter(call: FunctionCall): void {
    if (call.hasCommitted) return;
    const { faults } = this.#system;
    const name = call.interface.name;
    const isCut = faults.strike('cut-before-commit', name) ?? faults.strike('cut-after-commit', name);
    if (isCut !== undefined) throw new ConnectionCut();
  }
}
