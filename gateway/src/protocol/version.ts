/** The protocol versions this program speaks, and how two programs agree on one. */
import { GatewayError } from '../errors/index.ts';

export interface VersionRange {
  readonly current: number;
  readonly oldest: number;
}

/** Customers update agents late: a relay keeps speaking the two versions before its own. There is only one yet. */
export const spokenVersions: VersionRange = { current: 1, oldest: 1 };

/** The newest version both speak; throws PROTOCOL_VERSION_UNSUPPORTED where there is none. */
export function agreeOnVersion(ours: VersionRange, theirs: VersionRange): number {
  const newest = Math.min(ours.current, theirs.current);
  if (newest >= Math.max(ours.oldest, theirs.oldest)) return newest;
  throw new GatewayError('PROTOCOL_VERSION_UNSUPPORTED', {
    ours: `${ours.oldest}-${ours.current}`,
    theirs: `${theirs.oldest}-${theirs.current}`,
  });
}
