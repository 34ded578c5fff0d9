/** Time as the simulated SAP sees it; a test may pass its own. */

export interface SimulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` later; the returned function cancels it. */
  after(delayMs: number, work: () => void): () => void;
}

/** The clock of the machine. */
export const machineClock: SimulatorClock = {
  now: () => Date.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    // The server keeps the process alive; a delay of a fault must not.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`. */
export function pause(clock: SimulatorClock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}

/** SY-DATUM and SY-UZEIT of the application server, in its own time zone. */
export class SystemTime {
  readonly #clock: SimulatorClock;
  readonly #format: Intl.DateTimeFormat;
  #second = -1;
  #date = '';
  #time = '';

  constructor(clock: SimulatorClock, timeZone: string) {
    this.#clock = clock;
    this.#format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  }

  /** `YYYYMMDD`. */
  today(): string {
    this.#refresh();
    return this.#date;
  }

  /** `HHMMSS`. */
  timeOfDay(): string {
    this.#refresh();
    return this.#time;
  }

  /** The moment in UTC, `YYYYMMDDHHMMSS`. */
  utcStamp(): string {
    return new Date(this.#clock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  }

  /** What the clock of the server shows at another moment, `YYYYMMDDHHMMSS`. */
  localAt(milliseconds: number): string {
    return this.#format.format(milliseconds).replace(/\D/g, '').slice(0, 14);
  }

  /** Formatting a date costs several microseconds, so it is done once a second. */
  #refresh(): void {
    const second = Math.floor(this.#clock.now() / 1000);
    if (second === this.#second) return;
    this.#second = second;
    const digits = this.#format.format(second * 1000).replace(/\D/g, '');
    this.#date = digits.slice(0, 8);
    this.#time = digits.slice(8, 14);
  }
}
