/** One call of one function: its parameters, its answer, and the ABAP session it runs in. */
import type { FunctionInterface, Structure } from '../metadata/repository.ts';
import type { AbapSession, CommitOutcome, UpdateWork } from '../system/abap-session.ts';
import { pause } from '../system/clock.ts';
import { message, toReturn, toReturn1, toReturn2 } from '../system/messages.ts';
import type { Message, MessageType } from '../system/messages.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import type { Change } from '../tables/database.ts';
import type { Table, TableRow } from '../tables/table.ts';
import type { Input, Row } from '../wire/decode.ts';
import type { Output, OutputRow, OutputValue } from '../wire/encode.ts';
import { shortDump } from '../wire/soap-fault.ts';

/** The line drops: nothing more is sent. */
export class ConnectionCut extends Error {}

/** What a function module of the simulator is. */
export type FunctionModule = (call: FunctionCall) => void | Promise<void>;

const emptyRow: Row = {};

export class FunctionCall {
  readonly system: SimulatedSystem;
  /** It holds what the call changes and locks. */
  readonly session: AbapSession;
  readonly interface: FunctionInterface;
  readonly user: string;
  /** One-letter logon language. */
  readonly language: string;
  readonly #input: Input;
  readonly #scalars = new Map<string, OutputValue>();
  readonly #structures = new Map<string, OutputRow>();
  readonly #tables = new Map<string, OutputRow[]>();
  #hasCommitted = false;

  constructor(session: AbapSession, iface: FunctionInterface, input: Input) {
    this.system = session.system;
    this.session = session;
    this.interface = iface;
    this.user = session.user;
    this.language = session.language;
    this.#input = input;
  }

  get hasCommitted(): boolean {
    return this.#hasCommitted;
  }

  /** Tables and CHANGING parameters that the function left alone go back as they came. */
  get output(): Output {
    return {
      scalars: new Map<string, OutputValue>([...this.#input.scalars, ...this.#scalars]),
      structures: new Map<string, OutputRow>([...this.#input.structures, ...this.#structures]),
      tables: new Map<string, readonly OutputRow[]>([...this.#input.tables, ...this.#tables]),
    };
  }

  /** An IMPORTING value; its default or initial value when it was not sent. */
  value(name: string): string {
    const parameter = this.interface.inputs.get(name);
    return this.#input.scalars.get(name) ?? (parameter?.defaultValue || parameter?.field?.initial) ?? '';
  }

  isGiven(name: string): boolean {
    const value = this.#input.scalars.get(name);
    return value !== undefined && value !== this.interface.inputs.get(name)?.field?.initial;
  }

  structure(name: string): Row {
    return this.#input.structures.get(name) ?? emptyRow;
  }

  tableInput(name: string): readonly Row[] {
    return this.#input.tables.get(name) ?? [];
  }

  /** Whether the caller sent the table, and so wants it back. */
  isAskedFor(name: string): boolean {
    return this.#input.tables.has(name);
  }

  set(name: string, value: OutputValue): void {
    this.#scalars.set(name, value);
  }

  setStructure(name: string, row: OutputRow): void {
    this.#structures.set(name, row);
  }

  setTable(name: string, rows: readonly OutputRow[]): void {
    this.#tables.set(name, [...rows]);
  }

  append(name: string, row: OutputRow): void {
    const rows = this.#tables.get(name);
    if (rows === undefined) this.#tables.set(name, [row]);
    else rows.push(row);
  }

  message(type: MessageType, id: string, number: string, ...variables: string[]): Message {
    return message(this.language, type, id, number, ...variables);
  }

  /** Puts a message into RETURN (or another parameter), in whichever flavour its type asks for. */
  return(given: Message, parameterName = 'RETURN', place: { parameter?: string; field?: string } = {}): void {
    const parameter = this.interface.outputs.find((it) => it.name === parameterName);
    const structure: Structure | undefined = parameter?.structure;
    if (structure === undefined) {
      // Another release may lack it; a name that no release has is a mistake in the simulator.
      if (this.system.settings.interfaceChanges !== undefined) return;
      throw new Error(`${this.interface.name} has no ${parameterName}`);
    }
    const row = this.#toReturnRow(structure, given, place);
    if (parameter?.isTable === true) this.append(parameterName, row);
    else this.setStructure(parameterName, row);
  }

  /** AUTHORITY-CHECK of the pack: false, with a message, when the user lacks the object for this value. */
  hasAuthority(object: string, value: string): boolean {
    if (this.system.faults.lacksAuthority(object, this.interface.name) === undefined) return true;
    this.return(this.message('E', 'ZGANGWAY', '009', object, value), 'ET_RETURN');
    return false;
  }

  table(name: string): Table {
    return this.system.database.table(name);
  }

  get(table: string, key: TableRow): TableRow | undefined {
    return this.table(table).get(key);
  }

  where(table: string, fields: readonly string[], values: readonly string[]): readonly TableRow[] {
    return this.table(table).where(fields, values);
  }

  /** Registers a change; nobody else sees it before the commit. */
  change(change: Change): void {
    this.session.change(change);
  }

  /** Registers work that runs at the commit, and sees what others have committed by then. */
  inUpdateTask(work: UpdateWork): void {
    this.session.inUpdateTask(work);
  }

  /** COMMIT WORK AND WAIT; false when the update was terminated, and then nothing was written. */
  async commit(): Promise<boolean> {
    const outcome = await this.#commit();
    if (typeof outcome === 'object')
      throw shortDump('SAPSQL_ARRAY_INSERT_DUPREC', `${outcome.duplicateIn}: the record exists already`);
    return outcome === 'written';
  }

  /** The same for what earlier calls have registered: it fails in the update task, where the caller sees no dump. */
  async commitEarlierCalls(): Promise<boolean> {
    return (await this.#commit()) === 'written';
  }

  /** ROLLBACK WORK. */
  rollBack(): void {
    this.session.rollBack();
  }

  async #commit(): Promise<CommitOutcome> {
    const { faults, clock } = this.system;
    const slow = faults.strike('slow', this.interface.name, 'commit');
    if (slow !== undefined) await pause(clock, slow.delayMs ?? 0);
    if (faults.strike('cut-before-commit', this.interface.name) !== undefined) throw new ConnectionCut();
    const outcome = this.session.commit();
    if (outcome !== 'written') return outcome;
    this.#hasCommitted = true;
    if (faults.strike('cut-after-commit', this.interface.name) !== undefined) throw new ConnectionCut();
    return outcome;
  }

  #toReturnRow(structure: Structure, given: Message, place: { parameter?: string; field?: string }): OutputRow {
    if (structure.byName.has('CODE')) return toReturn(given);
    if (structure.byName.has('SYSTEM')) return toReturn2(given, { ...place, system: this.system.logicalSystem });
    return toReturn1(given);
  }
}
