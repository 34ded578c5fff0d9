/** Which tokens speak for an org, and why the others do not. */
import { createHmac, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { toGatewayError } from '../../src/errors/index.ts';
import { createOrgTokenVerifier } from '../../src/org-token/index.ts';
import type { OrgTokenVerifier, RegisteredOrg } from '../../src/org-token/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import { makeCertificate } from '../relay/certificates.ts';
import { audience, makeToken, org, orgKey, registeredOrg, system } from '../relay/house.ts';
import type { TokenChanges } from '../relay/house.ts';

const secondKey = makeCertificate();
const yesterday = new Date(Date.now() - 2 * 86_400_000);
const expiredKey = makeCertificate(yesterday, new Date(Date.now() - 86_400_000));
const futureKey = makeCertificate(new Date(Date.now() + 86_400_000), new Date(Date.now() + 2 * 86_400_000));

/** A clock whose time the test moves. */
function movableClock(): Clock & { aheadMs: number } {
  const clock = { ...systemClock, aheadMs: 0, now: () => systemClock.now() + clock.aheadMs };
  return clock;
}

function verifierFor(changes: Partial<RegisteredOrg> = {}, clock: Clock = systemClock): OrgTokenVerifier {
  return createOrgTokenVerifier({ audience, orgs: [{ ...registeredOrg, ...changes }] }, clock);
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);
const goodClaims = (): object => ({ iss: org, aud: audience, iat: now(), exp: now() + 60 });

/** Signed with the public key's text as an HMAC secret: the classic confusion. */
function hmacToken(secret: string): string {
  const content = `${base64({ alg: 'HS256' })}.${base64(goodClaims())}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** Signed rightly, with a header of the test's choice. */
function handMadeToken(header: object): string {
  const content = `${base64(header)}.${base64(goodClaims())}`;
  return `${content}.${sign('sha256', Buffer.from(content), orgKey.privateKey).toString('base64url')}`;
}

const outcome = (verifier: OrgTokenVerifier, token: string): Promise<string> =>
  verifier.verify(token).then(
    (verified) => `${verified.org} ${verified.user}`,
    (thrown: unknown) => {
      const { code, context } = toGatewayError(thrown);
      return `${code}: ${context['reason'] ?? ''}`;
    },
  );

describe('an org token', () => {
  const accepted: [string, TokenChanges][] = [
    ['as Salesforce sends it', {}],
    ['with the org id in its 15-character form', { claims: { iss: org.slice(0, 15) } }],
    ['with several audiences, ours among them', { claims: { aud: ['https://elsewhere.test', audience] } }],
    ['without nbf', { claims: { nbf: undefined } }],
    ['issued 50 seconds ahead of our clock', { claims: { iat: now() + 50, nbf: now() + 50, exp: now() + 170 } }],
    ['living exactly five minutes', { claims: { iat: now(), exp: now() + 300 } }],
    [
      'whose kid, jku, x5u and jwk point elsewhere, as if they were not there',
      {
        header: {
          kid: '../../etc/passwd',
          jku: 'https://evil.test/keys',
          x5u: 'https://evil.test/cert',
          x5c: ['AAAA'],
          jwk: { kty: 'oct', k: 'AAAA' },
        },
      },
    ],
  ];
  it.each(accepted)('is accepted %s', async (_what, changes) => {
    expect(await outcome(verifierFor(), await makeToken(changes))).toBe(`${org} rep@example.com`);
  });

  const refused: [string, TokenChanges, string][] = [
    ['expired an hour ago', { claims: { iat: now() - 3700, nbf: now() - 3700, exp: now() - 3600 } }, 'expired'],
    ['expired a second ago', { claims: { iat: now() - 60, nbf: now() - 60, exp: now() - 1 } }, 'expired'],
    ['without exp', { claims: { exp: undefined } }, 'claim exp is missing or wrong'],
    ['without iat', { claims: { iat: undefined } }, 'claim iat is missing or wrong'],
    ['without aud', { claims: { aud: undefined } }, 'claim aud is missing or wrong'],
    ['living longer than five minutes', { claims: { iat: now(), exp: now() + 301 } }, 'lives longer than 5 minutes'],
    ['not valid yet', { claims: { nbf: now() + 100 } }, 'claim nbf is missing or wrong'],
    ['issued in the future', { claims: { iat: now() + 100, exp: now() + 200 } }, 'issued in the future'],
    ['for another audience', { claims: { aud: 'https://elsewhere.test' } }, 'claim aud is missing or wrong'],
    [
      'for an audience that only begins like ours',
      { claims: { aud: `${audience}.evil.test` } },
      'claim aud is missing or wrong',
    ],
    [
      'signed with a key nobody registered',
      { key: secondKey.privateKey },
      'signature does not fit a registered certificate',
    ],
    ['signed with an algorithm that is not configured', { header: { alg: 'RS512' } }, 'algorithm is not allowed'],
    ['signed with PS256', { header: { alg: 'PS256' } }, 'algorithm is not allowed'],
    ['with an issuer that is no org id', { claims: { iss: 'https://login.salesforce.com' } }, 'iss is not an org id'],
    ['without an issuer', { claims: { iss: undefined } }, 'iss is not an org id'],
  ];
  it.each(refused)('is refused %s', async (_what, changes, reason) => {
    expect(await outcome(verifierFor(), await makeToken(changes))).toBe(`ORG_TOKEN_INVALID: ${reason}`);
  });

  it.each([
    ['nothing', ''],
    ['text', 'not.a.token'],
    ['alg none', `${base64({ alg: 'none' })}.${base64(goodClaims())}.`],
    ['alg none in disguise', `${base64({ alg: 'nOnE' })}.${base64(goodClaims())}.`],
    ['the certificate as HMAC secret', hmacToken(orgKey.certificate)],
    ['the public key as HMAC secret', hmacToken(orgKey.publicKey.export({ type: 'spki', format: 'pem' }).toString())],
    ['one with a critical header nobody knows', handMadeToken({ alg: 'RS256', crit: ['x'], x: 1 })],
    ['one with an unencoded payload', handMadeToken({ alg: 'RS256', crit: ['b64'], b64: false })],
    ['more than 8 KB', `${'a'.repeat(9000)}.b.c`],
  ])('is refused when it is %s', async (_what, token) => {
    expect(await outcome(verifierFor(), token)).toMatch(/^ORG_TOKEN_INVALID/);
  });

  it('is refused when a single character of it was changed', async () => {
    const token = await makeToken();
    const [header = '', , signature = ''] = token.split('.');
    const forged = `${header}.${base64({ ...goodClaims(), sub: 'admin@example.com' })}.${signature}`;
    expect(await outcome(verifierFor(), forged)).toMatch(/^ORG_TOKEN_INVALID: signature/);
  });

  it('of an org that is not registered is not trusted', async () => {
    const token = await makeToken({ claims: { iss: '00D5g000004OTHR' } });
    expect(await outcome(verifierFor(), token)).toBe('ORG_NOT_TRUSTED: ');
  });

  it('with the wrong check characters in an 18-character id belongs to the 15 that count', async () => {
    const token = await makeToken({ claims: { iss: `${org.slice(0, 15)}AAA` } });
    expect(await outcome(verifierFor(), token)).toBe(`${org} rep@example.com`);
  });
});

describe('the certificates of an org', () => {
  it('may be two during rotation: tokens of either are accepted', async () => {
    const verifier = verifierFor({ certificates: [orgKey.certificate, secondKey.certificate] });
    expect(await outcome(verifier, await makeToken())).toContain(org);
    expect(await outcome(verifier, await makeToken({ key: secondKey.privateKey }))).toContain(org);
  });

  it('may be given as a bare public key', async () => {
    const pem = orgKey.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(await outcome(verifierFor({ certificates: [pem] }), await makeToken())).toContain(org);
  });

  it.each([
    ['expired', expiredKey],
    ['not valid yet', futureKey],
  ])('count for nothing when %s', async (_what, key) => {
    const verifier = verifierFor({ certificates: [key.certificate] });
    expect(await outcome(verifier, await makeToken({ key: key.privateKey }))).toBe(
      'ORG_TOKEN_INVALID: no certificate of this org is valid today',
    );
  });

  it.each([
    ['none', []],
    ['three', [orgKey.certificate, orgKey.certificate, orgKey.certificate]],
    ['one that is no certificate', ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']],
    ['no PEM at all', ['certificate.pem']],
  ])('are a configuration error when there are %s', (_what, certificates) => {
    expect(() => verifierFor({ certificates })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('a verified token', () => {
  let token = '';
  beforeAll(async () => {
    token = await makeToken({ claims: { exp: now() + 250 } });
  });

  it('is remembered for a minute and then verified anew', async () => {
    const clock = movableClock();
    const verifier = verifierFor({}, clock);
    await verifier.verify(token);
    clock.aheadMs = 59_000;
    expect(verifier.remembered(token)).toMatchObject({ org, systems: [system] });
    clock.aheadMs = 61_000;
    expect(verifier.remembered(token)).toBeUndefined();
    expect(await outcome(verifier, token)).toContain(org);
  });

  it('is forgotten when it expires', async () => {
    const clock = movableClock();
    const verifier = verifierFor({}, clock);
    clock.aheadMs = 230_000;
    await verifier.verify(token);
    clock.aheadMs = 251_000;
    expect(verifier.remembered(token)).toBeUndefined();
    expect(await outcome(verifier, token)).toBe('ORG_TOKEN_INVALID: expired');
  });

  it('is forgotten when the keys change, also when it was being verified meanwhile', async () => {
    const verifier = verifierFor();
    await verifier.verify(token);
    const another = await makeToken({ claims: { sub: 'other@example.com' } });
    const running = verifier.verify(another);
    verifier.replaceOrgs([{ ...registeredOrg, certificates: [secondKey.certificate] }]);
    await running;
    expect([verifier.remembered(token), verifier.remembered(another)]).toEqual([undefined, undefined]);
    expect(await outcome(verifier, token)).toMatch(/^ORG_TOKEN_INVALID: signature/);
  });

  it('never stands in for another one', async () => {
    const verifier = verifierFor();
    await verifier.verify(token);
    expect(verifier.remembered(`${token}x`)).toBeUndefined();
  });
});
