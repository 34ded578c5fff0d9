/** One schedule, from its seed to its end: people work while things break, everything is repaired, all must come to rest. */
import { isAtRest } from '../invariants/ends.ts';
import { InvariantBroken } from '../invariants/invariant.ts';
import { letPeopleWork, retryWhatIsHeld } from '../people.ts';
import { History } from '../schedule/history.ts';
import type { Counts } from '../schedule/history.ts';
import { World } from '../world.ts';

export interface ScheduleResult {
  readonly seed: number;
  readonly hash: string;
  /** Virtual time it took. */
  readonly tookMs: number;
  readonly counts: Counts;
  readonly lines: readonly string[];
  readonly broken: { readonly invariant: string; readonly sentence: string } | undefined;
}

/** After the repair: longer than a lease, the longest wait between attempts and a poll together. */
const settleMs = 10 * 60_000;
/** Once more, after people have sent again what was held. */
const endMs = 20 * 60_000;

export async function runSchedule(seed: number, keepsWords: boolean): Promise<ScheduleResult> {
  const history = new History(keepsWords);
  const world = new World(seed, history);
  let broken: ScheduleResult['broken'];
  try {
    await live(world);
    world.watch.atEnd();
    await world.scheduler.run(world.scheduler.nowMs, () => undefined);
  } catch (error) {
    broken = toBroken(error);
  }
  const tookMs = world.scheduler.nowMs;
  for (const agent of world.agents) agent.crash(false);
  return { seed, hash: history.hash, tookMs, counts: history.counts, lines: history.lines, broken };
}

async function live(world: World): Promise<void> {
  const { faults, random, scheduler } = world;
  const strikesUntilMs = random.spread(30_000, 600_000);
  faults.draw();
  world.start(world.newMachine('agent'));
  if (random.chance(0.3)) world.start(world.newMachine('spare'));
  letPeopleWork(world, strikesUntilMs);
  await scheduler.run(strikesUntilMs, () => faults.strike());
  world.repair();
  await scheduler.run(scheduler.nowMs + settleMs, () => undefined);
  retryWhatIsHeld(world);
  const lookAgain = everySoOften(() => isAtRest(world));
  await scheduler.run(scheduler.nowMs + endMs, () => undefined, lookAgain);
}

/** Looking at every request after every step would cost more than the steps. */
function everySoOften(isOver: () => boolean): () => boolean {
  let steps = 0;
  return () => (steps += 1) % 32 === 0 && isOver();
}

/** Anything else than a broken invariant is a bug too: of the shipped code, or of the simulation. */
function toBroken(error: unknown): { invariant: string; sentence: string } {
  if (error instanceof InvariantBroken) return { invariant: error.invariant, sentence: error.message };
  return {
    invariant: 'nothing throws',
    sentence: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
