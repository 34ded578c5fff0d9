/** What was asked and committed under each key of the pack: an effect that happened twice shows here. */

/** Enough for the largest load tests; beyond it the oldest keys are forgotten. */
const maxKeys = 500_000;
/** A look, not an export. */
const maxListed = 1_000;

interface KeyUse {
  readonly key: string;
  readonly function: string;
  calls: number;
  /** Units of work committed under the key; more than one would be a doubled effect. */
  commits: number;
}

export class KeyStatistics {
  readonly #uses = new Map<string, KeyUse>();

  used(key: string, functionName: string, hasCommitted: boolean): void {
    const name = `${functionName} ${key}`;
    const use = this.#uses.get(name) ?? { key, function: functionName, calls: 0, commits: 0 };
    use.calls += 1;
    if (hasCommitted) use.commits += 1;
    this.#uses.set(name, use);
    if (this.#uses.size > maxKeys) this.#forgetOldest();
  }

  reset(): void {
    this.#uses.clear();
  }

  /** Sums over all keys, every key with a doubled effect, and the uses of one key or of the first ones. */
  snapshot(key: string | null): object {
    const uses = [...this.#uses.values()];
    const chosen = key === null ? uses : uses.filter((it) => it.key === key);
    return {
      count: chosen.length,
      calls: chosen.reduce((sum, it) => sum + it.calls, 0),
      commits: chosen.reduce((sum, it) => sum + it.commits, 0),
      doubled: chosen.filter((it) => it.commits > 1).slice(0, maxListed),
      uses: chosen.slice(0, maxListed),
    };
  }

  #forgetOldest(): void {
    const [oldest] = this.#uses.keys();
    if (oldest !== undefined) this.#uses.delete(oldest);
  }
}
