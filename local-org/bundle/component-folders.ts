/** Where the source of every component namespace lies, so that `c/creditPanel` is found in whichever area owns it. */
import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The folder an npm package is installed in. */
export const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** The namespaces a template may use, and where their folders are. */
export interface ComponentFolders {
  /** Folder of one component, if there is one. */
  find(namespace: string, name: string): string | undefined;
  /** Names of the product's own components (namespace `c`). */
  readonly product: ReadonlyMap<string, string>;
  readonly baseComponents: string;
}

/** The product's components are `force-app/main/<area>/lwc/<name>`; two of one name would shadow each other. */
function productComponents(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of globSync('force-app/main/**/lwc/*', { cwd: root })) {
    const name = basename(folder);
    const hasModule = ['ts', 'js', 'html', 'css'].some((ending) => existsSync(join(root, folder, `${name}.${ending}`)));
    if (!hasModule) continue;
    const twin = found.get(name);
    if (twin !== undefined) throw new Error(`Two components are called ${name}: ${twin} and ${folder}`);
    found.set(name, join(root, folder));
  }
  return found;
}

/** Reads the folders below `root` once; a bundle is made from one consistent view. */
export function readComponentFolders(root: string): ComponentFolders {
  const product = productComponents(root);
  const baseComponents = packageFolder('lightning-base-components');
  const shell = join(root, 'local-org/lwc/org');
  const platform = join(root, 'local-org/lwc/lightning');
  const candidates: Record<string, (name: string) => string[]> = {
    c: (name) => [product.get(name)].filter((folder) => folder !== undefined),
    org: (name) => [join(shell, name)],
    // Our stand-in of a platform module wins over what the base components ship.
    lightning: (name) => [join(platform, name), join(baseComponents, 'src/lightning', name)],
  };
  return {
    product,
    baseComponents,
    find: (namespace, name) => candidates[namespace]?.(name).find((folder) => existsSync(folder)),
  };
}
