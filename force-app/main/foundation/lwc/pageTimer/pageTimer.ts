/** The one place that looks at the clock and waits, so that tests can own time and nothing ticks on unseen. */

/** Now, in milliseconds. */
export const now = (): number => Date.now();

/** Calls `tick` every `periodMs` until the function it returns is called. */
export function every(periodMs: number, tick: () => void): () => void {
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- ended by the caller's disconnectedCallback
    const timer = setInterval(tick, periodMs);
    return () => clearInterval(timer);
}

/** Resolves after `delayMs`. */
export function wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- whoever waits checks afterwards whether it still matters
        setTimeout(resolve, delayMs);
    });
}

/** Calls `work` once after `delayMs`, unless the function it returns is called before. */
export function after(delayMs: number, work: () => void): () => void {
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- ended by whoever asked
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
}
