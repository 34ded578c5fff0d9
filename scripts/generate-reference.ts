/** Writes docs/reference, and the page of authorizations, from what the program itself uses, so that it cannot be wrong. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReport } from '../gateway/src/agent/index.ts';
import { createProgram } from '../gateway/src/cli/index.ts';
import { describeConfig } from '../gateway/src/config/index.ts';
import { catalogue } from '../gateway/src/errors/index.ts';
import { operations } from '../gateway/src/model/index.ts';
import { projectRoot, readFiles } from './project.ts';
import type { SourceFile } from './project.ts';
import { apiPage } from './reference/api-page.ts';
import { authorizationsPage } from './reference/authorizations-page.ts';
import { checkPage } from './reference/check-page.ts';
import { cliPage } from './reference/cli-page.ts';
import { configurationPage } from './reference/configuration-page.ts';
import { errorsPage } from './reference/errors-page.ts';
import { packageProblems } from './reference/package-problems.ts';

const packageCodes = 'force-app/main/foundation/classes/GatewayProblem.cls';

/** Every reference page as it should be. */
export function referencePages(): readonly SourceFile[] {
  const apex = readFileSync(join(projectRoot, packageCodes), 'utf8');
  const problems = packageProblems(apex, readFiles(/^force-app\/main\/.*\.labels-meta\.xml$/));
  return [
    { path: 'docs/reference/errors.md', text: errorsPage(catalogue, problems) },
    { path: 'docs/reference/api.md', text: apiPage(Object.values(operations)) },
    { path: 'docs/reference/configuration.md', text: configurationPage(describeConfig()) },
    { path: 'docs/reference/cli.md', text: cliPage(createProgram()) },
    { path: 'docs/reference/check.md', text: checkPage(checkReport) },
    { path: 'docs/sap-basis/authorizations.md', text: authorizationsPage() },
  ];
}

if (import.meta.main) {
  for (const page of referencePages()) {
    mkdirSync(join(projectRoot, 'docs/reference'), { recursive: true });
    writeFileSync(join(projectRoot, page.path), page.text);
    console.log(page.path);
  }
}
