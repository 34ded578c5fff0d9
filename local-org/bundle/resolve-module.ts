/** From the name in an import to the file behind it, as the platform's own module loader would. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { ComponentFolders } from './component-folders.ts';

/** What a name stands for. */
export type Resolution =
  | { readonly kind: 'component-file'; readonly path: string }
  | { readonly kind: 'plain-file'; readonly path: string }
  | { readonly kind: 'generated'; readonly name: string };

/** Finds modules; `undefined` leaves the name to ordinary npm resolution. */
export type ModuleResolver = (name: string, importer: string) => Resolution | undefined;

const baseComponentManifest = z.object({
  lwc: z.object({ modules: z.array(z.object({ name: z.string().optional(), path: z.string().optional() })) }),
});

/** The names (`@salesforce/i18n/locale`, ...) for which the base components ship an answer themselves. */
function shippedModules(folder: string): Map<string, string> {
  const manifest = baseComponentManifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return new Map(
    manifest.lwc.modules.flatMap(({ name, path }) => (name && path ? [[name, join(folder, path)] as const] : [])),
  );
}

/** The first of `name.ts`, `name.js`, ... in a folder; TypeScript first, because the `.js` beside it is its output. */
function moduleFile(folder: string, name: string): string | undefined {
  return ['ts', 'js', 'html', 'css']
    .map((ending) => join(folder, `${name}.${ending}`))
    .find((file) => existsSync(file));
}

/** A relative import; a component without template or style sheet gets an empty one. */
function resolveRelative(name: string, importer: string): Resolution | undefined {
  const [bare = '', query] = name.split('?', 2);
  const base = isAbsolute(bare) ? bare : resolve(dirname(importer.split('?')[0] ?? ''), bare);
  const file = [base, `${base}.ts`, `${base}.js`].find((path) => existsSync(path) && statSync(path).isFile());
  if (file !== undefined) return { kind: 'component-file', path: query === undefined ? file : `${file}?${query}` };
  if (extname(base) === '.html') return { kind: 'generated', name: 'empty-template' };
  if (extname(base) === '.css') return { kind: 'generated', name: 'empty-style' };
  return undefined;
}

/** Builds the resolver for one bundle. */
export function createModuleResolver(root: string, folders: ComponentFolders): ModuleResolver {
  const shipped = shippedModules(folders.baseComponents);
  const own = [...folders.product.values(), join(root, 'local-org/lwc'), folders.baseComponents];
  const isComponentFile = (path: string): boolean => own.some((folder) => path.startsWith(folder + sep));

  const resolveBare = (name: string): Resolution | undefined => {
    // Every import of the engine lands here, so that synthetic shadow is in place before the engine looks for it.
    if (name === 'lwc') return { kind: 'plain-file', path: join(root, 'local-org/platform/lwc.ts') };
    // People read times in the zone of their browser; the base components' own answer is California.
    if (name === '@salesforce/i18n/timeZone') return resolveBare('platform/time-zone');
    if (name.startsWith('platform/')) return { kind: 'plain-file', path: join(root, 'local-org', `${name}.ts`) };
    if (name.startsWith('generated/')) return { kind: 'generated', name };
    const answer = shipped.get(name);
    if (answer !== undefined) return { kind: 'component-file', path: answer };
    if (name.startsWith('@salesforce/')) return { kind: 'generated', name };
    const [namespace = '', component = '', rest] = name.split('/');
    if (rest !== undefined || component === '') return undefined;
    const folder = folders.find(namespace, component);
    const file = folder === undefined ? undefined : moduleFile(folder, component);
    return file === undefined ? undefined : { kind: 'component-file', path: file };
  };

  return (name, importer) => {
    const isRelative = name.startsWith('.') || isAbsolute(name);
    if (!isRelative) return resolveBare(name);
    return isComponentFile(importer.split('?')[0] ?? '') ? resolveRelative(name, importer) : undefined;
  };
}
