/** Makes `import('node-rfc')` work in this very process, with the stand-in in the place of SAP's library. */
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildStandIn } from './build.ts';
import type { BuiltStandIn } from './build.ts';

/**
 * Builds the stand-in where needed and loads it. The addon's loader asks for its libraries by name, and takes one of that
 * name that the process has loaded already: no LD_LIBRARY_PATH is needed, which would have to be set before the start.
 */
export async function loadStandIn(): Promise<BuiltStandIn> {
  const built = await buildStandIn();
  if ('skipped' in built) return built;
  for (const file of ['libsapucum.so', 'libsapnwrfc.so']) loadLibrary(join(built.libraryFolder, file));
  return built;
}

/** Node loads addons only, and says so after it has loaded the file; the library is linked so that it stays. */
function loadLibrary(path: string): void {
  try {
    process.dlopen({ exports: {} }, path, constants.dlopen.RTLD_NOW);
  } catch (error) {
    // Under Jest this error is of another realm than ours, so `instanceof` says nothing.
    if (!String(error).includes('did not self-register')) throw error;
  }
}
