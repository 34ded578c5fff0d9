/** Function modules published as services: the files of a folder, joined with SAP's own interfaces, called on request. */
import { GatewayError } from '../../errors/index.ts';
import type { PublishedService, ServiceName } from '../../model/index.ts';
import type {
  InspectOptions,
  InterfaceFinding,
  KeyedWrite,
  SapConnection,
  SapServices,
  ServiceAnswer,
  ServiceFileProblem,
  ServiceLookup,
  ServiceValues,
} from '../../ports/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { usualDecimals } from '../conversion/amounts.ts';
import { todayIn } from '../conversion/dates.ts';
import type { SapSettings } from '../sap-settings.ts';
import { Customizing } from '../system/customizing.ts';
import { Bindings } from './bindings.ts';
import type { Binding } from './bindings.ts';
import type { BoundService } from './bound-service.ts';
import { checkInputs } from './check-inputs.ts';
import { execute, functionsOf } from './execute.ts';
import { judgeLookUp, lookUpInputs } from './look-up.ts';
import { problemText } from './problems.ts';
import { lookEveryMs, PublishedFiles } from './published-files.ts';
import type { Published } from './published-files.ts';
import { toPublished } from './schema.ts';
import { writeSpecials } from './specials.ts';
import type { SpecialValues } from './specials.ts';
import { writeParameters } from './write-parameters.ts';

/** Asking for one interface is a call per structure; nobody waits for it. */
const askTimeoutMs = 60_000;

export interface PublishedServicesParts {
  readonly connection: SapConnection;
  readonly settings: Pick<SapSettings, 'servicesFolder' | 'timeZone' | 'language' | 'features'>;
  readonly clock: Clock;
}

/** Says what SAP's own table of keys has. */
const keyReader = 'Z_GANGWAY_KEY_READ';

type LookedUp = Parameters<SapServices['lookUp']>[0];

export class PublishedServices implements SapServices {
  readonly #parts: PublishedServicesParts;
  readonly #files: PublishedFiles;
  readonly #bindings: Bindings;
  readonly #customizing: Customizing;
  readonly #listeners = new Set<() => void>();
  #stopWatching: (() => void) | undefined;
  #told = '';
  #isBinding = false;

  constructor(parts: PublishedServicesParts) {
    const { settings, clock, connection } = parts;
    this.#parts = parts;
    this.#files = new PublishedFiles(settings.servicesFolder, clock);
    this.#bindings = new Bindings(connection, clock);
    this.#customizing = new Customizing(connection, settings.language, clock);
  }

  list(): readonly PublishedService[] {
    const services = this.#serving().map((published) => this.#toPublished(published));
    return services.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  }

  find(name: ServiceName): PublishedService | undefined {
    const published = this.#find(name);
    return published === undefined ? undefined : this.#toPublished(published);
  }

