/** Watches one world with every invariant; the first one that is broken ends the schedule. */
import type { World } from '../world.ts';
import { agreement } from './agreement.ts';
import { contentStays } from './content-stays.ts';
import { ends } from './ends.ts';
import { fenced } from './fenced.ts';
import { InvariantBroken } from './invariant.ts';
import type { Invariant, Verdict } from './invariant.ts';
import { journaled } from './journaled.ts';
import { leased } from './leased.ts';
import { lookedUp } from './looked-up.ts';
import { oneCustomer } from './one-customer.ts';
import { order } from './order.ts';
import { pausedWaits } from './paused.ts';
import { refusedIsNothing } from './refused-is-nothing.ts';
import { oneThing, serviceAnswers, serviceEnds, unresolved } from './services.ts';
import { withdrawn } from './withdrawn.ts';

/** Every invariant there is; a new one is a file and a line here. */
const all: readonly ((world: World) => Invariant)[] = [
  oneCustomer,
  order,
  fenced,
  leased,
  refusedIsNothing,
  contentStays,
  lookedUp,
  withdrawn,
  journaled,
  agreement,
  ends,
  oneThing,
  serviceAnswers,
  unresolved,
  serviceEnds,
  pausedWaits,
];

type Moment = Exclude<keyof Invariant, 'name'>;
type Seen<M extends Moment> = Parameters<NonNullable<Invariant[M]>>;

export class Watch {
  readonly #world: World;
  readonly #invariants: readonly Invariant[];

  constructor(world: World) {
    this.#world = world;
    this.#invariants = all.map((make) => make(world));
  }

  readonly writeLeaves = (...seen: Seen<'writeLeaves'>): void => this.#look((each) => each.writeLeaves?.(...seen));
  readonly writeEnded = (...seen: Seen<'writeEnded'>): void => this.#look((each) => each.writeEnded?.(...seen));
  readonly lookUpEnded = (...seen: Seen<'lookUpEnded'>): void => this.#look((each) => each.lookUpEnded?.(...seen));
  readonly replyLeaves = (...seen: Seen<'replyLeaves'>): void => this.#look((each) => each.replyLeaves?.(...seen));
  readonly writeCommits = (...seen: Seen<'writeCommits'>): void => this.#look((each) => each.writeCommits?.(...seen));
  readonly leaseTaken = (...seen: Seen<'leaseTaken'>): void => {
    this.#world.history.count('leases taken');
    this.#look((each) => each.leaseTaken?.(...seen));
  };
  readonly visitLeaves = (...seen: Seen<'visitLeaves'>): void => this.#look((each) => each.visitLeaves?.(...seen));
  readonly visitAnswered = (...seen: Seen<'visitAnswered'>): void =>
    this.#look((each) => each.visitAnswered?.(...seen));
  readonly outcomeNoted = (...seen: Seen<'outcomeNoted'>): void => this.#look((each) => each.outcomeNoted?.(...seen));
  readonly callBegins = (...seen: Seen<'callBegins'>): void => this.#look((each) => each.callBegins?.(...seen));
  readonly serviceLeaves = (...seen: Seen<'serviceLeaves'>): void =>
    this.#look((each) => each.serviceLeaves?.(...seen));
  readonly serviceEnded = (...seen: Seen<'serviceEnded'>): void => this.#look((each) => each.serviceEnded?.(...seen));
  readonly serviceLookUpEnded = (...seen: Seen<'serviceLookUpEnded'>): void =>
    this.#look((each) => each.serviceLookUpEnded?.(...seen));
  readonly serviceCommits = (...seen: Seen<'serviceCommits'>): void =>
    this.#look((each) => each.serviceCommits?.(...seen));
  readonly serviceAnswered = (...seen: Seen<'serviceAnswered'>): void =>
    this.#look((each) => each.serviceAnswered?.(...seen));
  readonly atEnd = (): void => this.#look((each) => each.atEnd?.());

  #look(at: (invariant: Invariant) => Verdict): void {
    for (const invariant of this.#invariants) {
      const sentence = at(invariant);
      // Not thrown: inside a program's promise it would be caught, and taken for a failure of SAP.
      if (sentence !== undefined) this.#world.scheduler.fail(new InvariantBroken(invariant.name, sentence));
    }
  }
}
