/** The signature of a write: only the org's own, of just this write, of this moment. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createOrgTokenVerifier, textToSign } from '../../src/org-token/index.ts';
import type { SignedWrite } from '../../src/org-token/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import { systemClock } from '../../src/timing/index.ts';

const org = orgId.parse('00D5g000004GANg');
const current = generateKeyPairSync('rsa', { modulusLength: 2048 });
const next = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const nowSeconds = 1_800_000_000;
const clock = { ...systemClock, now: () => nowSeconds * 1000 };
const certificates = [current, next].map((pair) => pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
const verifier = createOrgTokenVerifier(
  { audience: 'https://relay.test', orgs: [{ id: org, certificates, systems: [sapSystemId.parse('ERPCLNT100')] }] },
  clock,
);
const write: SignedWrite = {
  method: 'POST',
  path: '/v1/customers',
  system: 'ERPCLNT100',
  idempotencyKey: 'customer.create:001AAA',
  body: Buffer.from('{"name":"Zephyr Robotics GmbH"}'),
};

function signed(what: SignedWrite, atSeconds = nowSeconds, pair = current): string {
  const signature = sign('sha256', Buffer.from(textToSign(what, atSeconds)), pair.privateKey);
  return `t=${atSeconds},s=${signature.toString('base64')}`;
}
const check = (header: string | undefined, asked: SignedWrite = write) => verifier.checkWrite(org, asked, header);
const refused = expect.objectContaining({ code: 'WRITE_NOT_SIGNED' });

test('the text is what Apex builds, line for line', () => {
  const digest = createHash('sha256').update('{"name":"Zephyr Robotics GmbH"}').digest('hex');
  const lines = [
    'gangway-write-v1',
    'POST /v1/customers',
    'ERPCLNT100',
    'customer.create:001AAA',
    '1800000000',
    digest,
  ];
  expect(textToSign(write, nowSeconds)).toBe(lines.join('\n'));
});

test.each([
  ['the current certificate', current],
  ['the next one, during a change', next],
])('a write signed with %s passes', (_, pair) => {
  expect(() => check(signed(write, nowSeconds, pair))).not.toThrow();
});

describe('a write is refused when its signature', () => {
  test.each<[string, string | undefined]>([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no signature', 't=1800000000,s=AAAA'],
    ['was made by somebody else', signed(write, nowSeconds, stranger)],
    ['is older than five minutes', signed(write, nowSeconds - 301)],
    ['is of the future', signed(write, nowSeconds + 61)],
    ['has another time than was signed', signed(write).replace('t=1800000000', 't=1800000001')],
  ])('%s', (_, header) => {
    expect(() => check(header)).toThrow(refused);
  });

  test.each<[string, Partial<SignedWrite>]>([
    ['other data', { body: Buffer.from('{"name":"Mallory Ltd"}') }],
    ['no data', { body: undefined }],
    ['another key', { idempotencyKey: 'customer.create:001BBB' }],
    ['another system', { system: 'OTHCLNT200' }],
    ['another customer', { path: '/v1/customers/0000104711' }],
    ['another method', { method: 'PATCH' }],
  ])('was made for %s', (_, change) => {
    expect(() => check(signed(write), { ...write, ...change })).toThrow(refused);
  });
});

test('a write that names no system is refused, or a relay could choose one', () => {
  const unnamed = { ...write, system: '' };
  expect(() => check(signed(unnamed), unnamed)).toThrow(refused);
});

test('an org that is not registered has no signature that counts', () => {
  const other = orgId.parse('00D000000000062');
  expect(() => verifier.checkWrite(other, write, signed(write))).toThrow(
    expect.objectContaining({ code: 'ORG_NOT_TRUSTED' }),
  );
});