  problems(): readonly ServiceFileProblem[] {
    const ofFiles = this.#files.problems.map(({ file, ...problem }) => ({ file, problem: problemText(problem) }));
    const ofSap = this.#files.all().flatMap((published) => {
      const problems = this.#bindings.known(published)?.problems ?? [];
      return problems.map((problem) => ({ file: published.fileName, problem: problemText(problem) }));
    });
    return [...ofFiles, ...ofSap];
  }

  /** The folder is watched, and SAP asked about what is new in it, while somebody listens. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#stopWatching === undefined) {
      this.#told = this.#state();
      this.#watch();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stopWatching?.();
      this.#stopWatching = undefined;
    };
  }

  checkInputs(name: ServiceName, inputs: unknown): ServiceValues {
    const published = this.#require(name);
    const values = checkInputs(published.file, inputs);
    const bound = this.#bindings.known(published)?.bound;
    // Lengths are SAP's, so they are checked here as soon as they are known, and in any case before a call.
    if (bound !== undefined && !bound.hasAmounts) writeParameters(bound, values, {}, usualDecimals);
    return values;
  }

  async read(name: ServiceName, inputs: ServiceValues, deadline: Deadline): Promise<ServiceAnswer> {
    const published = this.#require(name, 'read');
    const specials = { $today: this.#today() };
    return this.#execute(await this.#bindings.require(published, deadline), inputs, specials, deadline);
  }

  async write(write: KeyedWrite, name: ServiceName, inputs: ServiceValues, deadline: Deadline): Promise<ServiceAnswer> {
    const published = this.#require(name, 'write');
    const specials = writeSpecials(write, this.#today());
    return this.#execute(await this.#bindings.require(published, deadline), inputs, specials, deadline);
  }

  async lookUp(write: LookedUp, name: ServiceName, inputs: ServiceValues, deadline: Deadline): Promise<ServiceLookup> {
    // A service that is gone cannot be looked up, which does not mean that its write is not in SAP.
    const lookUp = this.#find(name)?.file.lookUp;
    const reader = lookUp === undefined ? undefined : this.#find(lookUp.service);
    if (lookUp === undefined || reader === undefined) return { state: 'impossible' };
    const specials = writeSpecials(write, this.#today());
    const asked = lookUpInputs(lookUp, reader.file, { inputs, specials });
    const found = await this.#execute(await this.#bindings.require(reader, deadline), asked, specials, deadline);
    const judged = judgeLookUp(lookUp, found.outputs, write.contentHash);
    // The pack writes the key in one unit of work with what it makes, and refuses a second one.
    const isFinal = reader.file.function === keyReader;
    return judged.state === 'none' && isFinal ? { ...judged, isFinal } : judged;
  }

  /** What published services call, for the list of what may be called at all. */
  functionNames(): ReadonlySet<string> {
    return new Set(functionsOf(this.#serving().map(({ file }) => file)));
  }

  /** Asks SAP about every file anew; of several files about one function each has its finding. */
  async *inspect(deadline: Deadline, { only }: InspectOptions = {}): AsyncGenerator<InterfaceFinding> {
    const { features } = this.#parts.settings;
    if (features !== undefined && !features.includes('services')) return;
    for (const published of this.#files.all()) {
      if (only?.has(published.file.function) === false) continue;
      const binding = await this.#bindings.ask(published, deadline);
      const { failure } = binding;
      if (failure !== undefined && failure.code !== 'SAP_NOT_AUTHORIZED') throw failure;
      yield toFinding(published, binding);
    }
  }

  async #execute(
    service: BoundService,
    inputs: ServiceValues,
    specials: SpecialValues,
    deadline: Deadline,
  ): Promise<ServiceAnswer> {
    const decimals = service.hasAmounts ? await this.#customizing.decimals(deadline) : usualDecimals;
    const { connection, clock } = this.#parts;
    return execute({ service, connection, inputs, specials, decimals, deadline, clock });
  }

  #serving(): readonly Published[] {
    const { features } = this.#parts.settings;
    if (features !== undefined && !features.includes('services')) return [];
    return this.#files.all().filter((published) => !this.#isLeftOut(published));
  }

  #isLeftOut(published: Published): boolean {
    return (this.#bindings.known(published)?.problems.length ?? 0) > 0;
  }

  #find(name: ServiceName): Published | undefined {
    return this.#serving().find(({ file }) => file.name === name);
  }

  #require(name: ServiceName, effect?: PublishedService['effect']): Published {
    const published = this.#find(name);
    if (published === undefined || (effect !== undefined && published.file.effect !== effect))
      throw new GatewayError('SERVICE_UNKNOWN', { name });
    return published;
  }

  #toPublished({ file }: Published): PublishedService {
    const { lookUp } = file;
    const reader = lookUp?.none === undefined ? undefined : this.#find(lookUp.service);
    const isKeyedInSap = reader?.file.function === keyReader && Object.values(lookUp?.inputs ?? {}).includes('$key');
    return toPublished(file, isKeyedInSap);
  }

  #today(): string {
    return todayIn(this.#parts.settings.timeZone, this.#parts.clock);
  }

  #watch(): void {
    this.#tell();
    void this.#bindDue();
    this.#stopWatching = this.#parts.clock.after(lookEveryMs, () => this.#watch());
  }

  /** One after the other: a folder of many files must not take the work processes of people. */
  async #bindDue(): Promise<void> {
    if (this.#isBinding) return;
    this.#isBinding = true;
    this.#bindings.keepOnly(new Set(this.#files.all().map(({ file }) => file.name)));
    for (const published of this.#files.all()) {
      if (this.#listeners.size === 0) break;
      if (!this.#bindings.isDue(published)) continue;
      await this.#bindings.ask(published, Deadline.in(this.#parts.clock, askTimeoutMs), 'bulk');
      this.#tell();
    }
    this.#isBinding = false;
  }

  #tell(): void {
    const state = this.#state();
    if (state === this.#told || this.#listeners.size === 0) return;
    this.#told = state;
    for (const listener of this.#listeners) listener();
  }

  #state(): string {
    return JSON.stringify([this.list(), this.problems()]);
  }
}

function toFinding({ file }: Published, { problems, failure }: Binding): InterfaceFinding {
  const base = { functionName: file.function, features: ['services'] };
  const differences = problems.map((problem) => `service ${file.name}: ${problemText(problem)}`);
  if (failure !== undefined) return { ...base, state: 'not-authorized', differences, code: failure.code };
  if (problems.some(({ path }) => path === 'function'))
    return { ...base, state: 'missing', differences, code: 'SAP_FUNCTION_MISSING' };
  if (differences.length > 0) return { ...base, state: 'differs', differences, code: 'SERVICE_FILE_INVALID' };
  return { ...base, state: 'as-expected', differences };
}
