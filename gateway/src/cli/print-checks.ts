/** The results of `gangway check` for people: each as it comes; functions of SAP that are as they should be, by feature. */
import type { CheckResult } from '../agent/index.ts';
import type { Terminal } from './terminal.ts';

const marks = { passed: 'ok  ', warning: 'warn', failed: 'FAIL', skipped: '-   ' } as const;

export class CheckPrinter {
  readonly #terminal: Terminal;
  /** Those that one line of each feature will tell of. */
  #functions: CheckResult[] = [];
  readonly #notInOrder: CheckResult[] = [];
  #count = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  add(result: CheckResult): void {
    this.#count += 1;
    if (result.state === 'warning' || result.state === 'failed') this.#notInOrder.push(result);
    if (result.features === undefined) {
      this.#endFunctions();
      return this.#print(result);
    }
    this.#functions.push(result);
    if (result.state === 'passed') this.#terminal.progress?.(`     ${result.name} ...`);
    else this.#print(result);
  }

  /** How many were looked at, and who has something to do. */
  end(): void {
    this.#endFunctions();
    const owners = Map.groupBy(this.#notInOrder, ({ owner }) => owner ?? 'operator');
    const words = [...owners].map(([owner, { length }]) => `${length} for ${owner}`).join(', ');
    const found =
      words === '' ? 'all that could be looked at is in order' : `${this.#notInOrder.length} not in order: ${words}`;
    this.#terminal.print(`${this.#count} ${this.#count === 1 ? 'check' : 'checks'}, ${found}.`);
  }

  #print({ name, state, finding, code, owner, advice, sapMessages }: CheckResult): void {
    const print = (line: string): void => this.#terminal.print(line);
    print(`${marks[state]} ${name}: ${finding}${code === undefined ? '' : ` (${code})`}`);
    for (const { id, number, text } of sapMessages ?? []) print(`       SAP ${id} ${number}: ${text}`);
    if (advice !== undefined) print(`       Next${owner === undefined ? '' : ` (${owner})`}: ${advice}`);
  }

  #endFunctions(): void {
    const functions = this.#functions;
    this.#functions = [];
    for (const feature of new Set(functions.flatMap(({ features }) => features ?? []))) {
      const own = functions.filter(({ features }) => features?.includes(feature) === true);
      this.#terminal.print(lineOf(feature, own));
    }
  }
}

/** What is not as it should be has its own lines above. */
function lineOf(feature: string, functions: readonly CheckResult[]): string {
  const good = functions.filter(({ state }) => state === 'passed');
  const count = `${functions.length} ${functions.length === 1 ? 'is' : 'are'} there`;
  if (good.length === functions.length) return `${marks.passed} SAP functions for ${feature}: ${count}, as expected`;
  const worst = (['failed', 'warning', 'skipped'] as const).find((one) => functions.some(({ state }) => state === one));
  return `${marks[worst ?? 'skipped']} SAP functions for ${feature}: ${good.length} of ${functions.length} as expected`;
}
