/** What holds for published services, of which SAP keeps no key: docs/admin/services.md says the same to whoever publishes one. */
import type { WriteOperation } from '../../src/model/index.ts';
import type { Disk } from '../machine/disk.ts';
import type { Program } from '../machine/program.ts';
import { orgWithoutMailbox } from '../salesforce/service-callers.ts';
import { refusedText } from '../sap/service-model.ts';
import type { World } from '../world.ts';
import type { Invariant, ServiceWish, Verdict } from './invariant.ts';

/** At most one thing per key, whatever is repeated, and nothing is asked for again while nobody knows what became of it. */
export function oneThing(world: World): Invariant {
  /** Per key: machines that asked SAP for it and do not know what became of that. */
  const unknown = new Map<string, Set<Disk>>();
  const asked = new Map<string, Set<Disk>>();
  /** A look-up found nothing while a call of another agent was at work: what a file that several agents publish must not allow. */
  const overlooked = new Set<string>();
  const of = (map: Map<string, Set<Disk>>, key: string): Set<Disk> => {
    const disks = map.get(key) ?? new Set<Disk>();
    map.set(key, disks);
    return disks;
  };
  return {
    name: 'one key, one effect of a service',
    serviceLeaves(program, key, { lookUp }) {
      const disk = world.diskOf(program);
      if (disk === undefined) return undefined;
      const open = of(unknown, key);
      const isBlind = lookUp === 'impossible' ? open.size > 0 : open.has(disk);
      open.add(disk);
      of(asked, key).add(disk);
      return isBlind ? `${program.name} asks for ${key} again, and nobody knows what became of it` : undefined;
    },
    serviceEnded(program, key, isKnown) {
      const disk = world.diskOf(program);
      if (isKnown && disk !== undefined) of(unknown, key).delete(disk);
      return undefined;
    },
    serviceLookUpEnded(program, key, { state }) {
      const disk = world.diskOf(program);
      if (disk === undefined || state === 'running') return undefined;
      of(unknown, key).delete(disk);
      if (state === 'none' && !of(asked, key).has(disk) && world.services.isUnderWay(key)) overlooked.add(key);
      return undefined;
    },
    serviceCommits(program, { key, number }) {
      const [first] = world.services.thingsOf(key);
      if (first === undefined || first.number === number || overlooked.has(key)) return undefined;
      return `${program.name} made ${number} in SAP for ${key}, which already was ${first.number}`;
    },
  };
}

/** What callers hear of a service is what SAP has. */
export function serviceAnswers(world: World): Invariant {
  const first = new Map<string, string>();
  /** Whose session made the thing of a key. */
  const makers = new Map<string, Disk | undefined>();
  const judgeDone = (program: Program, { text, key: id }: ServiceWish, key: string, number: string): Verdict => {
    const thing = world.services.thingsOf(key).find((each) => each.number === number);
    if (thing === undefined) return `${id} is said to have made ${number}, which SAP does not have`;
    // What a look-up finds of another agent has its key, and nobody can tell its content.
    const isOthers = makers.get(key) !== world.diskOf(program);
    if (thing.text !== text && !isOthers) return `${id} is said to be done as "${text}", and SAP has "${thing.text}"`;
    const before = first.get(key) ?? number;
    first.set(key, before);
    return before === number ? undefined : `${id} was ${before} first, and now is said to be ${number}`;
  };
  const judge = (program: Program, wish: ServiceWish, { state, problem, outputs }: WriteOperation): Verdict => {
    const key = `${wish.org}:${wish.key}`;
    const things = world.services.thingsOf(key);
    if (state === 'done') return judgeDone(program, wish, key, String(outputs?.['number']));
    if (state === 'refused') {
      const thing = things.find(({ text }) => text === wish.text);
      return thing === undefined ? undefined : `${wish.key} is refused, and SAP has ${thing.number}`;
    }
    if (state !== 'held' || problem?.code === 'SERVICE_OUTCOME_UNRESOLVED') return undefined;
    return things.length === 0
      ? undefined
      : `${program.name} says that nothing of ${wish.key} is in SAP (${problem?.code ?? ''}), which has it`;
  };
  return {
    name: 'what is said of a service is so in SAP',
    serviceAnswered: judge,
    serviceCommits(program, { key, text }) {
      makers.set(key, world.diskOf(program));
      if (!refusedText(text)) return undefined;
      return `${key} was made with inputs that SAP refuses`;
    },
  };
}

/** Nobody is left to a person who could have been helped, and nobody is helped blindly. */
export function unresolved(world: World): Invariant {
  const mayBeUnknown = new Set<string>();
  return {
    name: 'a person is asked only when nobody can find out',
    serviceEnded(_program, key, isKnown) {
      if (!isKnown) mayBeUnknown.add(key);
      return undefined;
    },
    serviceAnswered(program, { org, key: id, service }, { state, problem }) {
      const key = `${org}:${id}`;
      const isUnresolved = state === 'held' && problem?.code === 'SERVICE_OUTCOME_UNRESOLVED';
      if (!isUnresolved || mayBeUnknown.has(key) || world.announcers.size > 1) return undefined;
      // With a lease a write may be left at any moment, and whoever goes on with it does not know how far it had come.
      if (org !== orgWithoutMailbox) return undefined;
      // What one process was told, the next one may not have in its journal.
      if (world.hasLostPrograms) return undefined;
      return `${program.name} leaves ${id} of ${service.name} to a person, though it was told how each attempt ended`;
    },
  };
}

/** Everybody who called a service knows in the end, and what he knows is so. */
export function serviceEnds(world: World): Invariant {
  return {
    name: 'no call of a service is forgotten',
    atEnd() {
      for (const { end, code, key, service, text, org } of world.callers.asks) {
        const things = world.services.thingsOf(`${org}:${key}`);
        if (end === 'open') return `nobody could say how ${key} of ${service.name} ended, long after everything works`;
        if (end === 'refused' && !refusedText(text)) return `${key} is refused, and nothing is wrong with "${text}"`;
        if (end !== 'held') continue;
        if (code !== 'SERVICE_OUTCOME_UNRESOLVED')
          return `${key} of ${service.name} is held (${code ?? ''}), though nothing is wrong any more and it was sent again`;
        const canBeFound = service.lookUp !== 'impossible' && !world.services.wasChanged(service.name);
        if (canBeFound) return `${key} of ${service.name} is left to a person, and SAP has ${things.length} of it`;
      }
      return undefined;
    },
  };
}
