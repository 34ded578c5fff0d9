/** Why a file cannot be used, in words that an operator can act on. */
import type { FileFormat } from './file-format.ts';

/** A file that is not to be used as it is; nothing was changed in it. */
export class FileRefusal extends Error {}

/** What is said of a file whose content SQLite cannot make sense of. */
export const damaged = (file: string, { remedy }: FileFormat): string => `${file} is damaged; ${remedy}`;

/** SQLite's primary result codes and Node's file errors in words; see sqlite.org/rescode.html. */
export function reasonOf(error: unknown, file: string, format: FileFormat): string {
  if (error instanceof FileRefusal) return error.message;
  switch (sqliteCodeOf(error) ?? codeOf(error)) {
    case 5: // BUSY
    case 6: // LOCKED
      return `${file} is in use by ${format.owner}`;
    case 8: // READONLY
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return `${file} or its folder may not be written by this user`;
    case 11: // CORRUPT
    case 26: // NOTADB
      return damaged(file, format);
    case 13: // FULL
    case 'ENOSPC':
      return `no space is left for ${file}`;
    case 10: // IOERR
      return `the disk of ${file} reports an error`;
    case 14: // CANTOPEN
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
      return `${file} cannot be opened; it must be a file in a folder that exists`;
    default:
      return error instanceof Error ? error.message : 'unknown';
  }
}

/** Whether SQLite found no room: at the file's own limit, or on the disk. */
export const isFull = (error: unknown): boolean => sqliteCodeOf(error) === 13;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function sqliteCodeOf(error: unknown): number | undefined {
  if (!isObject(error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // Extended codes keep the primary one in their low byte.
  return error.errcode & 0xff;
}

/** Node's own code of a file error, `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return isObject(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
