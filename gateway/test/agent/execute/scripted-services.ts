/**
 * Published services whose next answers a test scripts. SAP keeps no key of them: whatever is written twice is there twice,
 * which is what the tests are about.
 */
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import { orgId, publishedService } from '../../../src/model/index.ts';
import type { PublishedService, ServiceName } from '../../../src/model/index.ts';
import type { KeyedWrite, SapServices, ServiceAnswer, ServiceLookup, ServiceValues } from '../../../src/ports/index.ts';

export const createThing = publishedService.parse({
  name: 'CreateThing',
  summary: 'Creates a thing',
  effect: 'write',
  inputs: { type: 'object', properties: { name: { type: 'string', maxLength: 35 } }, required: ['name'] },
  outputs: { type: 'object', properties: { number: { type: 'string' } } },
  callers: [{ org: orgId.parse('00D5g000004GANG') }],
  signature: 'not-required',
  version: 'v1',
});

export const readThing = publishedService.parse({
  ...createThing,
  name: 'ReadThing',
  summary: 'Reads a thing',
  effect: 'read',
});

export type ServiceWriteScript =
  | 'commit'
  /** Committed, the answer was lost. */
  | 'commit-lose'
  /** Never arrived, and nobody can tell. */
  | 'lose'
  /** Commits when the test says `finish()`, long after its caller gave up. */
  | 'work-on'
  | { readonly code: ErrorCode }
  | { readonly wait: Promise<unknown> };

interface Committed {
  readonly key: string;
  readonly number: string;
}

/** What all agents share: SAP. */
export class Things {
  readonly committed: Committed[] = [];

  commit(key: string): string {
    const number = String(4711 + this.committed.length);
    this.committed.push({ key, number });
    return number;
  }
}

export class ScriptedServices implements SapServices {
  readonly things: Things;
  readonly published = new Map<string, PublishedService>();
  readonly writes: ServiceWriteScript[] = [];
  readonly lookUps: (ErrorCode | 'honest' | 'running' | 'other')[] = [];
  /** Every call that got as far as SAP. */
  readonly asked: {
    readonly what: 'read' | 'write' | 'lookUp';
    readonly name: string;
    readonly inputs: ServiceValues;
  }[] = [];
  readonly history: string[];
  canLookUp: boolean;
  /** SAP keeps the keys itself: a second write of one key gives the first result. */
  keepsKeys = false;
  outputs: ServiceValues | undefined;
  readonly #listeners = new Set<() => void>();
  #working: (() => void)[] = [];

  constructor(options: { things?: Things; canLookUp?: boolean; history?: string[] } = {}) {
    this.things = options.things ?? new Things();
    this.canLookUp = options.canLookUp ?? false;
    this.history = options.history ?? [];
    for (const service of [createThing, readThing]) this.published.set(service.name, service);
  }

  publish(...services: readonly PublishedService[]): void {
    for (const service of services) this.published.set(service.name, service);
    for (const tell of this.#listeners) tell();
  }

  withdraw(name: string): void {
    this.published.delete(name);
    for (const tell of this.#listeners) tell();
  }

  get listening(): number {
    return this.#listeners.size;
  }

  /** Sessions that worked on without a caller commit now. */
  finish(): void {
    for (const commit of this.#working.splice(0)) commit();
  }

  countOf(what: 'read' | 'write' | 'lookUp'): number {
    return this.asked.filter((each) => each.what === what).length;
  }

  list = (): readonly PublishedService[] => [...this.published.values()];
  find = (name: ServiceName): PublishedService | undefined => this.published.get(name);

  problems = (): readonly [] => [];

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  checkInputs(name: ServiceName, inputs: unknown): ServiceValues {
    this.#mustBePublished(name);
    const values = Object.fromEntries(Object.entries(inputs ?? {}));
    if (typeof values['name'] === 'string') return { language: 'EN', ...values };
    const issues = [{ path: 'name', message: 'is missing' }];
    throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
  }

  read(name: ServiceName, inputs: ServiceValues): Promise<ServiceAnswer> {
    this.#note('read', name, inputs);
    return Promise.resolve({ outputs: this.outputs ?? { number: '4711' }, sapMessages: [] });
  }

  async write({ key }: KeyedWrite, name: ServiceName, inputs: ServiceValues): Promise<ServiceAnswer> {
    this.#note('write', name, inputs);
    const script = this.writes.shift() ?? 'commit';
    if (typeof script === 'object' && 'code' in script) throw new GatewayError(script.code);
    if (typeof script === 'object') await script.wait;
    if (script === 'lose') throw new GatewayError('SAP_OUTCOME_UNKNOWN');
    if (script === 'work-on') {
      this.#working.push(() => this.things.commit(key));
      throw new GatewayError('SAP_OUTCOME_UNKNOWN');
    }
    const number = this.things.commit(key);
    this.history.push('sap: committed');
    if (script === 'commit-lose') throw new GatewayError('SAP_OUTCOME_UNKNOWN');
    return { outputs: this.outputs ?? { number }, sapMessages: [] };
  }

  async lookUp({ key }: { readonly key: string }, name: ServiceName, inputs: ServiceValues): Promise<ServiceLookup> {
    this.#note('lookUp', name, inputs);
    if (!this.canLookUp) return { state: 'impossible' };
    const script = this.lookUps.shift() ?? 'honest';
    if (script === 'running' || script === 'other') return { state: script };
    if (script !== 'honest') throw new GatewayError(script);
    const found = this.things.committed.find((each) => each.key === key);
    return Promise.resolve(
      found === undefined
        ? { state: 'none', isFinal: this.keepsKeys }
        : { state: 'done', outputs: { number: found.number } },
    );
  }

  #note(what: 'read' | 'write' | 'lookUp', name: ServiceName, inputs: ServiceValues): void {
    this.#mustBePublished(name);
    this.asked.push({ what, name, inputs });
    this.history.push(`sap: ${what}`);
  }

  #mustBePublished(name: ServiceName): void {
    if (!this.published.has(name)) throw new GatewayError('SERVICE_UNKNOWN', { name });
  }
}
