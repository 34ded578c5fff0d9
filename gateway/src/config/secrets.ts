/** Files named by settings: read when they are used, so that a new password or key needs no restart. */
import { readFileSync, statSync } from 'node:fs';
import { GatewayError } from '../errors/index.ts';

/** The longest thing of this kind is a certificate chain, about 20 KB. */
const maxBytes = 65_536;

/** Why a file cannot be used; undefined when it can. */
export function fileProblem(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return `names a file that does not exist: ${file}`;
  if (!found.isFile()) return `names something that is not a regular file: ${file}`;
  if (found.size === 0) return `names an empty file: ${file}`;
  if (found.size > maxBytes) return `names a file of more than ${maxBytes} bytes: ${file}`;
  return undefined;
}

/** Whether others than its owner may read it. */
export function isOpenToOthers(file: string): boolean {
  if (process.platform === 'win32') return false; // Windows keeps rights in access lists, which `mode` does not show.
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0;
}

/** Reads a secret each time it is asked. One line end after it is not part of it: editors add it. */
export function secretFrom(setting: string, file: string): () => string {
  return () => readText(setting, file).replace(/\r?\n$/, '');
}

/** The text of a file that is not secret (a certificate, a public key). */
export function readText(setting: string, file: string): string {
  if (fileProblem(file) !== undefined) throw new GatewayError('SECRET_MISSING', { setting, file });
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GatewayError('SECRET_MISSING', { setting, file }, cause);
  }
}
