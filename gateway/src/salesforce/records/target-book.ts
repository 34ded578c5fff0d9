/** The targets of one org, read when they are needed and kept for a while: two calls at first, one every five minutes. */
import { GatewayError } from '../../errors/index.ts';
import type { ErrorCode } from '../../errors/index.ts';
import type { OrgId } from '../../model/index.ts';
import type { CounterMetric, Log } from '../../telemetry/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { unreadable } from '../exchange.ts';
import type { RestClient } from '../rest-client.ts';
import type { PackageNamespace } from '../package-namespace.ts';
import { callComposite, partErrors } from './composite-call.ts';
import type { SubAnswer } from './composite-call.ts';
import { objectDescribe } from './object-describe.ts';
import type { ObjectDescribe } from './object-describe.ts';
import { OrgNames } from './org-names.ts';
import { mappingsQuery, readMappings, readRules, rulesQuery } from './rule-records.ts';
import type { UnknownState } from './rows.ts';
import { toTargets } from './targets.ts';
import type { Targets } from './targets.ts';

/** An admin who corrects a mapping sees it work after a cup of coffee. */
const rulesForMs = 300_000;
/** Fields come and go rarely; a write that meets one that went asks at once. */
const describesForMs = 3_600_000;
/** Salesforce said that a field is not as we think; asked anew at most once in that time, however many rows say so. */
const doubtAfterMs = 60_000;
/** Mappings and states that were told once; who has more wrong than that has read enough. */
const maxTold = 1_000;
/** Two calls, each at most as long as a slow describe of a large object. */
const readTimeoutMs = 60_000;
/** Eleven objects of 800 fields with their picklists. */
const maxDescribeBytes = 67_108_864;

export interface OrgTargets extends Targets {
  readonly names: OrgNames;
  /** A state that the org does not know was left out. */
  readonly tellUnknownState: (state: UnknownState) => void;
}

export interface TargetBookParts {
  readonly org: OrgId;
  readonly client: RestClient;
  readonly namespace: PackageNamespace;
  readonly clock: Clock;
  readonly log: Log;
  readonly leftOut: CounterMetric;
}

interface Kept<Value> {
  readonly value: Value;
  readonly atMs: number;
}

export class TargetBook {
  readonly #parts: TargetBookParts;
  readonly #told = new Set<string>();
  #targets: Kept<OrgTargets> | undefined;
  #objects: Kept<ReadonlyMap<string, ObjectDescribe>> | undefined;
  #underWay: Promise<OrgTargets> | undefined;

  constructor(parts: TargetBookParts) {
    this.#parts = parts;
  }

