/** A connection whose every call is counted by its function: what comes from above, and what the driver asks by itself. */
import { toGatewayError } from '../../errors/index.ts';
import type { ErrorCode } from '../../errors/index.ts';
import type { AbapParameters, CallOptions, SapConnection, SapSession } from '../../ports/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { OwnCall } from '../drivers/own-call.ts';
import { refusal } from '../errors.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import type { LoadUsage } from './load-usage.ts';

/** Refused before the function could begin: nothing of it was done in SAP. */
export const neverSent: ReadonlySet<ErrorCode> = new Set([
  'AGENT_BUSY',
  'SAP_FUNCTION_NOT_ALLOWED',
  'SAP_LOGON_REFUSED',
  'SAP_SYSTEM_MISMATCH',
  'SECRET_MISSING',
  'SAP_INTERFACE_CHANGED',
  'SAP_SDK_MISSING',
  'SAP_VALUE_TOO_LONG',
  'SAP_VALUE_NOT_IN_CODE_PAGE',
]);
/** Tables with SAP's messages are no records. */
const messageTables: ReadonlySet<string> = new Set(['RETURN', 'ET_RETURN']);

export interface CountingParts {
  readonly usage: LoadUsage;
  readonly clock: Clock;
  /** A call beyond those that were let in begins: it rides on a place, and counts against the calls per minute. */
  readonly further: () => void;
}

interface CountedCall {
  /** A function, or the published service that calls it with the function behind it. */
  readonly name: string;
  readonly functionName: string;
  readonly rowsSent: number;
  readonly isWrite: boolean;
}

export class CallCounter {
  readonly #parts: CountingParts;

  constructor(parts: CountingParts) {
    this.#parts = parts;
  }

  /** For the driver. Its time is also in the time of the call that it is made for. */
  readonly ownCall: OwnCall = (functionName, run) => {
    this.#parts.further();
    return this.#counted({ name: functionName, functionName, rowsSent: 0, isWrite: false }, run);
  };

  /** The same connection. */
  count(inner: SapConnection): SapConnection {
    const counted = (session: SapSession): SapSession => ({
      call: (functionName, parameters, options) =>
        this.#counted(countedAs(functionName, parameters, options), () =>
          session.call(functionName, parameters, options),
        ),
    });
    return {
      ...counted(inner),
      capabilities: inner.capabilities,
      inOneSession: (work, options) => inner.inOneSession((session) => work(counted(session)), options),
      close: () => inner.close(),
    };
  }

  async #counted(call: CountedCall, run: () => Promise<AbapParameters>): Promise<AbapParameters> {
    const { usage, clock } = this.#parts;
    const { name, functionName, rowsSent, isWrite } = call;
    const beganMs = clock.monotonic();
    usage.began(name);
    try {
      const answer = await run();
      const code = refusalIn(answer, functionName);
      const rowsWritten = !isWrite || code !== undefined ? 0 : Math.max(1, rowsSent);
      const durationMs = clock.monotonic() - beganMs;
      usage.ended(name, { durationMs, rowsRead: rowsOf(answer), rowsWritten, code });
      return answer;
    } catch (thrown) {
      const { code } = toGatewayError(thrown);
      if (neverSent.has(code)) usage.left(name);
      else usage.ended(name, { durationMs: clock.monotonic() - beganMs, rowsRead: 0, rowsWritten: 0, code });
      throw thrown;
    }
  }
}

function countedAs(functionName: string, parameters: AbapParameters, { effect, service }: CallOptions): CountedCall {
  const name = service === undefined ? functionName : `${service} (${functionName})`;
  const isWrite = effect === 'write';
  return { name, functionName, rowsSent: isWrite ? rowsOf(parameters) : 0, isWrite };
}

/** What SAP's own messages refuse in an answer that came back. */
export function refusalIn(answer: AbapParameters, functionName: string): ErrorCode | undefined {
  const messages = messagesOf(answer);
  return isRefusal(messages) ? refusal(messages, { functionName }).code : undefined;
}

function rowsOf(parameters: AbapParameters): number {
  const tables = Object.entries(parameters).filter(([name, value]) => Array.isArray(value) && !messageTables.has(name));
  return tables.reduce((sum, [, rows]) => sum + (Array.isArray(rows) ? rows.length : 0), 0);
}
