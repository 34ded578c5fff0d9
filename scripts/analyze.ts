/**
 * Runs Salesforce Code Analyzer over the package, with the rules of the AppExchange security review.
 *
 * Salesforce's command line and the analyzer weigh 600 MB, so they are no dependencies of the project: the first run
 * installs them, pinned, into .gangway/tools/code-analyzer. They need the public npm registry and Java 11 or newer.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';
import type { RunResult } from './run-program.ts';

const tools = join(projectRoot, '.gangway', 'tools', 'code-analyzer');
const plugin = join(tools, 'node_modules', '@salesforce', 'plugin-code-analyzer');
const sf = join(tools, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
const manifest = {
  name: 'gangway-code-analyzer',
  private: true,
  dependencies: { '@salesforce/cli': '2.150.6', '@salesforce/plugin-code-analyzer': '5.16.0' },
};
/** Neither looks for updates nor reports on us. */
const quiet = { SF_AUTOUPDATE_DISABLE: 'true', SF_DISABLE_TELEMETRY: 'true', SF_DATA_DIR: join(tools, 'data') };
/** On a slow line the download alone takes minutes; more than this is a line that hangs. */
const installTimeoutMs = 15 * 60_000;

/** The last lines of what a program said: its reason, without the noise before it. */
function reasonOf(result: Pick<RunResult, 'output'>): string {
  return result.output.trim().split('\n').slice(-8).join('\n');
}

/** What the analyzer is told; findings of severity High and Critical are a failure. */
function analyzerArguments(report: string): readonly string[] {
  const rules = ['Recommended:Security', 'AppExchange', 'pmd:Recommended'].flatMap((rule) => ['--rule-selector', rule]);
  return [
    'code-analyzer',
    'run',
    '--workspace',
    'force-app',
    ...rules,
    '--severity-threshold',
    '2',
    '--output-file',
    report,
  ];
}

async function install(): Promise<string | undefined> {
  if (existsSync(plugin) && existsSync(sf)) return undefined;
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), JSON.stringify(manifest, null, 2));
  console.log('Installing Salesforce Code Analyzer, once, some minutes ...');
  const npm = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const installed = await runProgram('npm', npm, { cwd: tools, timeoutMs: installTimeoutMs });
  return installed.code === 0 ? undefined : reasonOf(installed);
}

async function missing(): Promise<string | undefined> {
  const java = await runProgram('java', ['-version'], { cwd: projectRoot });
  if (java.code !== 0) return 'Java 11 or newer is not on the PATH; the Apex rules run on it.';
  const reason = await install();
  if (reason !== undefined) return `npm could not install it:\n${reason}`;
  const linked = await runProgram(process.execPath, [sf, 'plugins', 'link', plugin, '--no-install'], {
    cwd: projectRoot,
    env: quiet,
  });
  return linked.code === 0 ? undefined : `the command line did not take the plugin:\n${reasonOf(linked)}`;
}

if (import.meta.main) {
  const reason = await missing();
  if (reason !== undefined) {
    console.error(`Salesforce Code Analyzer cannot run here: ${reason}\nNothing was analyzed.`);
    process.exitCode = 1;
  } else {
    const report = join(projectRoot, '.gangway', 'code-analyzer.html');
    const result = await runProgram(process.execPath, [sf, ...analyzerArguments(report)], {
      cwd: projectRoot,
      env: quiet,
    });
    console.log(result.output.trim());
    process.exitCode = result.code ?? 1;
  }
}
