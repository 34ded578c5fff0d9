/** The functions that the service files of a folder call, for the role of the service user. */
import type { Clock } from '../../timing/index.ts';
import { functionsOf } from '../services/execute.ts';
import { PublishedFiles } from '../services/published-files.ts';

/** With the commit functions where a file needs them; a file with a problem is left out, for it does not serve. */
export function publishedFunctions(folder: string | undefined, clock: Clock): readonly string[] {
  return functionsOf(new PublishedFiles(folder, clock).all().map(({ file }) => file));
}
