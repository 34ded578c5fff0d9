/** What `gangway check` says of the folder of published services: each file that does not serve, and why. */
import { catalogue } from '../errors/index.ts';
import type { SapFeature } from '../model/index.ts';
import type { SapServices } from '../ports/index.ts';
import type { CheckGroup, CheckResult } from './check-result.ts';

/** Nothing where the feature is off: the folder is not looked into. */
export function serviceChecks(
  services: Pick<SapServices, 'list' | 'problems'>,
  features: readonly SapFeature[],
): CheckGroup {
  return features.includes('services') ? [{ name: 'services', each: () => eachService(services) }] : [];
}

async function* eachService(services: Pick<SapServices, 'list' | 'problems'>): AsyncGenerator<CheckResult> {
  for (const { name, effect } of services.list())
    yield { name: `service ${name}`, state: 'passed', finding: `is published, to ${effect}` };
  const code = 'SERVICE_FILE_INVALID';
  const { owner, advice } = catalogue[code];
  const problems = services.problems();
  if (services.list().length === 0 && problems.length === 0)
    yield { name: 'services', state: 'passed', finding: 'nothing is published yet' };
  for (const { file, problem } of problems)
    yield { name: `service file ${file}`, state: 'failed', finding: problem, code, owner, advice };
}
