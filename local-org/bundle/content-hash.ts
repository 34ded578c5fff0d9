/** A name for everything a bundle is made from, so that an unchanged page is never built twice. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'force-app/main/**/lwc/**',
  'force-app/main/**/labels/**',
  'force-app/main/**/flexipages/**',
  'force-app/main/**/quickActions/**',
  'local-org/**',
  // The compiler's and the base components' versions decide the output as much as our own sources do.
  'package-lock.json',
];

/** SHA-256 over path and content of every source. */
export function contentHash(root: string): string {
  const hash = createHash('sha256');
  // Compiled `.js` beside a `.ts` and tests are no input: the page takes the TypeScript.
  const files = globSync(sources, { cwd: root, exclude: (path) => path.includes('__tests__') })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
  for (const path of files)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex').slice(0, 20);
}
