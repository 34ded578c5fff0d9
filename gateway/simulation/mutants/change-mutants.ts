/** Mutants of what brings changes of SAP into Salesforce. */
import type { Mutant } from './mutant.ts';

const kept = 'kept before it is acknowledged';
const ends = 'every change ends once';
const newer = 'nothing older overwrites newer';
const parents = 'children come after their parents';
const receipts = 'receipts are true';
const older = 'older is only what is behind something newer';
const echo = 'an echo writes nothing';
const budget = 'the budget of the day is kept';
const rest = 'everything comes to rest';
const truth = 'what SAP said last is there';
const listed = 'what is held is listed';

export const changeMutants: readonly Mutant[] = [
  {
    name: 'a document that comes again is kept again',
    file: 'queue/accept-documents.ts',
    find: `if (insertDocument.run(...columns).changes === 0) return keepAgain(row, nowMs);`,
    replace: `if (insertDocument.run(...columns).changes === 0 && keepAgain(row, nowMs).result === 'conflict') return keepAgain(row, nowMs);`,
    foundBy: [kept, ends, rest],
  },
  {
    name: 'a document is acknowledged before it is kept',
    file: 'agent/receive/intake.ts',
    find: `    await write(checkpoint);
    await written;
    return taken;`,
    replace: `    await write(checkpoint);
    return taken;`,
    foundBy: [kept],
  },
  {
    name: 'a reused number is taken for a repetition',
    file: 'queue/accept-documents.ts',
    find: `if (before?.['content_hash'] === contentHash) return`,
    replace: `if (before !== undefined) return`,
    foundBy: [kept],
  },
  {
    name: 'the queue is not synced',
    file: 'durable-file/open-file.ts',
    find: `database.exec('PRAGMA synchronous = FULL');`,
    replace: `database.exec('PRAGMA synchronous = NORMAL');`,
    foundBy: [kept],
  },
  {
    name: 'what waits is merged newest first',
    file: 'sync/facet-parts.ts',
    find: `  return one.order < other.order ? -1 : 1;`,
    replace: `  return one.order < other.order ? 1 : -1;`,
    foundBy: [newer, truth],
  },
  {
    name: 'what comes late is written whole',
    file: 'sync/facet-parts.ts',
    find: `const isLeft = (path: string): boolean => !wasSaidLater(path, change, record);`,
    replace: `const isLeft = (): boolean => true;`,
    foundBy: [newer, truth],
  },
  {
    name: 'what comes late is dropped whole',
    file: 'sync/facet-parts.ts',
    find: `isOlder(change, record) && isRemoved === undefined && Object.keys(fields).length === 0;`,
    replace: `isOlder(change, record);`,
    foundBy: [truth],
  },
  {
    name: 'an equal order counts as older',
    file: 'sync/facet-parts.ts',
    find: `order < (applied[facet] ?? '');`,
    replace: `order <= (applied[facet] ?? '');`,
    foundBy: [truth, older],
  },
  {
    name: 'every facet gets the order of the newest',
    file: 'sync/plan.ts',
    find: `Object.fromEntries(parts.map(({ facet, order }) => [facet, order]));`,
    replace: `Object.fromEntries(parts.map(({ facet }) => [facet, newest.order]));`,
    foundBy: [truth, newer, older],
  },
  {
    name: 'the hash of a write leaves out the values',
    file: 'sync/plan.ts',
    find: `.update(JSON.stringify([entries, isRemoved]))`,
    replace: `.update(JSON.stringify([entries.map(([path]) => path), isRemoved]))`,
    foundBy: [truth],
  },
  {
    name: 'echoes are written',
    file: 'sync/plan.ts',
    find: `  if (record.written !== hash) return false;`,
    replace: `  if (record.written !== hash || hash !== '') return false;`,
    foundBy: [echo],
  },
  {
    name: 'children are written before their parents',
    file: 'sync/batches.ts',
    find: `keyed.sort((one, other) => one.at - other.at ||`,
    replace: `keyed.sort((one, other) => other.at - one.at ||`,
    foundBy: [parents],
  },
  {
    name: 'two calls write a record and its parent',
    file: 'sync/batches.ts',
    find: `    if (this.#locks.has(keyText(record.key))) return true;
    return (
      parents.some((parent) => this.#keys.has(keyText(parent))) || locks(parents).some((key) => this.#locks.has(key))
    );`,
    replace: `    return this.#keys.has(keyText(record.key)) && parents.length < 0;`,
    foundBy: [parents],
  },
  {
    name: 'a record under way is taken again',
    file: 'queue/take-records.ts',
    find: `AND state = 'ready' AND NOT EXISTS (SELECT 1 FROM temp.taken WHERE taken.record = record.id)`,
    replace: `AND state = 'ready'`,
    foundBy: [parents, newer, echo],
  },
  {
    name: 'a parent that is delivered releases nobody',
    file: 'queue/settle-records.ts',
    find: `    return release.run(keyText(settlement.key), org, nowMs).changes > 0 || state === 'ready';`,
    replace: `    return state === 'ready';`,
    foundBy: [rest],
  },
  {
    name: 'records are settled before they are written',
    file: 'sync/deliveries.ts',
    find: `      answer = await sink.write(writes, refresh, Deadline.in(clock, policy.writeTimeoutMs));`,
    replace: `      const committedAt = new Date(clock.now()).toISOString();
      await this.settle(records, writes.map(() => ({ ended: 'written', recordId: '001', isNew: false })), committedAt);
      answer = await sink.write(writes, refresh, Deadline.in(clock, policy.writeTimeoutMs));`,
    foundBy: [receipts],
  },
  {
    name: 'a new process has all calls of the day',
    file: 'sync/budget.ts',
    find: `    this.#calls += read.data.calls;`,
    replace: ``,
    foundBy: [budget],
  },
  {
    name: 'a retry that is due is not taken',
    file: 'queue/take-records.ts',
    find: `if (selectDue.get(target, nowMs) !== undefined) makeDue.run(target, nowMs);`,
    replace: ``,
    foundBy: [rest],
  },
  {
    name: 'a customer that is being created is left to a person',
    file: 'sync/policy.ts',
    find: `  if (disposition === 'hold' || disposition === 'reject') return undefined;`,
    replace: `  if (disposition === 'hold' || disposition === 'reject' || code === 'CUSTOMER_BEING_CREATED') return undefined;`,
    foundBy: [rest],
  },
  {
    name: 'a call that failed ends its records',
    file: 'sync/deliveries.ts',
    find: `{ ...base, ended: 'retry', dueAtMs: 0 }`,
    replace: `{ ...base, ended: 'skipped', why: 'older', reason: '' }`,
    foundBy: [older, truth],
  },
  {
    name: 'an issue that is solved stays in the list',
    file: 'sync/issues.ts',
    find: `      if (state !== shown.state || this.#again.has(shown.name)) pending.push({ ...shown, state });`,
    replace: `      if (state === 'waiting') pending.push({ ...shown, state });`,
    foundBy: [listed],
  },
  {
    name: 'a new process does not know what the org shows',
    file: 'sync/issues.ts',
    find: `    for (const { isUnsure, ...issue } of read.success ? read.data : []) {`,
    replace: `    for (const { isUnsure, ...issue } of read.success ? read.data.slice(read.data.length) : []) {`,
    foundBy: [listed],
  },
  {
    name: "a report whose answer is lost is nobody's",
    file: 'sync/reports.ts',
    find: `    await issues.reporting(shown);
`,
    replace: ``,
    foundBy: [listed],
  },
  {
    name: 'what arrives during a call ends with it',
    file: 'queue/settle-records.ts',
    find: `    const state = next === undefined ? 'idle' : 'ready';`,
    replace: `    const state = next === undefined ? 'idle' : 'idle';`,
    foundBy: [ends, rest, truth],
  },
  {
    name: 'what the org has newer takes the rest of its record along',
    file: 'sync/outcomes.ts',
    find: `        : withoutFacets(planned, outcome.facets, untilNow(parts));`,
    replace: `        : over(planned, { ...base, ended: 'skipped', why: 'older', reason: '' });`,
    foundBy: [older, truth],
  },
  {
    name: 'a record that makes whole calls fail is never found',
    file: 'sync/suspects.ts',
    find: `    return lastSuccessMs >= known.aloneMs;`,
    replace: `    return lastSuccessMs < 0;`,
    foundBy: [rest],
  },
];
