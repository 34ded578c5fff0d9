/** Calls that a driver makes by itself: to learn an interface, because an answer was lost, to see whether a connection lives. */
import type { AbapParameters } from '../../ports/index.ts';

/** Told of each of them, because they are work in SAP too. */
export type OwnCall = (functionName: string, run: () => Promise<AbapParameters>) => Promise<AbapParameters>;

/** Where nobody keeps count. */
export const uncounted: OwnCall = (_functionName, run) => run();
