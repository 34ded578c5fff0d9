/**
 * Function modules that were published as services, as far as exactly-once depends on them. Most keep no key: what is written
 * twice is there twice. One kind keeps the key in one unit of work with what it makes, as the pack does.
 */
import { GatewayError } from '../../src/errors/index.ts';
import { publishedService, serviceName } from '../../src/model/index.ts';
import type { OrgId, PublishedService, ServiceName } from '../../src/model/index.ts';
import type { KeyedWrite, ServiceLookup, ServiceValues } from '../../src/ports/index.ts';
import type { SapModel } from './sap-model.ts';

/** What a file says of its look-up: nothing; a search, whose "not there" may mean "not yet"; the key table, which is final. */
export type LookUpKind = 'impossible' | 'search' | 'keyed';

export interface SimulatedService {
  readonly name: ServiceName;
  readonly lookUp: LookUpKind;
  /** The function commits, or the same session does in a second call. */
  readonly commits: 'itself' | 'in a second call';
}

export const simulatedServices: readonly [SimulatedService, ...SimulatedService[]] = [
  { name: serviceName.parse('UnseenItself'), lookUp: 'impossible', commits: 'itself' },
  { name: serviceName.parse('UnseenInTwo'), lookUp: 'impossible', commits: 'in a second call' },
  { name: serviceName.parse('SearchedItself'), lookUp: 'search', commits: 'itself' },
  { name: serviceName.parse('SearchedInTwo'), lookUp: 'search', commits: 'in a second call' },
  { name: serviceName.parse('KeyedItself'), lookUp: 'keyed', commits: 'itself' },
  { name: serviceName.parse('KeyedInTwo'), lookUp: 'keyed', commits: 'in a second call' },
];

/** Something that a service made. */
export interface Thing {
  readonly key: string;
  readonly text: string;
  readonly number: string;
}

/** SAP's checks refuse such inputs, whoever sends them. */
export const refusedText = (text: string): boolean => text.startsWith('bad');

export class ServiceModel {
  readonly #sap: SapModel;
  readonly #things = new Map<string, Thing[]>();
  /** Keys of the key table that a session is working on. */
  readonly #locks = new Set<string>();
  /** Calls that have arrived and are not over, by key. */
  readonly #underWay = new Map<string, number>();
  readonly #editions = new Map<string, number>();

  constructor(sap: SapModel) {
    this.#sap = sap;
  }

  thingsOf(key: string): readonly Thing[] {
    return this.#things.get(key) ?? [];
  }

  /** A call for the key may still commit. */
  isUnderWay(key: string): boolean {
    return (this.#underWay.get(key) ?? 0) > 0;
  }

  /** Somebody changes its file. */
  publishAnew(name: string): void {
    this.#editions.set(name, this.#editionOf(name) + 1);
  }

  wasChanged(name: string): boolean {
    return this.#editionOf(name) > 1;
  }

  published(name: string, orgs: readonly OrgId[]): PublishedService | undefined {
    if (serviceOf(name) === undefined) return undefined;
    return publishedService.parse({
      ...{ name, summary: 'Makes a thing', effect: 'write', signature: 'not-required' },
      inputs: { type: 'object', properties: { text: { type: 'string' } } },
      outputs: { type: 'object', properties: { number: { type: 'string' } } },
      callers: orgs.map((org) => ({ org })),
      version: `v${this.#editionOf(name)}`,
    });
  }

  /** A call has arrived. Throws what SAP's checks say. */
  begin(service: SimulatedService, write: KeyedWrite, text: string): ServiceUnit {
    const isKeyed = service.lookUp === 'keyed';
    const { key, fence } = write;
    if (isKeyed && this.#locks.has(key)) throw new GatewayError('SAP_OBJECT_LOCKED');
    const isKnown = isKeyed && this.thingsOf(key).length > 0;
    if (isKeyed && !isKnown) this.#sap.checkFence(key, fence);
    if (refusedText(text)) throw refused();
    if (isKeyed) this.#locks.add(key);
    this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + 1);
    const commit = (): { thing: Thing; isNew: boolean } => {
      const [first] = this.thingsOf(key);
      if (isKeyed && first !== undefined) return { thing: first, isNew: false };
      if (isKeyed) this.#sap.checkFence(key, fence);
      const thing = { key, text, number: this.#sap.nextNumber() };
      this.#things.set(key, [...this.thingsOf(key), thing]);
      return { thing, isNew: true };
    };
    const leave = (): void => {
      this.#locks.delete(key);
      this.#underWay.set(key, (this.#underWay.get(key) ?? 1) - 1);
    };
    return new ServiceUnit(write, commit, leave);
  }

  lookUp({ lookUp }: SimulatedService, key: string, fence: number | undefined): ServiceLookup {
    if (lookUp === 'impossible') return { state: 'impossible' };
    if (lookUp === 'keyed' && fence !== undefined) this.#sap.raiseFence(key, fence);
    if (this.#locks.has(key)) return { state: 'running' };
    const [thing] = this.thingsOf(key);
    if (thing !== undefined) return { state: 'done', outputs: outputsOf(thing) };
    return lookUp === 'keyed' ? { state: 'none', isFinal: true } : { state: 'none' };
  }

  #editionOf(name: string): number {
    return this.#editions.get(name) ?? 1;
  }
}

/** What a session has changed and not committed. */
export class ServiceUnit {
  readonly write: KeyedWrite;
  readonly #commit: () => { readonly thing: Thing; readonly isNew: boolean };
  readonly #leave: () => void;
  #isOver = false;
  /** Its commit has arrived: it is carried out, whoever has gone. */
  isCommitting = false;

  constructor(write: KeyedWrite, commit: () => { thing: Thing; isNew: boolean }, leave: () => void) {
    this.write = write;
    this.#commit = commit;
    this.#leave = leave;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  commit(): { readonly thing: Thing; readonly isNew: boolean } {
    this.rollBack();
    return this.#commit();
  }

  rollBack(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#leave();
  }
}

/** The service of this name, as SAP behaves. */
export const serviceOf = (name: string): SimulatedService | undefined =>
  simulatedServices.find((service) => service.name === name);

/** What a service answers of what it made. */
export const outputsOf = ({ number }: Thing): ServiceValues => ({ number });

const refused = (): GatewayError =>
  new GatewayError('SAP_REFUSED', {}, undefined, {
    sapMessages: [{ type: 'E', id: 'V1', number: '311', text: 'SAP refused the inputs' }],
  });
