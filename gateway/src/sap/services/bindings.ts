/** Services joined with SAP's interfaces: asked for once, kept while the file stays as it is, looked at again now and then. */
import { toGatewayError } from '../../errors/index.ts';
import type { GatewayError } from '../../errors/index.ts';
import type { SapConnection, Urgency } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { bind } from './bind.ts';
import type { BoundService } from './bound-service.ts';
import type { FormatProblem } from './format-problems.ts';
import { invalidFile } from './problems.ts';
import type { ServiceProblem } from './problems.ts';
import type { Published } from './published-files.ts';
import { located } from './read-service-file.ts';
import { readSapInterface } from './sap-interface.ts';
import type { SapInterface } from './sap-interface.ts';

/** Interfaces change with transports, a few times a year; one that did not fit may be put right within the hour. */
const lookAgainMs = 3_600_000;
const lookAgainAfterProblemsMs = 300_000;
/** SAP could not be asked: as often as it is pinged while it is away. */
const lookAgainAfterFailureMs = 60_000;

export interface Binding {
  readonly version: string;
  readonly bound: BoundService | undefined;
  /** Why it does not fit; then it is left out. */
  readonly problems: readonly ServiceProblem[];
  /** SAP could not be asked. */
  readonly failure: GatewayError | undefined;
  readonly staleAtMs: number;
}

export class Bindings {
  readonly #connection: SapConnection;
  readonly #clock: Clock;
  /** One entry per published service, so it is as bounded as the folder. */
  readonly #kept = new Map<string, Binding>();
  readonly #underWay = new Map<string, Promise<Binding>>();

  constructor(connection: SapConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** What is known of this version of the file; undefined while SAP has not been asked. */
  known(published: Published): Binding | undefined {
    const kept = this.#kept.get(published.file.name);
    return kept?.version === published.version ? kept : undefined;
  }

  /** True when SAP should be asked (again). */
  isDue(published: Published): boolean {
    const known = this.known(published);
    return known === undefined || this.#clock.monotonic() >= known.staleAtMs;
  }

  /** For a call: throws SERVICE_FILE_INVALID, or what kept SAP from being asked. */
  async require(published: Published, deadline: Deadline): Promise<BoundService> {
    const known = this.known(published);
    const isUsable = known?.bound !== undefined || (known !== undefined && known.problems.length > 0);
    const binding = isUsable ? known : await this.ask(published, deadline);
    if (binding.bound !== undefined) return binding.bound;
    throw binding.failure ?? invalidFile(binding.problems, published.fileName);
  }

  /** Asks SAP; callers that come at once share the question. Never throws. */
  ask(published: Published, deadline: Deadline, urgency?: Urgency): Promise<Binding> {
    const { version } = published;
    const underWay = this.#underWay.get(version);
    if (underWay !== undefined) return underWay;
    const asked = this.#ask(published, deadline, urgency).finally(() => this.#underWay.delete(version));
    this.#underWay.set(version, asked);
    return asked;
  }

  /** Forgets services that are published no more. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#kept.keys()) if (!names.has(name)) this.#kept.delete(name);
  }

  async #ask(published: Published, deadline: Deadline, urgency: Urgency | undefined): Promise<Binding> {
    const { file, version } = published;
    const asked = await askInterface(this.#connection, file.function, deadline, urgency);
    const binding = { version, ...this.#judge(published, asked) };
    const kept = { ...binding, staleAtMs: this.#clock.monotonic() + patience(binding) };
    this.#kept.set(file.name, kept);
    return kept;
  }

  #judge(published: Published, asked: Asked): Pick<Binding, 'bound' | 'problems' | 'failure'> {
    const { file, lineOf } = published;
    if ('failure' in asked) {
      // What was known holds on while SAP cannot be asked.
      const before = this.known(published);
      return { bound: before?.bound, problems: before?.problems ?? [], failure: asked.failure };
    }
    const { statefulSession } = this.#connection.capabilities;
    const found = 'iface' in asked ? bind(file, asked.iface, statefulSession) : { problems: [asked.problem] };
    const problems = found.problems.map(({ path, message }) => located(path, message, lineOf));
    return { bound: 'service' in found ? found.service : undefined, problems, failure: undefined };
  }
}

function patience({ problems, failure }: Pick<Binding, 'problems' | 'failure'>): number {
  if (failure !== undefined) return lookAgainAfterFailureMs;
  return problems.length > 0 ? lookAgainAfterProblemsMs : lookAgainMs;
}

type Asked =
  | { readonly iface: SapInterface }
  /** The function is not there. */
  | { readonly problem: FormatProblem }
  /** SAP could not be asked. */
  | { readonly failure: GatewayError };

/** The interface, or why there is none. Never throws. */
export async function askInterface(
  connection: SapConnection,
  functionName: string,
  deadline: Deadline,
  urgency?: Urgency,
): Promise<Asked> {
  try {
    return { iface: await readSapInterface({ connection, deadline, urgency }, functionName) };
  } catch (thrown) {
    const failure = toGatewayError(thrown);
    const isMissing = failure.code === 'SAP_FUNCTION_MISSING' && failure.context['functionName'] === functionName;
    if (!isMissing) return { failure };
    return { problem: { path: ['function'], message: `SAP has no function ${functionName}; look for it in SE37` } };
  }
}
