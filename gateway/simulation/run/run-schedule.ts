/** One schedule, from its seed to its end: people work while things break, everything is repaired, all must come to rest. */
import { flowOf } from '../changes/changes-mix.ts';
import type { Flow } from '../changes/changes-mix.ts';
import { liveChanges, makeChangesWorld } from '../changes/run-changes.ts';
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

/** Within this time after the repair all must have come to rest: a lease, the longest waits and some polls together. */
const restWithinMs = 20 * 60_000;
/** More than a schedule has requests of one Account that can be held one behind the other, most of the time. */
const retryRounds = 4;
/** What is still on its way then has arrived after so long: packets, pauses, calls that nobody waits for. */
const lateMs = 150_000;

/** `flow`: only schedules of this one; where it is not given, the seed decides. */
export async function runSchedule(seed: number, keepsWords: boolean, flow?: Flow): Promise<ScheduleResult> {
  const history = new History(keepsWords);
  const isOfChanges = (flow ?? flowOf(seed)) === 'changes';
  const world = isOfChanges ? makeChangesWorld(seed, history) : new World(seed, history);
  let broken: ScheduleResult['broken'];
  try {
    if (world instanceof World) await liveAndCheck(world);
    else await liveChanges(world);
  } catch (error) {
    broken = toBroken(error);
  }
  const tookMs = world.scheduler.nowMs;
  for (const agent of world.agents) agent.crash(false);
  for (const disk of world.disks) disk.giveBack();
  return { seed, hash: history.hash, tookMs, counts: history.counts, lines: history.lines, broken };
}

async function liveAndCheck(world: World): Promise<void> {
  await live(world);
  world.watch.atEnd();
  world.scheduler.throwFailure();
}

async function live(world: World): Promise<void> {
  const { faults, random, scheduler } = world;
  const strikesUntilMs = random.spread(20_000, 300_000);
  faults.draw();
  world.start(world.newMachine('agent'));
  if (random.chance(0.3)) world.start(world.newMachine('spare'));
  letPeopleWork(world, strikesUntilMs);
  world.callers.work(strikesUntilMs);
  await scheduler.run(strikesUntilMs, () => faults.strike());
  world.repair();
  const nothing = (): void => undefined;
  const isQuiet = (): boolean => isAtRest(world) && world.callers.isAtRest;
  await scheduler.run(scheduler.nowMs + restWithinMs, nothing, isQuiet);
  await scheduler.run(scheduler.nowMs + lateMs, nothing);
  // Behind a held one others come to light, which a person had stopped too.
  for (let round = 0, mayHelp = true; mayHelp && round < retryRounds; round += 1) {
    const mayHelpCallers = world.callers.sendAgainWhatIsHeld();
    mayHelp = retryWhatIsHeld(world) || mayHelpCallers;
    await scheduler.run(scheduler.nowMs + restWithinMs, nothing, isQuiet);
  }
  if (world.callers.askOnceMore()) await scheduler.run(scheduler.nowMs + restWithinMs, nothing, isQuiet);
  await scheduler.run(scheduler.nowMs + lateMs, nothing);
}

/** Anything else than a broken invariant is a bug too: of the shipped code, or of the simulation. */
function toBroken(error: unknown): { invariant: string; sentence: string } {
  if (error instanceof InvariantBroken) return { invariant: error.invariant, sentence: error.message };
  return {
    invariant: 'nothing throws',
    sentence: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