  /** Throws where nothing can be known: no package, no right, nobody there. `onCall`: one more call of the API is made. */
  async targets(deadline: Deadline, onCall: () => void = () => undefined): Promise<OrgTargets> {
    if (this.#targets !== undefined && this.#ageOf(this.#targets) < rulesForMs) return this.#targets.value;
    this.#underWay ??= this.#read(deadline, onCall).finally(() => (this.#underWay = undefined));
    return this.#within(this.#underWay, deadline);
  }

  #within(reading: Promise<OrgTargets>, deadline: Deadline): Promise<OrgTargets> {
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new GatewayError('SALESFORCE_UNREACHABLE', { reason: 'no rules in time' }));
      const cancel = this.#parts.clock.after(deadline.remainingMs(), late);
      void reading.then(resolve, reject).finally(cancel);
    });
  }

  /** The org has said that it is not as described: it is asked again, but not with each write. */
  doubt(): void {
    if (this.#targets === undefined || this.#ageOf(this.#targets) < doubtAfterMs) return;
    this.#targets = undefined;
    this.#objects = undefined;
  }

  forget(): void {
    this.#targets = undefined;
    this.#objects = undefined;
    this.#told.clear();
  }

  #ageOf({ atMs }: Kept<unknown>): number {
    return this.#parts.clock.monotonic() - atMs;
  }

  async #read(caller: Deadline, onCall: () => void): Promise<OrgTargets> {
    const { clock, namespace } = this.#parts;
    // All who wait share this reading, so the first one's deadline must not end it for the others.
    const deadline = Deadline.in(clock, Math.max(caller.remainingMs(), readTimeoutMs));
    const names = new OrgNames(await namespace.find(deadline));
    const { rules, mappings } = await this.#readRules(names, deadline, onCall);
    const wanted = new Set(rules.map(({ object }) => object.toLowerCase()));
    const objects = await this.#describe(wanted, deadline, onCall);
    const tellUnknownState = (state: UnknownState): void => this.#tellState(state);
    const value = { ...toTargets({ names, rules, mappings, objects }), names, tellUnknownState };
    this.#targets = { value, atMs: clock.monotonic() };
    this.#tell(value);
    return value;
  }

  async #readRules(names: OrgNames, deadline: Deadline, onCall: () => void) {
    const queries = [rulesQuery(names), mappingsQuery(names)];
    const [rules, mappings] = await this.#get(
      queries.map((soql) => `query?q=${encodeURIComponent(soql)}`),
      deadline,
      onCall,
    );
    return { rules: readRules(bodyOf(rules), names), mappings: readMappings(bodyOf(mappings), names) };
  }

  /** An object that is not there, or that the user may not see, is simply not in the map. */
  async #describe(
    wanted: ReadonlySet<string>,
    deadline: Deadline,
    onCall: () => void,
  ): Promise<ReadonlyMap<string, ObjectDescribe>> {
    const kept = this.#objects;
    const isKnown = kept !== undefined && [...wanted].every((name) => kept.value.has(name));
    if (isKnown && this.#ageOf(kept) < describesForMs) return kept.value;
    const paths = [...wanted].map((name) => `sobjects/${encodeURIComponent(name)}/describe`);
    const answers = await this.#get(paths, deadline, onCall);
    const found = answers.flatMap((answer) => {
      if (answer.httpStatusCode === 404) return [];
      const described = objectDescribe.safeParse(bodyOf(answer));
      if (!described.success) throw unreadable('the description of an object');
      return [[described.data.name.toLowerCase(), described.data] as const];
    });
    this.#objects = { value: new Map(found), atMs: this.#parts.clock.monotonic() };
    return this.#objects.value;
  }

  async #get(paths: readonly string[], deadline: Deadline, onCall: () => void): Promise<readonly SubAnswer[]> {
    if (paths.length === 0) return [];
    onCall();
    const parts = paths.map((path) => ({ method: 'GET', path }) as const);
    return (await callComposite(this.#parts.client, parts, deadline, maxDescribeBytes)).answers;
  }

  /** Each bad mapping once, until rules are read anew on purpose; the metric counts each as long as it is there. */
  #tell({ problems, byKind }: Targets): void {
    const unusable = [...byKind.values()].filter((target) => target instanceof GatewayError);
    for (const { message, code, context } of [...unusable, ...problems]) {
      this.#parts.leftOut.add({ org: this.#parts.org });
      if (this.#isNew(message)) this.#parts.log.warn({ org: this.#parts.org, code, ...context }, message);
    }
  }

  #tellState({ field, value }: UnknownState): void {
    this.#parts.leftOut.add({ org: this.#parts.org });
    if (!this.#isNew(`${field} ${value}`)) return;
    const sentence = 'The org has no such state, so it is left out: add it in Setup > State and Country Picklists.';
    this.#parts.log.warn({ org: this.#parts.org, field, value }, sentence);
  }

  #isNew(news: string): boolean {
    if (this.#told.has(news) || this.#told.size >= maxTold) return false;
    this.#told.add(news);
    return true;
  }
}

function bodyOf(answer: SubAnswer | undefined): unknown {
  if (answer === undefined) throw unreadable('a composite answer');
  if (answer.httpStatusCode < 300) return answer.body;
  const reason = partErrors(answer)[0]?.code ?? '';
  throw new GatewayError(failureOf(reason), { reason: `rules and mappings: ${reason}` });
}

/** Custom metadata that nobody may read looks like custom metadata that is not there. */
const failureOf = (reason: string): ErrorCode =>
  ['INVALID_TYPE', 'INVALID_FIELD', 'INSUFFICIENT_ACCESS', 'NOT_FOUND'].includes(reason)
    ? 'SALESFORCE_NOT_AUTHORIZED'
    : 'SALESFORCE_FAILED';
