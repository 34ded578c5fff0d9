/** Whatever happens while it is read, a walk through changes loses none, repeats little and ends. */
import { describe, expect, test } from '@jest/globals';
import { ChangingSystem } from './changing-system.ts';
import type { Page, Scene } from './changing-system.ts';

const minute = 60_000;
const overlap = 15 * minute;
const rounds = 40;

interface Walk {
  /** By the clock. */
  readonly began: number;
  readonly names: readonly string[];
}

/** Reads to the end of a walk while things go on changing; each page may be as short as one row. */
function walk(system: ChangingSystem, since: string, kinds: string, isBusy: boolean): Walk & { position: string } {
  const { chance } = system;
  const names: string[] = [];
  let page: Page = { names: [], position: since, isMore: true, at: 0 };
  let began = 0;
  // Every page that is not the last brings something, or goes on behind something that is of another kind.
  for (let pages = 0; page.isMore; pages += 1) {
    if (pages > 3 * system.happened.length + 5) throw new Error('the walk does not end');
    page = system.read(page.position, kinds, 1 + chance.below(6));
    if (pages === 0) began = page.at;
    names.push(...page.names);
    if (!isBusy || !page.isMore) continue;
    system.pass(chance.upTo(chance.pick([900, 2 * minute])));
    if (chance.below(3) === 0) system.change();
  }
  return { began, names, position: page.position };
}

interface Story {
  readonly system: ChangingSystem;
  readonly walks: readonly Walk[];
}

function tell(scene: Scene, kinds: string): Story {
  const system = new ChangingSystem(scene);
  const { chance } = system;
  const walks: Walk[] = [];
  let { position } = system.read('', kinds, 0);
  for (let round = 0; round < rounds; round += 1) {
    if (round === rounds / 2) system.setClockBack();
    system.change();
    system.pass(chance.upTo(chance.pick([1_000, 5 * minute, 25 * minute])));
    if (chance.below(2) === 0) continue;
    const walked = walk(system, position, kinds, true);
    position = walked.position;
    walks.push(walked);
  }
  system.commitEverything();
  walks.push(walk(system, position, kinds, false));
  return { system, walks };
}

function lost({ system, walks }: Story, kinds: string): readonly string[] {
  const told = new Set(walks.flatMap((it) => it.names));
  const all = system.happened.flatMap((it) => it.names).filter((name) => kinds.includes(name.charAt(0)));
  if (all.length < 10) throw new Error('hardly anything happened');
  return all.filter((name) => !told.has(name));
}

/** Told by one walk and again by a later one, though stamped before the window that they share. */
function needless({ system, walks }: Story, allowance: number): readonly string[] {
  const stamped = new Map(
    system.happened.flatMap(({ names, stamped: at }) => names.map((name) => [name, at] as const)),
  );
  const seen = new Set<string>();
  return walks.flatMap(({ names }, index) => {
    const base = walks[index - 1]?.began ?? 0;
    // A stamp has whole seconds.
    const isOld = (name: string): boolean => (stamped.get(name) ?? 0) < base - overlap - allowance - 1_000;
    const again = names.filter((name) => seen.has(name) && isOld(name));
    const twice = names.filter((name, place) => names.indexOf(name) !== place);
    names.forEach((name) => seen.add(name));
    return [...again, ...twice];
  });
}

const seeds = Array.from({ length: 8 }, (_none, index) => index + 1);
const scenes: readonly (readonly [string, Omit<Scene, 'seed'>, number])[] = [
  ['on a quiet day', { timeZone: 'UTC', begins: '2026-06-10T22:00:00Z', slowestMs: overlap }, 0],
  [
    'while summer time ends',
    { timeZone: 'Europe/Berlin', begins: '2026-10-24T21:00:00Z', slowestMs: overlap },
    60 * minute,
  ],
  ['while summer time begins', { timeZone: 'Europe/Berlin', begins: '2026-03-28T21:00:00Z', slowestMs: overlap }, 0],
  [
    'on an island whose summer is half an hour',
    { timeZone: 'Australia/Lord_Howe', begins: '2026-04-04T11:00:00Z', slowestMs: overlap },
    30 * minute,
  ],
  [
    'while somebody sets the clock back by hand',
    { timeZone: 'UTC', begins: '2026-06-10T22:00:00Z', slowestMs: 10 * minute, setBackMs: 5 * minute },
    5 * minute,
  ],
];

describe.each(scenes)('reading changes %s', (_when, scene, allowance) => {
  test.each(['KCL', 'KCLP', 'P', 'L'])('loses none of %s', (kinds) => {
    for (const seed of seeds) expect([seed, lost(tell({ ...scene, seed }, kinds), kinds)]).toEqual([seed, []]);
  });

  test('repeats only what is in the overlap', () => {
    for (const seed of seeds) expect([seed, needless(tell({ ...scene, seed }, 'KCL'), allowance)]).toEqual([seed, []]);
  });
});

test('what takes longer than the overlap may be lost, or this would not show that the overlap is needed', () => {
  const scene = { timeZone: 'UTC', begins: '2026-06-10T22:00:00Z', slowestMs: 3 * overlap };
  expect(seeds.some((seed) => lost(tell({ ...scene, seed }, 'KC'), 'KC').length > 0)).toBe(true);
});
