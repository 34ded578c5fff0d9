/** The sending half of ALE: change pointers and output control fill it, jobs and ports empty it. */
import type { SimulatedSystem } from '../system/simulated-system.ts';
import type { Author } from '../tables/change-documents.ts';
import type { Change } from '../tables/database.ts';
import { noJournal, openAleJournal, restore } from './ale-journal.ts';
import type { AleJournal } from './ale-journal.ts';
import { countAll } from './ale-counts.ts';
import type { AleCounts } from './ale-counts.ts';
import { ChangePointers, committedChanges, touchedBy } from './change-pointers.ts';
import type { ChangePointer, Committed } from './change-pointers.ts';
import { activeMessages, copyIdoc, createIdoc } from './create-idoc.ts';
import type { ActiveMessage } from './create-idoc.ts';
import { Dispatcher } from './dispatcher.ts';
import { IntervalJob } from './interval-job.ts';
import { idocStatus } from './idoc.ts';
import type { Idoc } from './idoc.ts';
import { IdocFaults } from './idoc-faults.ts';
import { IdocNumbers } from './idoc-numbers.ts';
import { IdocStore } from './idoc-store.ts';
import type { IdocFilter } from './idoc-store.ts';
import { asRequested } from './messages/message.ts';
import type { Touched } from './messages/message.ts';
import { outputsOf } from './output-control.ts';
import { Problems } from './problems.ts';
import { IdocRequestError } from './request-error.ts';
import { idocSettings } from './settings.ts';
import type { IdocOptions, IdocSettings } from './settings.ts';

/** What `sap.idocs.ale` is; the control API calls the same methods. */
export class AleSystem {
  readonly faults = new IdocFaults();
  readonly system: SimulatedSystem;
  readonly dispatcher: Dispatcher;
  readonly #numbers: IdocNumbers;
  readonly #pointers: ChangePointers;
  readonly #store: IdocStore;
  readonly #problems = new Problems();
  #journal: AleJournal = noJournal;
  #settings: IdocSettings;
  #active: readonly ActiveMessage[];
  readonly #job: IntervalJob;
  #isClosed = false;

