/** The protocol versions this program speaks, and how two programs agree on one. */
import { GatewayError } from '../errors/index.ts';

export interface VersionRange {
  readonly current: number;
  readonly oldest: number;
}

/**
 * Customers update agents late: a relay keeps speaking the two versions before its own.
 * - 1: calls.
 * - 2: an agent announces the services it serves.
 */
export const spokenVersions: VersionRange = { current: 2, oldest: 1 };

/** Whether an agent announces its services in this version; in an older one it serves none. */
export const announcesServices = (version: number): boolean => version >= 2;

/** The newest version both speak; throws PROTOCOL_VERSION_UNSUPPORTED where there is none. */
export function agreeOnVersion(ours: VersionRange, theirs: VersionRange): number {
  const newest = Math.min(ours.current, theirs.current);
  if (newest >= Math.max(ours.oldest, theirs.oldest)) return newest;
  throw new GatewayError('PROTOCOL_VERSION_UNSUPPORTED', {
    ours: `${ours.oldest}-${ours.current}`,
    theirs: `${theirs.oldest}-${theirs.current}`,
  });
}
