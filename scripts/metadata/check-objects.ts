/** Sees that every custom object with parts in the package is in the package itself. */
import type { Finding } from '../finding.ts';
import type { PackageIndex } from './package-index.ts';
import { objectOf } from './package-index.ts';

/** Every custom object of which there are only fields or other parts. */
export function findObjectProblems(index: PackageIndex): readonly Finding[] {
  const defined = new Set(
    index.files.filter((file) => file.root.name === 'CustomObject').map((file) => objectOf(file.path)),
  );
  const standard = (name: string): boolean => !/__[a-z]+$/.test(name);
  return [...index.objects.keys()]
    .filter((name) => !standard(name) && !defined.has(name))
    .map((name) => {
      const part = index.files.find((file) => objectOf(file.path) === name);
      return { path: part?.path ?? '', message: `the definition of ${name} is missing` };
    });
}
