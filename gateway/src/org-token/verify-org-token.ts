/** Decides which org a token speaks for: signature, audience, times, and nothing the token says of its own keys. */
import { decodeJwt, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { GatewayError } from '../errors/index.ts';
import { orgId } from '../model/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { Clock } from '../timing/index.ts';
import { toSigningKeys } from './registered-org.ts';
import type { RegisteredOrg, SigningKey } from './registered-org.ts';
import { TokenMemory } from './token-memory.ts';
import { checkWriteSignature } from './write-signature.ts';
import type { SignedWrite } from './write-signature.ts';

export type OrgTokenAlgorithm = 'RS256' | 'RS512';

export interface VerifiedOrgToken {
  readonly org: OrgId;
  /** `sub`: the Salesforce user. */
  readonly user: string;
  /** The SAP systems the org may use. */
  readonly systems: readonly SapSystemId[];
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

export interface OrgTokenVerifier {
  /** The token if it was verified a moment ago: the hot path, without a promise. */
  remembered(token: string): VerifiedOrgToken | undefined;
  /** Throws ORG_TOKEN_INVALID or ORG_NOT_TRUSTED. */
  verify(token: string): Promise<VerifiedOrgToken>;
  /** Checks that this org itself asks for this write; throws WRITE_NOT_SIGNED. */
  checkWrite(org: OrgId, write: SignedWrite, signature: string | undefined): void;
  /** The new list counts from now on; every remembered token is forgotten. */
  replaceOrgs(orgs: readonly RegisteredOrg[]): void;
}

export interface OrgTokenSettings {
  readonly audience: string;
  readonly orgs: readonly RegisteredOrg[];
  readonly algorithms?: readonly OrgTokenAlgorithm[] | undefined;
}

/** Clocks of Salesforce and ours differ by this much at most; `exp` gets no grace, because it bounds a replay. */
const clockSkewSeconds = 60;
/** A stolen token is worth five minutes at most, whatever the org configures. */
const maxLifetimeSeconds = 300;
/** Salesforce's tokens have under 1 KB; 4096-bit keys and long user names fit in 8 KB. */
const maxTokenLength = 8192;

interface TrustedOrg {
  readonly id: OrgId;
  readonly systems: readonly SapSystemId[];
  readonly keys: readonly SigningKey[];
}

/** A verifier for the registered orgs; throws CONFIG_INVALID for a certificate that cannot be used. */
export function createOrgTokenVerifier(settings: OrgTokenSettings, clock: Clock): OrgTokenVerifier {
  const memory = new TokenMemory(clock);
  const algorithms = [...(settings.algorithms ?? ['RS256'])];
  let trusted = toTrusted(settings.orgs);

  async function verifyAnew(token: string): Promise<VerifiedOrgToken> {
    const orgs = trusted;
    const org = trustedIssuer(token, orgs);
    const keys = validKeys(org, clock);
    if (keys.length === 0) throw invalid('no certificate of this org is valid today');
    const { payload, key } = await verifySignature(token, keys, { algorithms, audience: settings.audience, clock });
    const expiresAtMs = checkTimes(payload, clock);
    const verified = {
      org: org.id,
      user: typeof payload.sub === 'string' ? payload.sub : '',
      systems: org.systems,
      expiresAtMs,
    };
    // Keys replaced meanwhile: this answer still holds for this call, but is not remembered.
    if (orgs === trusted) memory.remember(token, verified, key.notAfterMs);
    return verified;
  }

  return {
    remembered: (token) => memory.recall(token),
    verify: async (token) => memory.recall(token) ?? memory.once(token, () => verifyAnew(token)),
    checkWrite: (org, write, signature) => {
      const registered = trusted.get(org);
      if (registered === undefined) throw new GatewayError('ORG_NOT_TRUSTED');
      const keys = validKeys(registered, clock).map(({ key }) => key);
      checkWriteSignature(write, signature, keys, clock);
    },
    replaceOrgs: (orgs) => {
      trusted = toTrusted(orgs);
      memory.forgetAll();
    },
  };
}

function toTrusted(orgs: readonly RegisteredOrg[]): ReadonlyMap<OrgId, TrustedOrg> {
  return new Map(orgs.map((org) => [org.id, { id: org.id, systems: org.systems, keys: toSigningKeys(org) }]));
}

const validKeys = (org: TrustedOrg, clock: Clock): readonly SigningKey[] =>
  org.keys.filter((key) => key.notBeforeMs <= clock.now() && clock.now() <= key.notAfterMs);

const invalid = (reason: string, cause?: unknown): GatewayError =>
  new GatewayError('ORG_TOKEN_INVALID', { reason }, cause);

function trustedIssuer(token: string, orgs: ReadonlyMap<OrgId, TrustedOrg>): TrustedOrg {
  const issuer = orgId.safeParse(claimedIssuer(token));
  if (!issuer.success) throw invalid('iss is not an org id');
  const org = orgs.get(issuer.data);
  if (org === undefined) throw new GatewayError('ORG_NOT_TRUSTED');
  return org;
}

/** Read before the signature is checked, only to choose the registered keys by it. */
function claimedIssuer(token: string): unknown {
  if (token.length > maxTokenLength) throw invalid('longer than 8192 characters');
  try {
    return decodeJwt(token).iss;
  } catch (cause) {
    throw invalid('not a JWT', cause);
  }
}

interface Expected {
  readonly algorithms: string[];
  readonly audience: string;
  readonly clock: Clock;
}

async function verifySignature(
  token: string,
  keys: readonly SigningKey[],
  expected: Expected,
): Promise<{ payload: JWTPayload; key: SigningKey }> {
  let failure: unknown;
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key.key, {
        algorithms: expected.algorithms,
        audience: expected.audience,
        clockTolerance: clockSkewSeconds,
        currentDate: new Date(expected.clock.now()),
        requiredClaims: ['exp', 'iat', 'aud'],
      });
      return { payload, key };
    } catch (thrown) {
      failure = thrown;
      // Only a signature that does not fit may fit the other certificate.
      if (!(thrown instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw invalid(reasonFor(failure), failure);
}

/** In our words: the library's texts are not ours to promise, and never repeat what the token says. */
function reasonFor(failure: unknown): string {
  if (failure instanceof errors.JWTExpired) return 'expired';
  if (failure instanceof errors.JWSSignatureVerificationFailed)
    return 'signature does not fit a registered certificate';
  if (failure instanceof errors.JOSEAlgNotAllowed) return 'algorithm is not allowed';
  if (failure instanceof errors.JWTClaimValidationFailed) return `claim ${failure.claim} is missing or wrong`;
  return 'not a signed JWT of the expected form';
}

/** The library allowed for skew everywhere; `exp` and the lifetime are exact. Returns the end in milliseconds. */
function checkTimes(payload: JWTPayload, clock: Clock): number {
  const { exp, iat } = payload;
  if (exp === undefined || iat === undefined) throw invalid('claim exp or iat is missing or wrong');
  if (exp * 1000 <= clock.now()) throw invalid('expired');
  if (iat * 1000 > clock.now() + clockSkewSeconds * 1000) throw invalid('issued in the future');
  if (exp - iat > maxLifetimeSeconds) throw invalid('lives longer than 5 minutes');
  return exp * 1000;
}
