/** What `gangway check` says about an org, found by found. */
import { describe, expect, test } from '@jest/globals';
import { salesforceChecks } from '../../src/agent/check-salesforce.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import type { OrgProbe } from '../../src/ports/index.ts';
import { systemClock } from '../../src/timing/index.ts';

const org = orgId.parse('00D5g000004GANG');
const probe: OrgProbe = {
  org,
  logOn: () => Promise.resolve(-1_400),
  readOutbox: () => Promise.resolve(3),
  usedCalls: { used: 18, limit: 15_000 },
  canListen: () => Promise.resolve(true),
};

/** Each finding or code, by the check's name without the org. */
async function found(more: Partial<OrgProbe> = {}): Promise<Readonly<Record<string, unknown>>> {
  const checks = salesforceChecks({ ...probe, ...more }, sapSystemId.parse('ERPCLNT100'), systemClock);
  const said = checks.map(async ({ name, run }) => {
    const words = await run().catch((thrown: unknown) => (thrown instanceof GatewayError ? thrown.code : 'a bug'));
    return [name.replace(`Salesforce ${org} `, ''), words] as const;
  });
  return Object.fromEntries(await Promise.all(said));
}

test('everything in order', async () => {
  expect(await found()).toEqual({
    logon: 'works, and leads to this org',
    clock: "is 1 s from the org's",
    outbox: 'can be read; 3 requests are ready for ERPCLNT100',
    bell: 'the Pub/Sub API is reached and lets the agent listen',
    'API calls': '18 of 15000 used in the last 24 hours',
  });
});

test('nothing else is looked at where the logon is refused', () => {
  const [logon] = salesforceChecks(probe, sapSystemId.parse('ERPCLNT100'), systemClock);
  expect(logon?.isBasic).toBe(true);
});

describe('what is not in order has its code', () => {
  const refused = (code: 'SALESFORCE_NOT_AUTHORIZED' | 'PACKAGE_MISSING') => () =>
    Promise.reject(new GatewayError(code));
  test.each([
    ['clock', { logOn: () => Promise.resolve(61_000) }, 'CLOCK_WRONG'],
    ['clock', { logOn: () => Promise.resolve(-61_000) }, 'CLOCK_WRONG'],
    ['outbox', { readOutbox: refused('PACKAGE_MISSING') }, 'PACKAGE_MISSING'],
    ['outbox', { readOutbox: refused('SALESFORCE_NOT_AUTHORIZED') }, 'SALESFORCE_NOT_AUTHORIZED'],
    ['bell', { canListen: () => Promise.resolve(false) }, 'SALESFORCE_NOT_AUTHORIZED'],
    ['API calls', { usedCalls: { used: 13_500, limit: 15_000 } }, 'SALESFORCE_LIMIT_REACHED'],
  ] as const)('%s', async (name, more, code) => {
    expect((await found(more))[name]).toBe(code);
  });
});

test('what the org does not say is said as such, and a bell that nobody wants is not looked at', async () => {
  const said = await found({ logOn: () => Promise.resolve(undefined), usedCalls: undefined, canListen: undefined });
  expect(said).toMatchObject({
    clock: 'the org did not say its time',
    'API calls': 'the org did not say how many are left',
  });
  expect(said).not.toHaveProperty('bell');
});
