/**
 * What the org has been shown of changes that are held and of documents that could not be understood, and what it has to be shown
 * next. The queue says what is held; this book says what the org believes, and keeps that in the queue's file, so that an issue solved during a restart does not stay open.
 */
import { z } from 'zod';
import { catalogue } from '../errors/index.ts';
import type { ErrorCode } from '../errors/index.ts';
import { keyText, recordKey, sapSystemId, sourceDocument, toProblem } from '../model/index.ts';
import type { OrgId, Problem, RecordKey, SapSystemId, SourceDocument } from '../model/index.ts';
import type { ChangeQueue, HeldChange, RefusedArrival, SyncIssue } from '../ports/index.ts';
import type { SyncPolicy } from './policy.ts';

const keptIssues = z.array(
  z.object({
    name: z.string(),
    system: sapSystemId,
    key: recordKey.optional().transform((key) => key),
    state: z.enum(['held', 'waiting', 'solved', 'discarded']),
    code: z.string(),
    whatHappened: z.string(),
    nextStep: z.string(),
    owner: z.string(),
    messages: z.string(),
    source: sourceDocument,
    attempts: z.number(),
    heldAt: z.string(),
    isUnsure: z.boolean().optional(),
  }),
);

export interface IssueParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly queue: Pick<ChangeQueue, 'held' | 'refused' | 'trace' | 'checkpoint' | 'remember'>;
  readonly policy: Pick<SyncPolicy, 'maxIssues' | 'issuesPerCall'>;
}

/** Steps of a record's way that are looked through for what became of an issue. */
const traced = 1_000;
/** A long text field of Salesforce; whoever needs more reads SAP's own log. */
const maxMessages = 4_000;

export class IssueBook {
  readonly #parts: IssueParts;
  readonly #checkpoint: string;
  /** By name: what the org was shown last. */
  readonly #shown = new Map<string, SyncIssue>();
  /** Names that must be shown again although nothing about them changed: somebody's wish has been answered. */
  readonly #again = new Set<string>();
  /** Names that a report has told and of which no answer came: the org may show them. */
  readonly #unsure = new Set<string>();
  #isStale = true;
  /** Whether the queue's file has all of this. */
  #isKept = true;
  onStale: () => void = () => undefined;

  constructor(parts: IssueParts) {
    this.#parts = parts;
    this.#checkpoint = `sync/${parts.org}/${parts.system}/issues`;
  }

  /** Takes up what an earlier run has shown. */
  async open(): Promise<void> {
    const value = await this.#parts.queue.checkpoint(this.#checkpoint);
    const read = keptIssues.safeParse(value === undefined ? [] : parsed(value));
    for (const { isUnsure, ...issue } of read.success ? read.data : []) {
      this.#shown.set(issue.name, issue);
      if (isUnsure === true) this.#doubt(issue.name);
    }
  }

  /** Whether the org shows something that is not over yet. */
  get isAnythingOpen(): boolean {
    return this.#shown.size > 0;
  }

  /** Whether something may have to be shown. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** A record is held. */
  held(): void {
    this.lookAgain();
  }

