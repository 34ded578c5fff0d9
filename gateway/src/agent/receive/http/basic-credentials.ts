/** User and password of SAP's destination (SM59), compared so that the time taken says nothing about them. */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  readonly user: string;
  /** Read each time, so that a new password needs no restart. */
  readonly password: () => string;
}

/** Whether the header carries them. */
export function areRight(header: string | undefined, { user, password }: Credentials): boolean {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/=]{1,8192})$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64');
  // Hashes are of one length, whatever was given.
  return timingSafeEqual(hashOf(given), hashOf(Buffer.from(`${user}:${password()}`)));
}

const hashOf = (text: Buffer): Buffer => createHash('sha256').update(text).digest();