  /** `state`: the file that brings pointers and IDocs back after a restart; without it they are gone. */
  constructor(system: SimulatedSystem, options: IdocOptions, state?: string) {
    this.system = system;
    this.#settings = idocSettings.parse(options);
    this.#active = activeMessages(this.#settings);
    this.#numbers = new IdocNumbers(system.database);
    this.#pointers = new ChangePointers(system.database, (entry) => this.#journal.record(entry));
    this.#store = new IdocStore(
      () => this.#settings.keep,
      (entry) => this.#journal.record(entry),
    );
    this.dispatcher = new Dispatcher({
      clock: system.clock,
      time: system.time,
      store: this.#store,
      faults: this.faults,
      port: (name) => this.#settings.ports[name],
    });
    this.#job = new IntervalJob(system.clock, () => this.#runJob());
    if (state !== undefined) {
      restore(state, this.#pointers, this.#store);
      this.#journal = openAleJournal(state);
    }
    system.database.onCommit((changes, inverses, author) => this.#committed(changes, inverses, author));
    this.#job.every(this.#settings.jobIntervalMs);
  }

  get settings(): IdocSettings {
    return this.#settings;
  }

  /** Replaces settings by name; what was already created is not changed by it. */
  configure(change: Partial<IdocOptions>): IdocSettings {
    const { messageTypes, ports } = this.#settings;
    this.#settings = idocSettings.parse({
      ...this.#settings,
      ...change,
      ports: { ...ports, ...change.ports },
      messageTypes: { ...messageTypes, ...change.messageTypes },
    });
    this.#active = activeMessages(this.#settings);
    this.#job.every(this.#settings.jobIntervalMs);
    return this.#settings;
  }

  /** RBDMIDOC: change pointers become IDocs; those in output mode 2 leave at once. Returns their numbers. */
  run(messageType?: string): readonly string[] {
    const created = this.#activeOf(messageType).flatMap((active) => {
      const idocs = this.#collect(active);
      this.#pointers.process(active.name);
      this.#sendAtOnce(active, idocs);
      return idocs;
    });
    return created.map(({ number }) => number);
  }

  /** RSEOUT00: whatever is ready (status 30) and on no way yet leaves, collected as the partner profile says. */
  sendReady(): readonly string[] {
    const ready = this.#notQueued(this.#store.withStatus(idocStatus.ready));
    this.#sendCollected(ready);
    return ready.map(({ number }) => number);
  }

  /** BD87: these IDocs leave again under their own numbers; those with status 02 or 29 unless given. */
  resend(numbers?: readonly string[]): readonly string[] {
    const idocs =
      numbers?.map((number) => this.get(number)) ??
      this.#notQueued(this.#store.withStatus(idocStatus.portError, idocStatus.serviceError));
    this.#sendCollected(idocs);
    return idocs.map(({ number }) => number);
  }

  /** Sends the content of an older IDoc under a new number, its old moment included. */
  copy(number: string): string {
    const idoc = copyIdoc(this.#numbers, this.get(number));
    this.#store.add(idoc);
    this.dispatcher.send([idoc], 1);
    return idoc.number;
  }

  /** BD10, BD12 and their like: an IDoc of each object, whether or not anything was changed. */
  request(messageType: string, keys: readonly string[], packetSize: number): readonly Idoc[] {
    const active = this.active(messageType);
    const idocs = keys.map((key) => this.#create(active, key, asRequested)).filter((it) => it !== undefined);
    this.dispatcher.send(idocs, packetSize);
    return idocs;
  }

  /** The configured message type; an error where it is not active. */
  active(messageType: string): ActiveMessage {
    const [active] = this.#activeOf(messageType);
    if (active === undefined) throw new IdocRequestError(`Message type ${messageType} is not active`);
    return active;
  }

  get(number: string): Idoc {
    const idoc = this.#store.get(number);
    if (idoc === undefined) throw new IdocRequestError(`There is no IDoc ${number}`);
    return idoc;
  }

  /** The IDoc of this number; undefined when it is archived by now. */
  find(number: string): Idoc | undefined {
    return this.#store.get(number);
  }

  /** IDocs in the order of their numbers. */
  list(filter: IdocFilter = {}): readonly Idoc[] {
    return this.#store.filter(filter);
  }

  pointers(): readonly ChangePointer[] {
    return this.#pointers.list();
  }

  counts(): AleCounts {
    return countAll(
      { dispatcher: this.dispatcher, store: this.#store, pointers: this.#pointers },
      this.#problems.texts,
    );
  }

  /** Resolves when nothing waits for a port. */
  idle(): Promise<void> {
    return this.dispatcher.idle();
  }

  /** Ends the job and cuts off what is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#job.stop();
    this.dispatcher.close();
    await this.idle();
    this.#journal.close();
    this.#journal = noJournal;
  }

  #activeOf(messageType: string | undefined): readonly ActiveMessage[] {
    return messageType === undefined ? this.#active : this.#active.filter(({ name }) => name === messageType);
  }

  /** One IDoc for each object; an object that cannot be told about is a problem, and holds up no other. */
  #collect(active: ActiveMessage): readonly Idoc[] {
    const idocs: Idoc[] = [];
    for (const [key, pointers] of this.#pointers.of(active.name)) {
      this.#problems.attempt(`${active.name} ${key}`, () => {
        const idoc = this.#create(active, key, touchedBy(this.system.database, pointers));
        if (idoc !== undefined) idocs.push(idoc);
      });
    }
    return idocs;
  }

  /** Only what somebody did is told about: number ranges and what a restart brings back are not. */
  #committed(changes: readonly Change[], inverses: readonly Change[], author: Author | undefined): void {
    if (author === undefined || this.#isClosed) return;
    const committed = committedChanges(changes, inverses);
    // The unit of work is committed; output that fails is a matter of output control.
    for (const active of this.#active) this.#problems.attempt(active.name, () => this.#tell(active, committed, author));
  }

  #tell(active: ActiveMessage, committed: readonly Committed[], at: Author): void {
    const { message, settings, name } = active;
    const { database } = this.system;
    if (message.kind === 'master') {
      const relevant = settings.changePointers ?? message.relevant;
      const rule = { messageType: name, message, relevant, at: { date: at.date, time: at.time } };
      for (const one of committed) this.#pointers.write(rule, one);
      return;
    }
    const keyOf = (table: string, row: Change['row']): string => database.table(table).keyOf(row);
    const outputs = outputsOf(message, settings.events ?? message.events, committed, keyOf);
    const idocs = outputs.map(({ key, changes }) => this.#create(active, key, touchedBy(database, changes)));
    this.#sendAtOnce(
      active,
      idocs.filter((it) => it !== undefined),
    );
  }

  #create(active: ActiveMessage, key: string, touched: Touched): Idoc | undefined {
    const maker = { system: this.system, numbers: this.#numbers, settings: this.#settings };
    const idoc = createIdoc(maker, active, key, touched);
    if (idoc !== undefined) this.#store.add(idoc);
    return idoc;
  }

  #notQueued(idocs: readonly Idoc[]): readonly Idoc[] {
    return idocs.filter(({ number }) => !this.dispatcher.isQueued(number));
  }

  #sendAtOnce({ settings }: ActiveMessage, idocs: readonly Idoc[]): void {
    if (settings.output === 'immediately') this.dispatcher.send(idocs, 1);
  }

  #sendCollected(idocs: readonly Idoc[]): void {
    const byType = Map.groupBy(idocs, ({ messageType }) => messageType);
    for (const [name, own] of byType) {
      const settings = this.#settings.messageTypes[name];
      this.dispatcher.send(own, settings?.output === 'collect' ? settings.packetSize : 1);
    }
  }

  async #runJob(): Promise<void> {
    this.run();
    this.sendReady();
    // What the last run could not pass; what this one cannot waits for the next.
    if (this.#settings.resendByJob) this.resend();
    await this.idle();
  }
}
