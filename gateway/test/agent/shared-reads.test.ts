/** Equal reads in flight ask once; different ones, other orgs and later ones ask for themselves. */
import { describe, expect, it } from '@jest/globals';
import type { Call } from '../../src/agent/index.ts';
import { SharedReads } from '../../src/agent/shared-reads.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { correlationId } from '../../src/model/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { org, otherOrg, otherSystem, system } from '../relay/house.ts';
import { createMoment } from '../relay/moment.ts';

function reader(changes: Partial<Call> = {}, isWaiting = () => true) {
  const call: Call = {
    org,
    user: 'rep@example.com',
    system,
    operation: 'readCredit',
    params: { number: '0000104711' },
    query: {},
    body: undefined,
    idempotencyKey: undefined,
    correlationId: correlationId.parse('corr-0001'),
    deadline: Deadline.in(systemClock, 10_000),
    ...changes,
  };
  return { call, isWaiting };
}

describe('reads in flight', () => {
  it('that are equal share one answer, whoever asks in the org', async () => {
    const reads = new SharedReads<number>();
    const held = createMoment();
    let asked = 0;
    const read = async (): Promise<number> => {
      asked += 1;
      await held.promise;
      return asked;
    };
    const answers = [
      reads.share(reader(), read),
      reads.share(reader({ user: 'other@example.com', correlationId: correlationId.parse('corr-0002') }), read),
    ];
    held.resolve();
    expect(await Promise.all(answers)).toEqual([1, 1]);
    expect(await reads.share(reader(), read)).toBe(2);
  });

  it.each([
    ['another org', { org: otherOrg }],
    ['another system', { system: otherSystem }],
    ['another customer', { params: { number: '0000104712' } }],
    ['another page', { query: { limit: 20 } }],
    ['another operation', { operation: 'listPartners' as const }],
    ['another body', { body: { name: 'Nordwind' } }],
  ])('of %s are made for themselves', async (_what, changes) => {
    const reads = new SharedReads<string>();
    const held = createMoment();
    const first = reads.share(reader(), async () => {
      await held.promise;
      return 'first';
    });
    expect(await reads.share(reader(changes), () => Promise.resolve('own'))).toBe('own');
    held.resolve();
    expect(await first).toBe('first');
  });

  it('share a failure, but not the deadline of somebody else', async () => {
    const reads = new SharedReads<string>();
    const fail = (code: 'SAP_UNREACHABLE' | 'DEADLINE_PASSED') => () => Promise.reject(new GatewayError(code));
    const both = [reads.share(reader(), fail('SAP_UNREACHABLE')), reads.share(reader(), () => Promise.resolve('own'))];
    expect((await Promise.allSettled(both)).map((each) => each.status)).toEqual(['rejected', 'rejected']);

    const hurried = reads.share(reader({ deadline: Deadline.in(systemClock, 0) }), fail('DEADLINE_PASSED'));
    const patient = reads.share(reader(), () => Promise.resolve('own'));
    await expect(hurried).rejects.toMatchObject({ code: 'DEADLINE_PASSED' });
    expect(await patient).toBe('own');
  });

  it('are wanted as long as one of the readers waits', async () => {
    const reads = new SharedReads<boolean>();
    const held = createMoment();
    const isHere = { first: true, second: true };
    const read = async (isWanted: () => boolean): Promise<boolean> => {
      await held.promise;
      return isWanted();
    };
    const first = reads.share(
      reader({}, () => isHere.first),
      read,
    );
    void reads.share(
      reader({}, () => isHere.second),
      read,
    );
    isHere.first = false;
    held.resolve();
    expect(await first).toBe(true);
  });
});
