/** Org tokens: who is calling, verified by the relay and again by the agent. */
export { createOrgTokenVerifier } from './verify-org-token.ts';
export type { OrgTokenAlgorithm, OrgTokenVerifier, VerifiedOrgToken } from './verify-org-token.ts';
export { textToSign } from './write-signature.ts';
export type { SignedWrite } from './write-signature.ts';
export type { RegisteredOrg } from './registered-org.ts';
