/** Mutants of what is noted, and when. */
import type { Mutant } from './mutant.ts';

const journaled = 'journaled before it is said';
const forgotten = 'nothing is forgotten';
const done = 'done means that SAP has what was asked for';

export const journalMutants: readonly Mutant[] = [
  {
    name: 'no fsync',
    file: 'durable-file/open-file.ts',
    find: `database.exec('PRAGMA synchronous = FULL');`,
    replace: `database.exec('PRAGMA synchronous = OFF');`,
    foundBy: [journaled],
  },
  {
    name: 'fsync only now and then',
    file: 'durable-file/open-file.ts',
    find: `database.exec('PRAGMA synchronous = FULL');`,
    replace: `database.exec('PRAGMA synchronous = NORMAL');`,
    foundBy: [journaled],
  },
  {
    name: 'SAP before the journal',
    file: 'agent/execute/admissions.ts',
    find: `const { begun, entry } = await journal.begin(intent);
    if (begun) return start(entry, wasSent ? 'look-up' : 'write', holding, { isUrgent: false });`,
    replace: `const known = await journal.find(intent.org, intent.system, intent.id);
    const asOf = new Date(clock.now()).toISOString();
    const nothing = { attempts: 0, isRepeat: false, customer: null, contact: null, sapMessages: [], problem: null };
    const early = { id: intent.id, kind: intent.kind, state: 'running' as const, asOf, ...nothing };
    const noted = journal.begin(intent);
    if (known === undefined) {
      return start({ ...intent, operation: early, createdAtMs: 0 }, wasSent ? 'look-up' : 'write', holding, { isUrgent: false });
    }
    const { entry } = await noted;`,
    foundBy: [journaled],
  },
  {
    name: 'done is said before it is journaled',
    file: 'agent/execute/run-record.ts',
    find: `await journal.record(this.#key, operation);`,
    replace: `void journal.record(this.#key, operation);`,
    foundBy: [journaled],
  },
  {
    name: 'corrected content is ignored',
    file: 'agent/execute/admissions.ts',
    find: `const current = isSame ? entry : await journal.replaceContent(intent);`,
    replace: `const current = entry;`,
    foundBy: [done, forgotten],
  },
  {
    name: 'a refused key stays refused',
    file: 'journal/sqlite-entries.ts',
    find: `if (standing !== undefined && standing.operation.state !== 'refused') {`,
    replace: `if (standing !== undefined) {`,
    foundBy: [forgotten],
  },
  {
    name: 'what ended in an earlier process is not told',
    file: 'agent/outbox/deliveries.ts',
    find: `(hasEnded(outcome) || underWay.has(outcome.operation.id)),`,
    replace: `underWay.has(outcome.operation.id),`,
    foundBy: [forgotten, 'Salesforce shows what SAP has'],
  },
];
