/** A connection whose every call has a place in SAP. */
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
import type { CallEnd } from './adaptation.ts';
import { neverSent, refusalIn } from './counted-connection.ts';
import type { Governor, Place } from './governor.ts';

/** Without an answer, so that SAP may still be at work. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['DEADLINE_PASSED', 'SAP_OUTCOME_UNKNOWN']);
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
    const beganMs = this.#clock.monotonic();
    try {
      const answer = await session.call(functionName, parameters, options);
      this.#tell(functionName, beganMs, refusalIn(answer, functionName));
      return answer;
    } catch (thrown) {
      this.#failed(functionName, beganMs, toGatewayError(thrown));
      throw thrown;
    }
  }

  #failed(functionName: string, beganMs: number, { code }: GatewayError): void {
    if (neverSent.has(code)) return this.#governor.usage.turnedAway(code);
    const durationMs = this.#clock.monotonic() - beganMs;
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
