/** The OrgMailbox and OrgBell ports of one program: visits travel through the network, arrive late or twice, and lose their answers. */
import { GatewayError } from '../../src/errors/index.ts';
import type { MailboxAnswer, MailboxVisit, OrgBell, OrgMailbox } from '../../src/ports/index.ts';
import type { OrgId } from '../../src/model/index.ts';
import type { Deadline } from '../../src/timing/index.ts';
import type { Program } from '../machine/program.ts';
import { passageThrough } from '../network.ts';
import type { World } from '../world.ts';
import type { Visitor } from './mailbox-model.ts';

/** The mailbox as this program reaches it. */
export function openMailboxLink(world: World, program: Program, visitor: Visitor, org: OrgId): OrgMailbox {
  return {
    org,
    visit: (visit, deadline) => new VisitOnItsWay(world, program, visitor, visit).make(deadline),
    close: async () => undefined,
  };
}

class VisitOnItsWay {
  readonly #world: World;
  readonly #program: Program;
  readonly #visitor: Visitor;
  readonly #visit: MailboxVisit;

  constructor(world: World, program: Program, visitor: Visitor, visit: MailboxVisit) {
    this.#world = world;
    this.#program = program;
    this.#visitor = visitor;
    this.#visit = visit;
  }

  make(deadline: Deadline): Promise<MailboxAnswer> {
    const { random, scheduler, weather } = this.#world;
    const program = this.#program;
    const passage = passageThrough(weather.org, random);
    const sentAtMs = program.clock.monotonic();
    this.#world.watch.visitLeaves(program, this.#visit);
    this.#tellVisit();
    return new Promise((resolve, reject) => {
      let hasHungUp = false;
      const hangUp = program.clock.after(deadline.remainingMs(), () => {
        hasHungUp = true;
        reject(new GatewayError('SALESFORCE_UNREACHABLE', { reason: 'no answer in time' }));
      });
      const settle = (outcome: MailboxAnswer | GatewayError): void =>
        void program.deliver(passage.backMs, () => {
          hangUp();
          if (hasHungUp) return;
          if (outcome instanceof GatewayError) return reject(outcome);
          this.#world.watch.visitAnswered(program, this.#visit, outcome, sentAtMs);
          resolve(outcome);
        });
      const arrive = (): void => {
        if (hasHungUp) return;
        if (passage.cut === 'before') return settle(new GatewayError('SALESFORCE_UNREACHABLE', { reason: 'cut' }));
        const answer = this.#receive();
        if (passage.againMs !== undefined) scheduler.after(passage.againMs, () => this.#repeat());
        if (passage.cut === 'after' && !(answer instanceof GatewayError)) {
          this.#world.history.count('visit answers lost');
          return settle(new GatewayError('SALESFORCE_UNREACHABLE', { reason: 'the answer is lost' }));
        }
        settle(answer);
      };
      scheduler.after(passage.thereMs, () => (program.isPaused ? program.deliver(0, arrive) : arrive()));
    });
  }

  #receive(): MailboxAnswer | GatewayError {
    const code = this.#world.faults.orgDoor;
    if (code !== undefined) {
      this.#world.history.count(`the org said ${code}`);
      return new GatewayError(code);
    }
    this.#world.history.count('visits');
    const answer = this.#world.mailbox.visit(this.#visitor, this.#visit);
    this.#world.tell('org', () => `answers ${this.#visitor.agent}: ${answerInWords(answer)}`);
    return answer;
  }

  /** The network brings the same bytes again; nobody waits for this answer. */
  #repeat(): void {
    if (this.#world.faults.orgDoor !== undefined) return;
    this.#world.history.count('visits that arrived twice');
    this.#world.tell('org', () => `the network repeats a visit of ${this.#visitor.agent}`);
    this.#world.mailbox.visit(this.#visitor, this.#visit);
  }

  #tellVisit(): void {
    const { fence, outcomes, wanted, asking, underWay } = this.#visit;
    this.#world.tell(this.#program.name, () => {
      const left = outcomes.map(({ operation }) => `${operation.id} ${operation.state}`).join(', ');
      return `visits the org (fence ${fence ?? 'none'}, wants ${wanted}, in hand ${underWay.length}, asks for ${asking.length})${left === '' ? '' : `: ${left}`}`;
    });
  }
}

function answerInWords({ lease, requests, receipts, withdrawn, standing }: MailboxAnswer): string {
  const parts = [
    lease.isHeld ? `fence ${lease.fence}` : `no lease, ${lease.holder} has it`,
    ...requests.map((request) => `hands out ${request.id}`),
    ...receipts.map((receipt) => `${receipt.id} ${receipt.result}`),
    ...withdrawn.map((each) => `${each.id} is wanted ${each.wish}`),
    ...standing.map((each) => `${each.id} is ${each.state}`),
  ];
  return parts.join('; ');
}

/** The bell as this program hears it: late, or not at all. */
export function openBellLink(world: World, program: Program): OrgBell {
  return {
    listen(onRing, onState, stop) {
      onState(true);
      const ring = (): void => {
        if (world.random.chance(world.weather.org.cut)) return;
        program.deliver(world.random.between(5, 500), () => {
          if (!stop.aborted) onRing();
        });
      };
      world.bells.set(program, ring);
      stop.addEventListener('abort', () => world.bells.delete(program), { once: true });
    },
  };
}
