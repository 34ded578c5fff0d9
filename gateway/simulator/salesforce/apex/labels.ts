/** The package's custom labels. */
import { childrenOf, readMetadata, textOf } from '../org/metadata-xml.ts';
import type { Labels } from './problem.ts';

/** Reads every labels file below the package's folder. */
export function readLabels(packageFolder: string): Labels {
  const files = readMetadata(packageFolder, '**/labels/*.labels-meta.xml');
  const labels = new Map(
    files.flatMap(({ root }) =>
      childrenOf(root, 'labels').map(
        (label) => [textOf(label, 'fullName') ?? '', textOf(label, 'value') ?? ''] as const,
      ),
    ),
  );
  return (name) => {
    const text = labels.get(name);
    if (text === undefined) throw new Error(`There is no custom label ${name}`);
    return text;
  };
}
