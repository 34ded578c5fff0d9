/** Whether this relay can do its work: a round trip through a connected agent. */
import type { Clock } from '../timing/index.ts';
import type { Sessions } from './sessions.ts';

export type Readiness = 'ready' | 'draining' | 'no agent answers';

/** A healthy link answers in milliseconds; probes usually wait a few seconds. */
const roundTripTimeoutMs = 2_000;
/** Probes of several balancers share one round trip. */
const rememberedMs = 1_000;

/** A check that may be asked often; it costs one ping per second at most. */
export function createReadiness(sessions: Sessions, clock: Clock, isDraining: () => boolean): () => Promise<Readiness> {
  let lastAtMs = -Infinity;
  let last: Promise<Readiness> = Promise.resolve('no agent answers');
  return () => {
    if (isDraining()) return Promise.resolve('draining');
    if (sessions.size === 0) return Promise.resolve('no agent answers');
    if (clock.monotonic() - lastAtMs < rememberedMs) return last;
    lastAtMs = clock.monotonic();
    last = askAgents(sessions);
    return last;
  };
}

async function askAgents(sessions: Sessions): Promise<Readiness> {
  const serving = sessions.all().filter((session) => !session.isDraining);
  // Any one will do: the first to answer decides, the others keep their own heartbeat.
  const asked = serving.slice(0, 3).map(({ session }) => session.roundTrip(roundTripTimeoutMs));
  return Promise.any(asked).then(
    () => 'ready',
    () => 'no agent answers',
  );
}
