/** What must hold in every schedule, whatever breaks. */
import type { OrgId, WriteOperation } from '../../src/model/index.ts';
import type {
  KeyLookup,
  MailboxAnswer,
  MailboxOutcome,
  MailboxVisit,
  ServiceLookup,
  Written,
} from '../../src/ports/index.ts';
import type { Program } from '../machine/program.ts';
import type { Visitor } from '../salesforce/mailbox-model.ts';
import type { Request } from '../salesforce/org-records.ts';
import type { SapWrite } from '../sap/sap-model.ts';
import type { SimulatedService, Thing } from '../sap/service-model.ts';

/** Says what is wrong, or nothing. */
export type Verdict = string | undefined;

/** What somebody asks of a service. */
export interface ServiceWish {
  readonly org: OrgId;
  /** Without the org. */
  readonly key: string;
  readonly service: SimulatedService;
  readonly text: string;
}

/** One promise, checked at the moments where it can be broken. */
export interface Invariant {
  readonly name: string;
  /** A program hands a write to its network card. */
  writeLeaves?(program: Program, write: SapWrite): Verdict;
  /** The program has heard what became of its write, or has given up waiting; `isKnown`: it happened, or it certainly did not. */
  writeEnded?(program: Program, key: string, isKnown: boolean): Verdict;
  lookUpEnded?(program: Program, key: string, found: KeyLookup): Verdict;
  /** An answer leaves for the relay. */
  replyLeaves?(program: Program, operation: WriteOperation): Verdict;
  /** SAP has committed a write for the first time. */
  writeCommits?(program: Program, write: SapWrite, written: Written): Verdict;
  /** A call has its place in SAP, and is about to leave. */
  callBegins?(program: Program): Verdict;
  /** A program hands the write of a service over. `key` has the org in it, as SAP gets it. */
  serviceLeaves?(program: Program, key: string, service: SimulatedService): Verdict;
  /** As `writeEnded`. */
  serviceEnded?(program: Program, key: string, isKnown: boolean): Verdict;
  serviceLookUpEnded?(program: Program, key: string, found: ServiceLookup): Verdict;
  /** SAP has something that it did not have before. */
  serviceCommits?(program: Program, thing: Thing): Verdict;
  /** An answer about a service leaves for the relay. */
  serviceAnswered?(program: Program, wish: ServiceWish, operation: WriteOperation): Verdict;
  leaseTaken?(visitor: Visitor, fence: number): Verdict;
  visitLeaves?(program: Program, visit: MailboxVisit): Verdict;
  visitAnswered?(program: Program, visit: MailboxVisit, answer: MailboxAnswer, sentAtMs: number): Verdict;
  /** The org has written an outcome, whoever brought it. */
  outcomeNoted?(request: Request, outcome: MailboxOutcome): Verdict;
  /** Everything has been repaired and has come to rest. */
  atEnd?(): Verdict;
}

/** An invariant is broken; the schedule ends here. */
export class InvariantBroken extends Error {
  readonly invariant: string;

  constructor(invariant: string, sentence: string) {
    super(sentence);
    this.name = 'InvariantBroken';
    this.invariant = invariant;
  }
}
