/** Checks the Salesforce metadata: every element, every reference between files, and that it converts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { conclude } from './finding.ts';
import type { Finding } from './finding.ts';
import { findAccessProblems } from './metadata/check-access.ts';
import { findCodeReferenceProblems } from './metadata/check-code-references.ts';
import { findConversionProblems } from './metadata/check-conversion.ts';
import { findElementProblems } from './metadata/check-elements.ts';
import { findFieldProblems } from './metadata/check-fields.ts';
import { findObjectProblems } from './metadata/check-objects.ts';
import { findPageProblems } from './metadata/check-pages.ts';
import { indexPackage } from './metadata/package-index.ts';
import type { MetadataFile } from './metadata/package-index.ts';
import { readXml, XmlProblem } from './metadata/read-xml.ts';
import { readWsdlTypes } from './metadata/wsdl-types.ts';
import type { WsdlTypes } from './metadata/wsdl-types.ts';
import { listFiles, projectRoot, readFiles } from './project.ts';
import type { SourceFile } from './project.ts';

/** The WSDL's types as the installed package has them. */
export function installedWsdlTypes(): WsdlTypes {
  const path = createRequire(import.meta.url).resolve('@salesforce/types/metadata');
  return readWsdlTypes(readFileSync(path.replace(/\.js$/, '.d.ts'), 'utf8'));
}

/** Everything wrong with these files, as far as it can be seen without converting them. */
export function findMetadataProblems(
  metadata: readonly SourceFile[],
  sources: readonly SourceFile[],
  wsdl: WsdlTypes,
  apiVersion: string,
): readonly Finding[] {
  const malformed: Finding[] = [];
  const files = metadata.flatMap((file) => readable(file, malformed));
  const index = indexPackage(files, sources);
  return [
    ...malformed,
    ...files.flatMap((file) => findElementProblems(file.path, file.root, wsdl)),
    ...findFieldProblems(files, apiVersion),
    ...findObjectProblems(index),
    ...findPageProblems(index),
    ...findAccessProblems(index),
    ...findCodeReferenceProblems(index),
  ];
}

function readable(file: SourceFile, malformed: Finding[]): readonly MetadataFile[] {
  try {
    return [{ path: file.path, root: readXml(file.text) }];
  } catch (thrown) {
    if (!(thrown instanceof XmlProblem)) throw thrown;
    malformed.push({ path: file.path, line: thrown.line, message: thrown.message });
    return [];
  }
}

if (import.meta.main) {
  const metadata = readFiles(/^force-app\/.*-meta\.xml$/);
  const sources = readFiles(/^force-app\/(?!.*__tests__).*\.(cls|trigger|html|ts)$/).filter(
    (file) => !file.path.startsWith('force-app/types/'),
  );
  const project: unknown = JSON.parse(readFileSync(`${projectRoot}/sfdx-project.json`, 'utf8'));
  const apiVersion =
    typeof project === 'object' && project !== null && 'sourceApiVersion' in project
      ? String(project.sourceApiVersion)
      : '';
  const found = findMetadataProblems(metadata, sources, installedWsdlTypes(), apiVersion);
  const conversion = await findConversionProblems(
    projectRoot,
    'force-app',
    listFiles().filter((path) => path.startsWith('force-app/')),
  );
  conclude([...found, ...conversion], `${metadata.length} metadata files`);
}
