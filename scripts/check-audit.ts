/** Asks npm for known vulnerabilities in what operators install; without a registry that answers there is no answer. */
import { projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';

export interface AuditVerdict {
  readonly passed: boolean;
  readonly text: string;
}

interface AuditReport {
  readonly error?: unknown;
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
}

/** High and critical ones fail; anything that is not an answer is named and passes, so that the check works offline. */
export function judgeAudit(stdout: string): AuditVerdict {
  const report = parse(stdout);
  const counts = report?.metadata?.vulnerabilities;
  if (report === undefined || counts === undefined) {
    return { passed: true, text: 'not asked: the npm registry gave no answer' };
  }
  const severe = (counts['high'] ?? 0) + (counts['critical'] ?? 0);
  if (severe === 0)
    return { passed: true, text: `no severe vulnerability known (${counts['total'] ?? 0} lesser ones)` };
  const names = Object.entries(report.vulnerabilities ?? {}).map(([name, { severity }]) => `${name} (${severity})`);
  return {
    passed: false,
    text: `${severe} severe vulnerabilities: ${names.join(', ')}. See \`npm audit --omit=dev\`.`,
  };
}

function parse(text: string): AuditReport | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined; // a proxy's error page, or nothing: both mean that there is no answer
  }
}

if (import.meta.main) {
  // Ten seconds: a check that waits for a registry behind a silent firewall would hold up everything.
  const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=10000'];
  const result = await runProgram('npm', args, { cwd: projectRoot, timeoutMs: 20_000 });
  const verdict = judgeAudit(result.stdout);
  console.log(verdict.text);
  process.exitCode = verdict.passed ? 0 : 1;
}
