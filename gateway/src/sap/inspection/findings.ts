/** What has been found out about SAP and stands in the way of calls: the wrong system, functions that have changed. */
import { GatewayError } from '../../errors/index.ts';
import type { SapSystemId } from '../../model/index.ts';
import { packVersion } from '../functions/abap-pack.ts';
import { fieldInfo, functionInterface, ping, systemInfo } from '../functions/system.ts';

/** What says who and what SAP is goes on being called, or nothing could be found to be right again. */
const alwaysOpen: ReadonlySet<string> = new Set(
  [packVersion, fieldInfo, functionInterface, ping, systemInfo].map(({ name }) => name),
);

export class Findings {
  readonly #expected: SapSystemId;
  #found: string | undefined;
  #hasAsked = false;
  /** By function, its differences; bounded by the functions that may be called. */
  readonly #differing = new Map<string, readonly string[]>();

  constructor(expected: SapSystemId) {
    this.#expected = expected;
  }

  /** Whether SAP was asked which system it is; it need not have said it. */
  get hasAsked(): boolean {
    return this.#hasAsked;
  }

  /** As SAP says it; empty where it says nothing, and then nothing is guessed. */
  noteSystem(logicalSystem: string): void {
    this.#hasAsked = true;
    if (logicalSystem !== '') this.#found = logicalSystem;
  }

  /** Without differences the function is used again. */
  noteFunction(functionName: string, differences: readonly string[]): void {
    if (differences.length > 0) this.#differing.set(functionName, differences);
    else this.#differing.delete(functionName);
  }

  /** Throws SAP_SYSTEM_MISMATCH and SAP_INTERFACE_CHANGED. */
  check(functionName: string): void {
    if (alwaysOpen.has(functionName)) return;
    if (this.#found !== undefined && this.#found !== this.#expected)
      throw new GatewayError('SAP_SYSTEM_MISMATCH', { system: this.#expected, found: this.#found });
    const differences = this.#differing.get(functionName);
    if (differences === undefined) return;
    throw new GatewayError('SAP_INTERFACE_CHANGED', { functionName, reason: shortly(differences) });
  }
}

/** The first difference says what it is about; `gangway check` lists all of them. */
function shortly([first = '', ...rest]: readonly string[]): string {
  const words = first.replace(/\.$/, '');
  return rest.length === 0 ? words : `${words} (and ${rest.length} more)`;
}
