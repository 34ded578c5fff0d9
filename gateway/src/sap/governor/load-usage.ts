/** Counts what is done in SAP, function by function, until somebody asks. */
import type { FunctionUsage, LoadGrant, LoadSpan } from '../../ports/index.ts';

/** Functions are some forty, published services a handful more; what is beyond it is counted together. */
const maxFunctions = 500;
const others = '(others)';

type Counting = { -readonly [Field in keyof FunctionUsage]: FunctionUsage[Field] } & {
  failuresByCode: Record<string, number>;
};

/** What one call did. */
export interface CallCount {
  readonly durationMs: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  /** Catalogue code of its failure, or of SAP's refusal. */
  readonly code?: string | undefined;
}

export class LoadUsage {
  #functions = new Map<string, Counting>();
  readonly #running = new Map<string, number>();
  #span = emptySpan();
  readonly #purposeOf: (functionName: string) => string | undefined;

  constructor(purposeOf: (functionName: string) => string | undefined) {
    this.#purposeOf = purposeOf;
  }

  began(functionName: string): void {
    const running = (this.#running.get(functionName) ?? 0) + 1;
    this.#running.set(functionName, running);
    const counting = this.#of(functionName);
    counting.mostRunning = Math.max(counting.mostRunning, running);
  }

  ended(functionName: string, { durationMs, rowsRead, rowsWritten, code }: CallCount): void {
    this.left(functionName);
    const counting = this.#of(functionName);
    counting.calls += 1;
    counting.durationMs += durationMs;
    counting.rowsRead += rowsRead;
    counting.rowsWritten += rowsWritten;
    if (code === undefined) return;
    counting.failures += 1;
    counting.failuresByCode[code] = (counting.failuresByCode[code] ?? 0) + 1;
  }

  /** It is not in SAP any more, or never came there. */
  left(functionName: string): void {
    const running = (this.#running.get(functionName) ?? 1) - 1;
    if (running === 0) this.#running.delete(functionName);
    else this.#running.set(functionName, running);
  }

  turnedAway(code: string): void {
    this.#span.turnedAway[code] = (this.#span.turnedAway[code] ?? 0) + 1;
  }

  /** As things stand after a change. */
  stand(running: number, waiting: number): void {
    this.#span.mostRunning = Math.max(this.#span.mostRunning, running);
    this.#span.mostWaiting = Math.max(this.#span.mostWaiting, waiting);
  }

  throttled(workProcesses: number, because: string): void {
    const { throttled } = this.#span;
    if (throttled === undefined || workProcesses < throttled.workProcesses)
      this.#span.throttled = { workProcesses, because };
  }

  take(): readonly FunctionUsage[] {
    const taken = [...this.#functions.values()].filter(({ calls }) => calls > 0);
    const usage = taken.map((each) => ({ ...each, purpose: this.#purposeOf(each.functionName) }));
    this.#functions = new Map();
    for (const [name, running] of this.#running) this.#of(name).mostRunning = running;
    return usage;
  }

  takeSpan(granted: LoadGrant, running: number, waiting: number): LoadSpan {
    const span = { granted, ...this.#span };
    this.#span = emptySpan();
    this.stand(running, waiting);
    return span;
  }

  #of(functionName: string): Counting {
    const known = this.#functions.get(functionName);
    if (known !== undefined) return known;
    const name = this.#functions.size < maxFunctions ? functionName : others;
    const counting = this.#functions.get(name) ?? emptyCounting(name);
    this.#functions.set(name, counting);
    return counting;
  }
}

type Span = { -readonly [Field in Exclude<keyof LoadSpan, 'granted' | 'turnedAway'>]: LoadSpan[Field] } & {
  turnedAway: Record<string, number>;
};

const emptySpan = (): Span => ({ mostRunning: 0, mostWaiting: 0, throttled: undefined, turnedAway: {} });
const emptyCounting = (functionName: string): Counting => ({
  functionName,
  calls: 0,
  failures: 0,
  durationMs: 0,
  rowsRead: 0,
  rowsWritten: 0,
  mostRunning: 0,
  failuresByCode: {},
});
