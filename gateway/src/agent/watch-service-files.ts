/** Says in the log which service files do not serve, and why, whenever that changes. */
import type { SapServices } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';

/** Returns what ends it. */
export function watchServiceFiles(services: Pick<SapServices, 'problems' | 'onChange'>, log: Log): () => void {
  let said = '';
  const say = (): void => {
    const problems = services.problems();
    const now = JSON.stringify(problems);
    if (now === said) return;
    said = now;
    for (const { file, problem } of problems) log.warn({ file, problem }, 'A service file does not serve');
    if (problems.length === 0) log.info({}, 'Every service file serves');
  };
  if (services.problems().length > 0) say();
  return services.onChange(say);
}
