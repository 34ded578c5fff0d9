/** One source file of a component, compiled to an ES module as an org does it. */
import { readFileSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { transformSync } from '@lwc/compiler';
import { transformSync as stripTypes } from 'esbuild';
import type { ComponentFolders } from './component-folders.ts';

/**
 * Sheets of the base components that only match native shadow. With synthetic shadow they are dead weight.
 */
const nativeShadowSheet = /(\.slds|\.lbc\.native|\.lbc\.resizereflow|sldsCommon|slds(Utils|Media|Form|GenAi)\w*)\.css$/;

/** Types go, decorators stay: they are for the LWC compiler. */
const withoutTypes = (source: string, file: string): string =>
  stripTypes(source, {
    loader: 'ts',
    target: 'esnext',
    sourcefile: file,
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: false, useDefineForClassFields: true, verbatimModuleSyntax: true },
    },
  }).code;

/** Namespace and name decide a component's tag; both follow from its folder. */
function componentIdentity(file: string, folders: ComponentFolders): { namespace: string; name: string } {
  const name = basename(dirname(file));
  if (folders.product.has(name) && file.startsWith(`${folders.product.get(name) ?? ''}${sep}`))
    return { namespace: 'c', name };
  const isShell = file.includes(`${sep}lwc${sep}org${sep}`);
  return { namespace: isShell ? 'org' : 'lightning', name };
}

/** Compiles `path` (which may carry `?scoped=true`); throws the compiler's own message. */
export function compileModule(path: string, folders: ComponentFolders): string {
  const [file = '', query = ''] = path.split('?');
  const isBaseComponent = file.startsWith(folders.baseComponents + sep);
  // `[]`, not an empty sheet: LWC compiles an empty sheet to `undefined`, which breaks lists of sheets.
  if (isBaseComponent && nativeShadowSheet.test(file)) return 'export default [];';
  const source = readFileSync(file, 'utf8');
  const { namespace, name } = componentIdentity(file, folders);
  return transformSync(file.endsWith('.ts') ? withoutTypes(source, file) : source, file, {
    namespace,
    name,
    scopedStyles: /\bscoped=true\b/.test(query),
    enableDynamicComponents: true,
    enableLwcOn: true,
    // The combobox of the base components calls attachInternals().
    enableSyntheticElementInternals: isBaseComponent,
  }).code;
}
