/** Writes x.js beside x.ts for every component, for deployment: orgs are sent JavaScript (decision 0007). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';

const component = /^force-app\/.*\/lwc\/([^/]+)\/[^/]+\.ts$/;

/** The component sources that have no JavaScript beside them: a deployment would carry bundles without code. */
export function unbuilt(root: string, paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => component.test(path) && !path.includes('/__tests__/') && !path.endsWith('.d.ts'))
    .filter((path) => !existsSync(join(root, path.replace(/\.ts$/, '.js'))));
}

if (import.meta.main) {
  const compiler = join(projectRoot, 'node_modules/typescript/bin/tsc');
  const result = await runProgram(process.execPath, [compiler, '-p', 'force-app/tsconfig.build.json'], {
    cwd: projectRoot,
  });
  const missing = result.code === 0 ? unbuilt(projectRoot, listFiles()) : [];
  if (result.code !== 0) console.error(result.output);
  else if (missing.length > 0) console.error(`Without JavaScript: ${missing.join(', ')}`);
  else console.log('The components have their JavaScript beside them; deploy force-app.');
  process.exitCode = result.code === 0 && missing.length === 0 ? 0 : 1;
}
