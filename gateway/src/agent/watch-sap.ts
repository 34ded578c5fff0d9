/**
 * Looks at SAP after the start and once a day: is it the right system, and are its functions as the code expects them.
 *
 * 1. Nothing waits for it: what it finds is kept from being called in the room `sap`, which refuses before anything is sent.
 * 2. A look that fails refuses nothing and is repeated.
 * 3. While something differs, only that is looked at, every few minutes, so that a repair is noticed.
 */
import { GatewayError, toGatewayError } from '../errors/index.ts';
import type { SapSystemId } from '../model/index.ts';
import type { InterfaceFinding, SapInspection } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import type { Log, Metrics } from '../telemetry/index.ts';
import { Deadline, sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';

export interface SapWatchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface SapWatch {
  /** False once SAP has named itself, and it is another system than the configured one. */
  readonly isRightSystem: boolean;
  /** Looks no more; resolves when what was under way has ended. */
  stop(): Promise<void>;
}

/** Functions change by transport, and transports come at night. */
const dayMs = 86_400_000;
/** A repair is noticed within this time, and SAP hardly sees it: a few calls for each function that differs. */
const repairMs = 300_000;
/** While SAP is away; the first look of a day may as well be a minute late. */
const retryMs = 60_000;
const identifyTimeoutMs = 30_000;
/** Some hundred small calls one after the other, behind everything that people ask for. */
const inspectTimeoutMs = 1_800_000;
/** A line of a log; `gangway check` shows all differences. */
const maxReason = 4_000;

/** Begins at once, in the background. */
export function watchSap(inspection: SapInspection, system: SapSystemId, parts: SapWatchParts): SapWatch {
  const watcher = new Watcher(inspection, system, parts);
  const ended = watcher.run();
  return {
    get isRightSystem() {
      return watcher.isRightSystem;
    },
    stop: async () => {
      watcher.stop();
      await ended;
    },
  };
}

class Watcher {
  readonly #inspection: SapInspection;
  readonly #system: SapSystemId;
  readonly #parts: SapWatchParts;
  readonly #stop = new AbortController();
  /** Functions that are refused now. */
  readonly #differing = new Set<string>();
  readonly #measure: (finding: InterfaceFinding) => void;
  isRightSystem = true;

  constructor(inspection: SapInspection, system: SapSystemId, parts: SapWatchParts) {
    this.#inspection = inspection;
    this.#system = system;
    this.#parts = parts;
    const gauge = parts.metrics.gauge({
      name: 'sap_function_differs',
      help: '1 for a function that is refused because its interface in SAP is not as expected',
      labels: ['function'],
    });
    this.#measure = ({ functionName, state }) => gauge.set(state === 'differs' ? 1 : 0, { function: functionName });
  }

  stop(): void {
    this.#stop.abort();
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async run(): Promise<void> {
    const { clock, log } = this.#parts;
    let wholeAtMs = -Infinity;
    let lastCode: string | undefined;
    while (!this.#isStopped()) {
      let waitMs = retryMs;
      try {
        const isWhole = clock.monotonic() >= wholeAtMs;
        await this.#look(isWhole ? undefined : new Set(this.#differing));
        if (isWhole && this.isRightSystem) wholeAtMs = clock.monotonic() + dayMs;
        lastCode = undefined;
        const needsRepair = this.#differing.size > 0 || !this.isRightSystem;
        waitMs = needsRepair ? repairMs : Math.max(0, wholeAtMs - clock.monotonic());
      } catch (error) {
        // A system that is closed while it is asked fails the question.
        if (this.#isStopped()) return;
        const failure = toGatewayError(error);
        // Once for each cause: it may be away, or paused, for a night.
        if (failure.code !== lastCode)
          log.warn({ system: this.#system, ...errorFields(failure) }, 'SAP could not be inspected');
        lastCode = failure.code;
        // One more logon could lock the user; a restart looks anew.
        if (failure.code === 'SAP_LOGON_REFUSED') return;
      }
      await sleep(clock, waitMs, this.#stop.signal);
    }
  }

  async #look(only: ReadonlySet<string> | undefined): Promise<void> {
    const { clock } = this.#parts;
    await this.#identify();
    // What another system has is of no interest.
    if (!this.isRightSystem) return;
    const seen = new Map<string, InterfaceFinding>();
    try {
      for await (const finding of this.#inspection.inspect(Deadline.in(clock, inspectTimeoutMs), { only })) {
        seen.set(finding.functionName, worse(seen.get(finding.functionName), finding));
        if (this.#isStopped()) return;
      }
    } finally {
      for (const finding of seen.values()) this.#note(finding);
    }
    // Nobody uses these any more: a service over them was withdrawn.
    for (const functionName of this.#differing) if (!seen.has(functionName)) this.#differing.delete(functionName);
  }

  async #identify(): Promise<void> {
    const { clock, log } = this.#parts;
    const { logicalSystem: found, packVersion } = await this.#inspection.identify(
      Deadline.in(clock, identifyTimeoutMs),
    );
    const wasRight = this.isRightSystem;
    // What SAP does not say is not guessed.
    this.isRightSystem = found === undefined ? this.isRightSystem : found === this.#system;
    if (this.isRightSystem) {
      if (!wasRight) log.info({ system: this.#system, found, packVersion }, 'The right SAP system answers again');
      return;
    }
    const failure = new GatewayError('SAP_SYSTEM_MISMATCH', { system: this.#system, found });
    if (wasRight)
      log.error(
        { system: this.#system, found, ...errorFields(failure) },
        'Another SAP system answers; nothing is called there',
      );
  }

  #note(finding: InterfaceFinding): void {
    const { log } = this.#parts;
    const { functionName, state, differences, code } = finding;
    const didDiffer = this.#differing.has(functionName);
    this.#measure(finding);
    if (state === 'differs') {
      this.#differing.add(functionName);
      if (didDiffer) return;
      const words = 'A function in SAP is not as expected; it is not called until it is';
      const reason = differences.join(' ').slice(0, maxReason);
      log.error({ system: this.#system, code, functionName, reason }, words);
      return;
    }
    this.#differing.delete(functionName);
    if (didDiffer) log.info({ system: this.#system, functionName, state }, 'A function in SAP may be called again');
  }
}

/** Several service files may use one function: it differs when it does for one of them. */
function worse(known: InterfaceFinding | undefined, next: InterfaceFinding): InterfaceFinding {
  return known?.state === 'differs' ? known : next;
}
