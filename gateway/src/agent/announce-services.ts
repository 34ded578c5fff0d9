/** Tells a relay which services this agent serves: when the session begins, and whenever the published files change. */
import type { SapSystemId } from '../model/index.ts';
import { writeAnnouncement } from '../protocol/index.ts';
import type { Session } from '../protocol/index.ts';
import type { AgentParts } from './settings.ts';
import { isServedBy } from './verify-service.ts';

/**
 * Announces all systems, also those without services, so that the relay knows that there are none. Returns what ends it. A
 * change while an announcement is on its way is told after it, and of several changes only the last.
 */
export function keepAnnounced(
  session: Pick<Session, 'announce'>,
  systems: readonly SapSystemId[],
  { services, log }: Pick<AgentParts, 'services' | 'log'>,
  id: string,
): () => void {
  const announce = (system: SapSystemId): void => {
    const served =
      services
        ?.get(system)
        ?.list()
        .filter((service) => isServedBy(service, id)) ?? [];
    const { bytes, left } = writeAnnouncement({ system, services: served });
    if (left.length > 0)
      log.error({ system, left: left.join(' ') }, 'More services are published than an announcement holds');
    session.announce(system, bytes);
  };
  const stops = systems.map((system) => services?.get(system)?.onChange(() => announce(system)));
  for (const system of systems) announce(system);
  return () => {
    for (const stop of stops) stop?.();
  };
}
