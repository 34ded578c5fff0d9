/** One check of `gangway check`: what it looks at, what it says, and how a group of them is run. */
import { catalogue, toGatewayError } from '../errors/index.ts';
import type { ErrorCode, Owner, SapMessage } from '../errors/index.ts';

export interface CheckResult {
  /** What was looked at. */
  readonly name: string;
  /** `warning`: it works, but not for long or not as well as it should. */
  readonly state: 'passed' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly finding: string;
  /** Of a warning or failure: its code, who can act, and the next step with its transaction or screen. */
  readonly code?: ErrorCode | undefined;
  readonly owner?: Owner | undefined;
  readonly advice?: string | undefined;
  readonly sapMessages?: readonly SapMessage[] | undefined;
  /** Of a function of SAP: what it is needed for. */
  readonly features?: readonly string[] | undefined;
}

/** Something found that is not simply in order. */
export interface Finding extends Omit<CheckResult, 'name'> {
  readonly state: 'warning' | 'failed' | 'skipped';
}

interface Named {
  readonly name: string;
  /** Nothing after it in its group makes sense once it has failed. */
  readonly isBasic?: boolean;
}

/** Says what was found; throws what is wrong. */
export interface Check extends Named {
  readonly run: () => Promise<string | Finding>;
}

/** Several results, as many as there are things to look at. */
export interface ManyChecks extends Named {
  readonly each: () => AsyncIterable<CheckResult>;
}

export type CheckGroup = readonly (Check | ManyChecks)[];

/** A warning in words of its own. */
export function warning(finding: string, owner: Owner, advice: string, code?: ErrorCode): Finding {
  return { state: 'warning', finding, owner, advice, code };
}

/** A code's own sentence, owner and next step. */
export function warnOf(thrown: unknown): Finding {
  return { ...failureOf(thrown), state: 'warning' };
}

/** What was thrown, as a result says it. */
export function failureOf(thrown: unknown): Finding {
  const { code, message, advice, sapMessages } = toGatewayError(thrown);
  const { owner } = catalogue[code];
  return { state: 'failed', finding: message, code, owner, advice, ...(sapMessages.length > 0 && { sapMessages }) };
}

/** One after the other; what cannot be looked at any more is skipped, with the reason. */
export async function* runGroup(checks: CheckGroup): AsyncGenerator<CheckResult> {
  let failedBasic: string | undefined;
  for (const check of checks) {
    if (failedBasic !== undefined) {
      yield { name: check.name, state: 'skipped', finding: `not looked at, because ${failedBasic} failed` };
      continue;
    }
    for await (const result of resultsOf(check)) {
      if (result.state === 'failed' && check.isBasic === true) failedBasic = check.name;
      yield result;
    }
  }
}

async function* resultsOf(check: Check | ManyChecks): AsyncGenerator<CheckResult> {
  try {
    if ('each' in check) {
      yield* check.each();
      return;
    }
    const found = await check.run();
    yield { name: check.name, ...(typeof found === 'string' ? { state: 'passed', finding: found } : found) };
  } catch (thrown) {
    yield { name: check.name, ...failureOf(thrown) };
  }
}
