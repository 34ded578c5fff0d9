/** The esbuild plugin that turns component folders into one script. */
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { compileModule } from './compile-module.ts';
import type { ComponentFolders } from './component-folders.ts';
import { packageMetadata } from './package-metadata.ts';
import { platformModule } from './platform-modules.ts';
import { createModuleResolver } from './resolve-module.ts';

/** A plugin for one bundle of the page below `root`. */
export function lwcPlugin(root: string, folders: ComponentFolders): Plugin {
  const resolveModule = createModuleResolver(root, folders);
  const metadata = packageMetadata(root, folders.product);
  return {
    name: 'lwc',
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.kind === 'entry-point') return undefined;
        const found = resolveModule(args.path, args.importer);
        if (found === undefined) return undefined;
        if (found.kind === 'generated') return { path: found.name, namespace: 'generated' };
        return { path: found.path, namespace: found.kind === 'component-file' ? 'component' : 'file' };
      });
      build.onLoad({ filter: /.*/, namespace: 'generated' }, (args) => ({
        contents: platformModule(args.path, metadata),
        resolveDir: root,
      }));
      build.onLoad({ filter: /.*/, namespace: 'component' }, (args) => ({
        contents: compileModule(args.path, folders),
        loader: 'js',
        resolveDir: dirname(args.path),
      }));
    },
  };
}
