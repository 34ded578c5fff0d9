/** Where the project is and which files belong to it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of this clone. */
export const projectRoot = resolve(import.meta.dirname, '..');

/** A file of the project: its path from the root with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.gangway']);

/** Every file that is, or would be, under version control; without git (an unpacked archive) all but the built ones. */
export function listFiles(root: string = projectRoot): readonly string[] {
  const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const paths = git.status === 0 && git.stdout !== '' ? git.stdout.split('\0').filter(Boolean) : walk(root, '');
  return [...new Set(paths)].filter((path) => isFile(join(root, path))).toSorted();
}

/** The files whose path matches, with their text. */
export function readFiles(matching: RegExp, root: string = projectRoot): readonly SourceFile[] {
  return listFiles(root)
    .filter((path) => matching.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(root, path) : [path];
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