  /** A record's turn ended well: if it was an issue, it is solved. */
  ended(key: RecordKey): void {
    const text = keyText(key);
    if (
      this.#shown.size > 0 &&
      [...this.#shown.values()].some(({ key: of }) => of !== undefined && keyText(of) === text)
    )
      this.lookAgain();
  }

  /** Somebody may have done something about what is held. */
  lookAgain(names: readonly string[] = []): void {
    for (const name of names) this.#again.add(name);
    this.#isStale = true;
    this.onStale();
  }

  /** What the org has to be shown now, as many as one report takes. */
  async pending(): Promise<readonly SyncIssue[]> {
    this.#isStale = false;
    const held = [...(await this.#held()), ...(await this.#refused())];
    const pending = held.filter((issue) => this.#again.has(issue.name) || !isSame(issue, this.#shown.get(issue.name)));
    const names = new Set(held.map(({ name }) => name));
    for (const shown of this.#shown.values()) {
      if (names.has(shown.name)) continue;
      const state = await this.#fate(shown);
      if (state !== shown.state || this.#again.has(shown.name)) pending.push({ ...shown, state });
    }
    const now = pending.slice(0, this.#parts.policy.issuesPerCall);
    if (now.length < pending.length) this.#isStale = true;
    return now;
  }

  /**
   * To be told before a report leaves: where its answer is lost, the org shows what nobody here would ever take back. What was not known
   * to be shown is in the queue's file by then.
   */
  async reporting(issues: readonly SyncIssue[]): Promise<void> {
    const fresh = issues.filter(({ name }) => !this.#shown.has(name));
    for (const issue of issues) this.#doubt(issue.name);
    for (const issue of fresh) this.#shown.set(issue.name, issue);
    if (fresh.length > 0) this.#isKept = false;
    if (!this.#isKept) await this.#keep();
  }

  /** The org has been shown these. */
  async reported(issues: readonly SyncIssue[]): Promise<void> {
    for (const issue of issues) {
      this.#again.delete(issue.name);
      this.#unsure.delete(issue.name);
      if (issue.state === 'held' || issue.state === 'waiting') this.#shown.set(issue.name, issue);
      else this.#shown.delete(issue.name);
    }
    if (issues.length === 0) return;
    this.#isKept = false;
    await this.#keep();
  }

  #doubt(name: string): void {
    this.#unsure.add(name);
    this.#again.add(name);
  }

  async #keep(): Promise<void> {
    const issues = [...this.#shown.values()].map((issue) =>
      this.#unsure.has(issue.name) ? { ...issue, isUnsure: true } : issue,
    );
    await this.#parts.queue.remember({ name: this.#checkpoint, value: JSON.stringify(issues) });
    this.#isKept = true;
  }

  /** The oldest that are held here, as many as the org shows. */
  async #held(): Promise<SyncIssue[]> {
    const { queue, org, system, policy } = this.#parts;
    const found: SyncIssue[] = [];
    let after: string | undefined;
    while (found.length < policy.maxIssues) {
      const page = await queue.held(policy.maxIssues, after);
      const here = page.filter((held) => held.org === org && held.key.system === system);
      found.push(...here.map(issueOf));
      after = page.at(-1)?.name;
      if (page.length < policy.maxIssues || after === undefined) break;
    }
    return found.slice(0, policy.maxIssues);
  }

  /** A document names no org: each that wants what its SAP system says is shown it. */
  async #refused(): Promise<readonly SyncIssue[]> {
    const { queue, policy, system } = this.#parts;
    return (await queue.refused(policy.maxIssues)).map((refused) => documentIssue(refused, system));
  }

  async #fate(issue: SyncIssue): Promise<SyncIssue['state']> {
    const position = Number(issue.name.replace(/\D/g, ''));
    return issue.key === undefined ? this.#documentFate(issue, position) : this.#changeFate(issue.key, position);
  }

  /** A document that is listed no more came again and was understood, so that it has changes of its own, or was discarded. */
  async #documentFate({ source }: SyncIssue, position: number): Promise<SyncIssue['state']> {
    const steps = await this.#parts.queue.trace(source.number, traced);
    const cameAgain = steps.some((step) => step.position > position && isSameDocument(step.source, source));
    return cameAgain ? 'solved' : 'discarded';
  }

  /** What became of a change that is not held any more; one that nobody knows any more was done long ago. */
  async #changeFate(key: RecordKey, position: number): Promise<SyncIssue['state']> {
    const { queue, org } = this.#parts;
    const steps = await queue.trace(key.id.split('/')[0] ?? key.id, traced);
    const step = steps.find((one) => one.org === org && one.position === position && keyText(one.key) === keyText(key));
    switch (step?.state) {
      case 'held':
      case 'waiting':
      case 'discarded':
        return step.state;
      default:
        return 'solved';
    }
  }
}

function issueOf({ name, key, problem, source, attempts, heldAtMs }: HeldChange): SyncIssue {
  const heldAt = new Date(heldAtMs).toISOString();
  return { name, system: key.system, key, state: 'held', ...wordsOf(problem), source, attempts, heldAt };
}

function documentIssue({ name, source, error, arrivedAtMs }: RefusedArrival, system: SapSystemId): SyncIssue {
  const heldAt = new Date(arrivedAtMs).toISOString();
  const words = wordsOf(toProblem(error, name));
  return { name, system, key: undefined, state: 'held', ...words, source, attempts: 1, heldAt };
}

function wordsOf({ code, title, advice, sapMessages, issues }: Problem) {
  const words = [...sapMessages.map(({ text }) => text), ...issues.map(({ path, message }) => `${path}: ${message}`)];
  return {
    code,
    whatHappened: title,
    nextStep: advice,
    owner: isCode(code) ? catalogue[code].owner : 'gangway',
    messages: words.join('\n').slice(0, maxMessages),
  };
}

const isSameDocument = (one: SourceDocument, other: SourceDocument): boolean =>
  one.sender === other.sender && one.number === other.number;

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

const isSame = (issue: SyncIssue, shown: SyncIssue | undefined): boolean =>
  shown !== undefined && JSON.stringify(issue) === JSON.stringify(shown);

/** What is not JSON is as good as nothing: what is held is shown anew. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
