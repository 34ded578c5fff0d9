/** Makes the folder the local org serves its page from; an unchanged page comes from the cache at once. */
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageFolder, readComponentFolders } from './component-folders.ts';
import { contentHash } from './content-hash.ts';
import { writeIconSprites } from './icon-sprites.ts';
import { lwcPlugin } from './lwc-plugin.ts';

/** Where things are. */
export interface BundleOptions {
  /** The repository's root. */
  readonly root: string;
  /** Finished pages are kept here, one folder per content; the last few stay. */
  readonly cacheDir: string;
}

/** A branch switch back and forth should not rebuild; more than that is litter. */
const keptPages = 3;

/** The style sheet of the Salesforce Lightning Design System, beside the script. */
async function copyStyleSheet(target: string): Promise<void> {
  const styles = join(packageFolder('@salesforce-ux/design-system'), 'assets/styles');
  await cp(join(styles, 'salesforce-lightning-design-system.min.css'), join(target, 'slds.css'));
}

async function writeScript(root: string, target: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { page: join(root, 'local-org/page/main.ts') },
    outdir: target,
    bundle: true,
    // Chunks may be reordered, and synthetic shadow must be evaluated before the engine.
    splitting: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    keepNames: false,
    logLevel: 'silent',
    define: { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' },
    plugins: [lwcPlugin(root, readComponentFolders(root))],
  });
}

async function forgetOldPages(cacheDir: string, current: string): Promise<void> {
  const others = (await readdir(cacheDir)).filter((name) => name !== current).sort();
  const surplus = others.slice(0, Math.max(0, others.length - keptPages));
  await Promise.all(surplus.map((name) => rm(join(cacheDir, name), { recursive: true, force: true })));
}

/** Returns the page's folder, building it if its content is new. */
export async function bundlePage({ root, cacheDir }: BundleOptions): Promise<string> {
  const name = contentHash(root);
  const finished = join(cacheDir, name);
  if (existsSync(join(finished, 'index.html'))) return finished;
  // Built aside and moved in one step, so that a half-written page is never served.
  const aside = join(cacheDir, `${name}.${process.pid}`);
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await Promise.all([writeScript(root, aside), copyStyleSheet(aside)]);
  await writeIconSprites(aside);
  await cp(join(root, 'local-org/page/page.css'), join(aside, 'page.css'));
  await cp(join(root, 'local-org/page/index.html'), join(aside, 'index.html'));
  await writeFile(join(aside, 'content-hash'), name);
  await rm(finished, { recursive: true, force: true });
  await rename(aside, finished);
  await forgetOldPages(cacheDir, name);
  return finished;
}
