/**
 * Another process of this agent's name that has taken the lease: it lives, or it was one late visit of a process that is gone.
 *
 * Who lives renews the lease again and again; a late visit cannot. So the other one counts as living when the lease did not run
 * out for several times its length; a lease that has run out is taken back by this process, which does live.
 */

/** Late visits of several dead processes can follow each other; so many leases in a row they do not fill. */
const leasesInARow = 3;

export class Rival {
  /** Of the lease that this process was holding: with it the org says how long the other one's lasts, and gives nothing. */
  readonly fence: number;
  readonly #untilMs: number;

  constructor(fence: number, nowMs: number, leaseMs: number) {
    this.fence = fence;
    this.#untilMs = nowMs + leasesInARow * leaseMs;
  }

  /** What the org's newest answer says of it. */
  judge(expiresInMs: number, nowMs: number): 'gone' | 'lives' | 'unclear' {
    if (expiresInMs <= 0) return 'gone';
    return nowMs > this.#untilMs ? 'lives' : 'unclear';
  }
}
