/** Mutants of who may write, and until when. */
import type { Mutant } from './mutant.ts';

const leased = 'no write without a lease';
const fenced = 'an old agent writes nothing';
const refused = 'refused means that SAP has nothing';

export const leaseMutants: readonly Mutant[] = [
  {
    name: 'no fence in the write',
    file: 'agent/execute/step-run.ts',
    find: `const write = { key, contentHash, fence: holding?.fence };`,
    replace: `const write = { key, contentHash };`,
    foundBy: [fenced, refused, 'older never overwrites newer'],
  },
  {
    name: 'the lease has no end',
    file: 'agent/outbox/take-lease.ts',
    find: `startedMs + Math.min(leaseMs, said.expiresInMs) * leaseShare)`,
    replace: `startedMs + leaseMs * 100)`,
    foundBy: [leased],
  },
  {
    name: 'the lease counts from the answer, and for half as long again',
    file: 'agent/outbox/visits.ts',
    find: `await this.#understand(visit, answer, startedMs);`,
    replace: `await this.#understand(visit, answer, clock.monotonic() + leaseMs * 0.5 + 0 * startedMs);`,
    foundBy: [leased],
  },
  {
    name: 'the lease of another agent is ignored',
    file: 'agent/outbox/take-lease.ts',
    find: `lease.lose(holder);`,
    replace: ``,
    foundBy: [leased],
  },
  {
    name: 'calls through the relay need no lease',
    file: 'agent/execute/writes.ts',
    find: `if (lease.holding === undefined) throw this.#standby(call);`,
    replace: ``,
    foundBy: [leased],
  },
  {
    name: 'what ended elsewhere is resumed',
    file: 'agent/outbox/earlier-writes.ts',
    find: `if (state === 'ended') await writes.supersede({ org, system, id });`,
    replace: `if (state === 'ended') writes.resumeOne(entry, holding);`,
    foundBy: [refused, 'nothing is forgotten'],
  },
  {
    name: 'a wish to withdraw is not heard',
    file: 'agent/outbox/visits.ts',
    find: `for (const { id, wish, reason } of withdrawn) await intake.withdraw(id, withdrawal(wish, reason));`,
    replace: `void [withdrawn, intake, withdrawal];`,
    foundBy: ['a withdrawn write does not begin'],
  },
  {
    name: 'withdrawn without a look into SAP',
    file: 'agent/execute/step-run.ts',
    find: `if (this.withdrawn !== undefined && !this.#mayBeInSap) return this.withdrawn;`,
    replace: `if (this.withdrawn !== undefined) return this.withdrawn;`,
    foundBy: [refused],
  },
];
