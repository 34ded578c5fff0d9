/** Formats the whole project, or the files named. */
import { projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';

const files = process.argv.slice(2);
const args = ['node_modules/prettier/bin/prettier.cjs', '--write', '--cache', '--log-level', 'warn'];
const result = await runProgram(process.execPath, [...args, ...(files.length === 0 ? ['.'] : files)], {
  cwd: projectRoot,
});
process.stdout.write(result.output);
process.exitCode = result.code ?? 1;
