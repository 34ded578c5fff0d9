/** Mutants of what keeps published services to one effect, and of what a pause does. */
import type { Mutant } from './mutant.ts';

const oneEffect = 'one key, one effect of a service';
const isSo = 'what is said of a service is so in SAP';
const asked = 'a person is asked only when nobody can find out';
const forgotten = 'no call of a service is forgotten';
const paused = 'a pause makes wait, and nothing else';

export const serviceMutants: readonly Mutant[] = [
  {
    name: 'what a search does not find counts at once',
    file: 'agent/execute/service-step.ts',
    find: `isFinal: found.isFinal === true`,
    replace: `isFinal: true`,
    foundBy: [oneEffect],
  },
  {
    name: 'what nobody can look up counts as none',
    file: 'agent/execute/step-run.ts',
    find: `return this.#isUnsent ? this.#notFound() : heldFor(found.failure);`,
    replace: `return this.#notFound();`,
    foundBy: [oneEffect],
  },
  {
    name: 'a lost answer of a service is written again without a look',
    file: 'agent/execute/step-run.ts',
    find: `    this.#lookUps = 0;
    if (failure.code !== 'SAP_OUTCOME_UNKNOWN')`,
    replace: `    this.#lookUps = 0;
    if (!this.step.isKeyedInSap) return { kind: 'next', ask: 'write', waitMs: 1_000 };
    if (failure.code !== 'SAP_OUTCOME_UNKNOWN')`,
    foundBy: [oneEffect],
  },
  {
    name: 'a held service that is sent again is written again',
    file: 'agent/execute/service-step.ts',
    find: `if (kind !== 'service.call' || problem === null || mayBeThere.has(problem.code)) return false;`,
    replace: `if (kind !== 'service.call' || problem === null) return false;`,
    foundBy: [oneEffect, isSo],
  },
  {
    name: 'the reason to wait stays in the entry while a service is written',
    file: 'agent/execute/step-run.ts',
    find: `attempts: this.#attempts, problem: null });
    if (!goesOn())`,
    replace: `attempts: this.#attempts });
    if (!goesOn())`,
    foundBy: [oneEffect, isSo],
  },
  {
    name: 'a key that another agent may have had is written without a look',
    file: 'agent/execute/admissions.ts',
    find: `return start(entry, isForeign ? 'look-up' : 'write', holding, { isUrgent: true, isForeign });`,
    replace: `return start(entry, 'write', holding, { isUrgent: true, isForeign });`,
    foundBy: [oneEffect],
  },
  {
    name: 'other content under the key of a service counts as the same',
    file: 'agent/execute/writes.ts',
    find: `if (standing.contentHash !== intent.contentHash) throw new GatewayError('IDEMPOTENCY_KEY_REUSED');`,
    replace: ``,
    foundBy: [isSo, forgotten, 'done means that SAP has what was asked for'],
  },
  {
    name: 'a done service is carried out again for who repeats its key',
    file: 'agent/execute/admissions.ts',
    find: `if (state === 'done' || state === 'refused') return endedStanding(entry);`,
    replace: `if (state === 'refused') return endedStanding(entry);
    if (state === 'done' && intent.kind !== 'service.call') return endedStanding(entry);`,
    foundBy: [oneEffect, isSo],
  },
  {
    name: 'a place that was not there counts as a lost answer',
    file: 'agent/execute/policy.ts',
    find: `  AGENT_BUSY: 'busy',
  DEADLINE_PASSED: 'busy',`,
    replace: `  AGENT_BUSY: 'unknown',
  DEADLINE_PASSED: 'unknown',`,
    foundBy: [asked],
  },
  {
    name: 'a pause holds writes',
    file: 'agent/execute/policy.ts',
    find: `SAP_PAUSED: 'paused',`,
    replace: `SAP_PAUSED: 'held',`,
    foundBy: [paused],
  },
  {
    name: 'a pause lets through who comes',
    file: 'sap/governor/governor.ts',
    find: `if (this.#pausedFor !== undefined) return Promise.reject(this.#turnAway(this.#paused(this.#pausedFor)));`,
    replace: ``,
    foundBy: [paused],
  },
  {
    name: 'a pause lets through who waits already',
    file: 'sap/governor/governor.ts',
    find: `for (const waiting of this.#line.removeAll()) waiting.fail(this.#paused(reason));`,
    replace: `void reason;`,
    foundBy: [paused],
  },
  {
    name: 'nobody looks whether a pause is over',
    file: 'agent/execute/sap-standing.ts',
    find: `this.#obstacle = { failure, nextMs: clock.monotonic() + backoffMs(clock, waits, this.#failures) };`,
    replace: `this.#obstacle = { failure, nextMs: cause === 'paused' ? Infinity : clock.monotonic() + backoffMs(clock, waits, this.#failures) };`,
    foundBy: ['nothing is forgotten', forgotten],
  },
  {
    name: 'a service that was published anew is written in its old form',
    file: 'agent/execute/admissions.ts',
    find: `    const current = await journal.replaceContent(intent);
    return start(current, isShared`,
    replace: `    const current = entry;
    return start(current, isShared`,
    foundBy: [forgotten],
  },
];
