/** What a schedule has besides the writes of the outbox: drawn from a chance of its own, so that the histories of the others stay as they were. */
import { Random } from './schedule/random.ts';

export interface Mix {
  /** Who publishes services: nobody; one agent; every agent, which relays say in the header of each call. */
  readonly services: 'none' | 'one agent' | 'shared';
  /** Wishes of people for services. */
  readonly wishes: number;
  /** Work in SAP is paused now and then. */
  readonly hasPauses: boolean;
  /** Work processes that may be in use at once; undefined where there is a place for everybody. */
  readonly workProcesses: number | undefined;
}

/** Half of the schedules have nothing of it: what they look for needs all their time. */
export function drawMix(seed: number): Mix {
  const random = new Random(seed ^ 0x5e41ce);
  const isOld = random.chance(0.5);
  const services = isOld ? 'none' : random.pick(['none', 'one agent', 'one agent', 'shared']);
  const hasPauses = !isOld && (services === 'none' || random.chance(0.5));
  const isTight = random.chance(0.5);
  return {
    services,
    wishes: services === 'none' ? 0 : random.between(1, 5),
    hasPauses,
    // The governor is there whenever it has something to do.
    workProcesses: isOld || !(hasPauses || isTight) ? undefined : isTight ? random.between(1, 2) : 8,
  };
}
