/** Mutants of what an outcome means, and what follows. */
import type { Mutant } from './mutant.ts';

const lookedUp = 'looked up before it is written again';
const refused = 'refused means that SAP has nothing';
const done = 'done means that SAP has what was asked for';
const forgotten = 'nothing is forgotten';
const one = 'one intent, one customer';

export const outcomeMutants: readonly Mutant[] = [
  {
    name: 'a key from the click',
    file: 'agent/execute/content.ts',
    find: 'return `${org}:${id}` as WriteKey;',
    replace:
      'return `${org}:${id}:${(lastClick += 1)}` as WriteKey;\n}\nlet lastClick = 0;\nexport function nothing(): void {',
    foundBy: [one, done, lookedUp, 'journaled before it is said'],
  },
  {
    name: 'an unknown outcome is written again',
    file: 'agent/execute/step-run.ts',
    find: `return { kind: 'next', ask: 'look-up', waitMs: backoffMs(clock, policy.lookUpWaits, this.#lookUps) };`,
    replace: `return { kind: 'next', ask: 'write', waitMs: backoffMs(clock, policy.lookUpWaits, this.#lookUps) };`,
    foundBy: [lookedUp],
  },
  {
    name: 'an unknown outcome counts as SAP being away',
    file: 'agent/execute/policy.ts',
    find: `SAP_UNREACHABLE: 'away',`,
    replace: `SAP_UNREACHABLE: 'away',\n  SAP_OUTCOME_UNKNOWN: 'away',`,
    foundBy: [lookedUp],
  },
  {
    name: 'an answer nobody can read counts as refused',
    file: 'agent/execute/policy.ts',
    find: `SAP_NOT_AUTHORIZED: 'held',`,
    replace: `SAP_NOT_AUTHORIZED: 'held',\n  SAP_ANSWER_UNREADABLE: 'refused',`,
    foundBy: [refused],
  },
  {
    name: 'a running write counts as none',
    file: 'agent/execute/step-run.ts',
    find: `      case 'running':
        return this.#verify();`,
    replace: `      case 'running':
        return this.#notFound();`,
    foundBy: [lookedUp, refused],
  },
  {
    name: 'a restart writes without looking',
    file: 'agent/execute/admissions.ts',
    find: `return start(current, 'look-up', holding, { isUrgent: false });`,
    replace: `return start(current, 'write', holding, { isUrgent: false });`,
    foundBy: [lookedUp],
  },
  {
    name: 'a refusal after a lost outcome counts at once',
    file: 'agent/execute/step-run.ts',
    find: `return this.#mayBeInSap ? this.#verify() : verdict;`,
    replace: `return verdict;`,
    foundBy: [refused],
  },
  {
    name: 'done after the first of two steps',
    file: 'agent/execute/write-run.ts',
    find: `state: further === undefined ? 'done' : 'running',`,
    replace: `state: 'done',`,
    foundBy: [done, forgotten],
  },
  {
    name: 'the second step is left out',
    file: 'agent/execute/write-run.ts',
    find: `this.#steps = this.#steps.slice(1);`,
    replace: `this.#steps = [];`,
    foundBy: [done],
  },
  {
    name: 'both steps have one key',
    file: 'agent/execute/write-plan.ts',
    find: `const creditKey = toStepKey(intent.org, intent.id, 'credit');`,
    replace: `const creditKey = toWriteKey(intent.org, intent.id);`,
    foundBy: [forgotten, done],
  },
  {
    name: 'two who ask at once are two runs',
    file: 'agent/execute/open-writes.ts',
    find: `if (!standing.isOver || isAnswer) return { standing, isJoined: true };`,
    replace: `if (isAnswer && standing.isOver) return { standing, isJoined: true };`,
    foundBy: [lookedUp, 'what is said of a service is so in SAP', 'one key, one effect of a service'],
  },
];
