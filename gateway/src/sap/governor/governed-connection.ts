/** A connection whose every call has a place in SAP, and is counted. */
import { toGatewayError } from '../../errors/index.ts';
import type { ErrorCode, GatewayError } from '../../errors/index.ts';
import type {
  AbapParameters,
  CallOptions,
  SapConnection,
  SapSession,
  SessionOptions,
  Urgency,
} from '../../ports/index.ts';
import type { Clock } from '../../timing/index.ts';
import { refusal } from '../errors.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import type { CallEnd } from './adaptation.ts';
import type { Governor, Place } from './governor.ts';

/** Refused before the function could begin: nothing of it was done in SAP. */
const neverSent: ReadonlySet<ErrorCode> = new Set([
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
/** Without an answer, so that SAP may still be at work. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['DEADLINE_PASSED', 'SAP_OUTCOME_UNKNOWN']);
/** Tables with SAP's messages are no records. */
const messageTables: ReadonlySet<string> = new Set(['RETURN', 'ET_RETURN']);

/** Every call of `connection` through the governor. */
export function govern(connection: SapConnection, governor: Governor, clock: Clock): SapConnection {
  const inPlace = async <T>(options: SessionOptions, work: (place: GovernedPlace) => Promise<T>): Promise<T> => {
    const place = new GovernedPlace(await governor.enter(options), governor, clock);
    try {
      return await work(place);
    } finally {
      place.leave();
    }
  };
  return {
    capabilities: connection.capabilities,
    call: (functionName, parameters, options) =>
      inPlace(options, (place) => place.call(connection, functionName, parameters, options)),
    inOneSession: (work, options = {}) => {
      if (!connection.capabilities.statefulSession) return connection.inOneSession(work, options);
      const governed =
        (place: GovernedPlace) =>
        (session: SapSession): ReturnType<typeof work> =>
          work({ call: (...call) => place.call(session, ...call) });
      return inPlace(options, (place) => connection.inOneSession(governed(place), options));
    },
    close: async () => {
      governor.close();
      await connection.close();
    },
  };
}

/** The same connection for what nobody waits for; it is closed where it was opened. */
export function withUrgency(connection: SapConnection, urgency: Urgency): SapConnection {
  return {
    capabilities: connection.capabilities,
    call: (functionName, parameters, options) => connection.call(functionName, parameters, { ...options, urgency }),
    inOneSession: (work, options) => connection.inOneSession(work, { ...options, urgency }),
    close: () => Promise.resolve(),
  };
}

/** A place in SAP, for one call or for all of a session. */
class GovernedPlace {
  readonly #place: Place;
  readonly #governor: Governor;
  readonly #clock: Clock;
  #calls = 0;
  /** So long SAP may still be at work. */
  #keptMs = 0;

  constructor(place: Place, governor: Governor, clock: Clock) {
    this.#place = place;
    this.#governor = governor;
    this.#clock = clock;
  }

  leave(): void {
    this.#place.leave(this.#keptMs);
  }

  async call(
    session: SapSession,
    functionName: string,
    parameters: AbapParameters,
    options: CallOptions,
  ): Promise<AbapParameters> {
    this.#calls += 1;
    if (this.#calls > 1) this.#governor.noteFurtherCall();
    const { usage } = this.#governor;
    const beganMs = this.#clock.monotonic();
    usage.began(functionName);
    try {
      const answer = await session.call(functionName, parameters, options);
      const code = refusalIn(answer, functionName);
      const rowsWritten = options.effect === 'read' || code !== undefined ? 0 : Math.max(1, rowsOf(parameters));
      const durationMs = this.#clock.monotonic() - beganMs;
      usage.ended(functionName, { durationMs, rowsRead: rowsOf(answer), rowsWritten, code });
      this.#tell(functionName, beganMs, code);
      return answer;
    } catch (thrown) {
      this.#failed(functionName, beganMs, toGatewayError(thrown));
      throw thrown;
    }
  }

  #failed(functionName: string, beganMs: number, { code }: GatewayError): void {
    const { usage } = this.#governor;
    if (neverSent.has(code)) {
      usage.left(functionName);
      usage.turnedAway(code);
      return;
    }
    const durationMs = this.#clock.monotonic() - beganMs;
    usage.ended(functionName, { durationMs, rowsRead: 0, rowsWritten: 0, code });
    if (unanswered.has(code)) this.#keptMs = Math.max(durationMs, this.#governor.longestOf(functionName));
    // Mostly nobody listens; then nothing is at work there, and nothing is said about load, however quickly.
    if (code === 'SAP_UNREACHABLE') this.#keptMs = durationMs;
    else this.#tell(functionName, beganMs, code);
  }

  #tell(functionName: string, beganMs: number, code: ErrorCode | undefined): void {
    const sign = code === undefined ? undefined : signs[code];
    const durationMs = this.#clock.monotonic() - beganMs;
    const { company } = this.#place;
    this.#governor.noteEnd({ functionName, beganMs, durationMs, company, sign: sign ?? 'answered' });
  }
}

const signs: { readonly [Code in ErrorCode]?: CallEnd['sign'] } = {
  DEADLINE_PASSED: 'unanswered',
  SAP_OUTCOME_UNKNOWN: 'unanswered',
  SAP_OBJECT_LOCKED: 'locked',
  SAP_WORK_PROCESSES_EXHAUSTED: 'exhausted',
};

/** What SAP's own messages refuse in an answer that came back. */
function refusalIn(answer: AbapParameters, functionName: string): ErrorCode | undefined {
  const messages = messagesOf(answer);
  return isRefusal(messages) ? refusal(messages, { functionName }).code : undefined;
}

function rowsOf(parameters: AbapParameters): number {
  const tables = Object.entries(parameters).filter(([name, value]) => Array.isArray(value) && !messageTables.has(name));
  return tables.reduce((sum, [, rows]) => sum + (Array.isArray(rows) ? rows.length : 0), 0);
}
