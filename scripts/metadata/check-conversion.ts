/** Lets Salesforce's own library resolve and convert the source, as a deployment would. */
import { ComponentSet, ForceIgnore, MetadataConverter, RegistryAccess } from '@salesforce/source-deploy-retrieve';
import type { SourceComponent } from '@salesforce/source-deploy-retrieve';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../finding.ts';

/** What could not be resolved or converted, what belongs to no component, and what must not be deployed. */
export async function findConversionProblems(
  root: string,
  folder: string,
  files: readonly string[],
): Promise<readonly Finding[]> {
  const registry = new RegistryAccess(undefined, root);
  const output = mkdtempSync(join(tmpdir(), 'gangway-convert-'));
  try {
    const set = ComponentSet.fromSource({ fsPaths: [join(root, folder)], registry });
    await new MetadataConverter(registry).convert(set, 'metadata', { type: 'directory', outputDirectory: output });
    return [...strayFiles(root, files, set.getSourceComponents().toArray()), ...deployedTypeScript(output)];
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return [{ path: folder, message: message.replaceAll(`${root}/`, '') }];
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** The converter passes over a file it does not know without a word. */
function strayFiles(
  root: string,
  files: readonly string[],
  components: readonly SourceComponent[],
): readonly Finding[] {
  const ignore = ForceIgnore.findAndCreate(root);
  const known = components.flatMap((component) => [
    ...(component.xml === undefined ? [] : [component.xml]),
    ...component.walkContent(),
    ...component.getChildren().flatMap((child) => (child.xml === undefined ? [] : [child.xml])),
  ]);
  const owned = new Set(known.map((path) => path.slice(root.length + 1).replaceAll('\\', '/')));
  return files
    .filter((path) => !owned.has(path) && !ignore.denies(join(root, path)))
    .map((path) => ({ path, message: 'belongs to no component; move it, or name it in .forceignore' }));
}

function deployedTypeScript(output: string): readonly Finding[] {
  return readdirSync(output, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, message: 'TypeScript would be deployed; name it in .forceignore' }));
}
