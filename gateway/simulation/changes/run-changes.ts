/** One schedule of changes: everybody works while things break, everything is repaired, all must come to rest and agree. */
import type { History } from '../schedule/history.ts';
import { ChangesWorld } from './changes-world.ts';
import { letEverybodyWork, retryAll, tellTheRest } from './office-hours.ts';
import { listsAreRight } from './promises/listed.ts';
import { countHeld, isAtRest, isBudgetSpent, isHeldInVain } from './promises/rest.ts';

/** Within this time after the repair all must have come to rest: the longest waits of a record and of a call together. */
const restWithinMs = 40 * 60_000;
/** Issues are shown within seconds, and wishes asked for twice a minute. */
const wishesMs = 90_000;
/** Longer than between two reports of an agent. */
const shownMs = 30_000;
const looks = 3;
/** People want everything tried again once; where parents come through another agent, which releases nobody, once for each of their kinds. */
const rounds = 3;

export function makeChangesWorld(seed: number, history: History): ChangesWorld {
  return new ChangesWorld(seed, history);
}

/** From the begin to the checks of the end. */
export async function liveChanges(world: ChangesWorld): Promise<void> {
  const { faults, random, scheduler, watch } = world;
  const nothing = (): void => undefined;
  const strikesUntilMs = random.spread(10_000, 90_000);
  faults.draw();
  for (const machine of world.machines) world.start(machine);
  letEverybodyWork(world, strikesUntilMs);
  await scheduler.run(strikesUntilMs, () => faults.strike());
  for (const request of world.org.requests) world.org.endRequest(request, undefined);
  world.repair();
  tellTheRest(world);
  // Once midnight is over, the next day is far.
  const isSpent = (): boolean => scheduler.nowMs > world.mix.midnightInMs + 120_000 && isBudgetSpent(world);
  const isOver = (): boolean => isAtRest(world) || isSpent();
  const rest = (): Promise<void> => scheduler.run(scheduler.nowMs + restWithinMs, nothing, seldom(world, isOver));
  await rest();
  watch.atRest();
  scheduler.throwFailure();
  // Who was held a moment ago is not shown yet, and people can want only what they see.
  const isShown = (): boolean => world.org.issues.size >= countHeld(world);
  // Somebody may bring a file once more meanwhile, and what it says may be held again.
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let look = 0; look < looks && !isSo(); look += 1) {
      await scheduler.run(scheduler.nowMs + shownMs, nothing, seldom(world, isSo));
      await rest();
    }
  };
  await until(isShown);
  const mayHelp = (round: number): boolean => round === 0 || (world.machines.length > 1 && isHeldInVain(world));
  for (let round = 0; round < rounds && world.org.issues.size > 0 && mayHelp(round); round += 1) {
    retryAll(world);
    await scheduler.run(scheduler.nowMs + wishesMs, nothing);
    await rest();
  }
  const isListed = (): boolean => listsAreRight(world) === undefined;
  await until(isListed);
  watch.atEnd();
  scheduler.throwFailure();
}

/** Asked once a second, because it asks the queues. */
function seldom(world: ChangesWorld, question: () => boolean): () => boolean {
  let askedMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (world.scheduler.nowMs - askedMs < 1_000) return false;
    askedMs = world.scheduler.nowMs;
    return question();
  };
}
