/** Checks that imports run one way; the rules are in .dependency-cruiser.cjs. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseOptions, ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser';
import { conclude } from './finding.ts';
import type { Finding } from './finding.ts';
import { projectRoot } from './project.ts';

const roots = [
  'gateway/src',
  'gateway/simulator',
  'gateway/simulation',
  'gateway/test',
  'gateway/bench',
  'scripts',
  'local-org',
];

export interface ImportsReport {
  readonly findings: readonly Finding[];
  readonly modules: number;
}

/** Every import below `root` that breaks a rule of this project. */
export async function findImports(root: string): Promise<ImportsReport> {
  const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
    forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
    options: ICruiseOptions;
  };
  const present = roots.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(present, { ...options, baseDir: root, validate: true, ruleSet: { forbidden } });
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`);
  return { findings: toFindings(output, forbidden), modules: output.summary.totalCruised };
}

function toFindings(result: ICruiseResult, forbidden: NonNullable<IFlattenedRuleSet['forbidden']>): readonly Finding[] {
  const reasons = new Map(forbidden.map((rule) => [rule.name, rule.comment ?? '']));
  return result.summary.violations.map((violation) => ({
    path: violation.from,
    message: `imports ${violation.to}: ${reasons.get(violation.rule.name) ?? ''} (${violation.rule.name})`,
  }));
}

if (import.meta.main) {
  const report = await findImports(projectRoot);
  conclude(report.findings, `${report.modules} modules import one way`);
}
