/** A simulated SAP in which much changes at random moments, and what its reader of changes is told. */
import { readGangwayChanges } from '../../../simulator/sap/functions/gangway-changes.ts';
import { FunctionCall } from '../../../simulator/sap/functions/function-call.ts';
import { AbapSession } from '../../../simulator/sap/system/abap-session.ts';
import { systemSettings } from '../../../simulator/sap/system/settings.ts';
import { SimulatedSystem } from '../../../simulator/sap/system/simulated-system.ts';
import type { Change } from '../../../simulator/sap/tables/database.ts';
import { seeded } from '../../sap/fakes/seeded.ts';

const minute = 60_000;
const customers = ['0000104711', '0000104712', '0000104713'];

export interface Scene {
  readonly seed: number;
  readonly timeZone: string;
  readonly begins: string;
  /** The longest that a unit of work takes from its stamp to its commit. */
  readonly slowestMs: number;
  /** By so much somebody sets the clock back by hand, once. */
  readonly setBackMs?: number;
}

/** Something that changed, by the name it has in the rows that tell it. */
export interface Happened {
  readonly names: readonly string[];
  /** By the clock, when it was stamped. */
  readonly stamped: number;
}

export interface Page {
  readonly names: readonly string[];
  readonly position: string;
  readonly isMore: boolean;
  /** By the clock, when it was asked for. */
  readonly at: number;
}

/** Real time goes on whatever the clock of the system shows. */
export class ChangingSystem {
  readonly chance;
  readonly happened: Happened[] = [];
  readonly #scene: Scene;
  readonly #system: SimulatedSystem;
  readonly #numbers = new Set<string>();
  #real: number;
  #behind = 0;
  #waiting: { readonly due: number; readonly changes: readonly Change[] }[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
    this.chance = seeded(scene.seed);
    this.#real = Date.parse(scene.begins);
    const clock = { now: () => this.now, after: () => () => undefined };
    this.#system = new SimulatedSystem(systemSettings.parse({ timeZone: scene.timeZone }), [], clock);
  }

  get now(): number {
    return this.#real - this.#behind;
  }

  setClockBack(): void {
    this.#behind = this.#scene.setBackMs ?? 0;
  }

  /** Lets time go by; what is due is committed at its moment. */
  pass(milliseconds: number): void {
    const until = this.#real + milliseconds;
    for (const { due, changes } of this.#waiting.filter((it) => it.due <= until).sort((a, b) => a.due - b.due)) {
      this.#real = due;
      if (this.#system.database.commit(changes) !== undefined) throw new Error('a change of the test is impossible');
    }
    this.#waiting = this.#waiting.filter((it) => it.due > until);
    this.#real = until;
  }

  /** Stamps a few changes in this second, to be committed soon or late. */
  change(): void {
    for (let count = 1 + this.chance.below(4); count > 0; count -= 1) {
      const late = this.chance.below(3) === 0 ? 0 : this.chance.upTo(this.#scene.slowestMs);
      const { names, changes } = this.chance.below(4) === 0 ? this.#clearing() : this.#document();
      this.happened.push({ names, stamped: this.now });
      this.#waiting.push({ due: this.#real + late, changes });
    }
  }

  commitEverything(): void {
    this.pass(this.#scene.slowestMs);
  }

  read(since: string, kinds: string, most: number): Page {
    const iface = this.#system.repository.function('Z_GANGWAY_CHANGES_READ');
    if (iface === undefined) throw new Error('the pack is not there');
    const session = new AbapSession(this.#system, { name: 'GANGWAY', password: '' }, 'E');
    const scalars = new Map(Object.entries({ I_SINCE: since, I_KINDS: kinds, I_MAX_ROWS: String(most) }));
    const call = new FunctionCall(session, iface, { scalars, structures: new Map(), tables: new Map() });
    const at = this.now;
    readGangwayChanges(call);
    const { scalars: answer, tables } = call.output;
    const names = (tables.get('ET_CHANGE') ?? []).map((it) =>
      it['KIND'] === 'P' ? `P ${String(it['BELNR'])}` : `${String(it['KIND'])} ${String(it['CHANGENR'])}`,
    );
    return { names, position: String(answer.get('E_POSITION')), isMore: answer.get('E_MORE') === 'X', at };
  }

  /** Numbers come from buffers of several servers: they are unique, and no order. */
  #number(): string {
    for (;;) {
      const number = String(this.chance.below(1_000_000)).padStart(10, '0');
      if (!this.#numbers.has(number)) {
        this.#numbers.add(number);
        return number;
      }
    }
  }

  #document(): { readonly names: readonly string[]; readonly changes: readonly Change[] } {
    const { time } = this.#system;
    const isCredit = this.chance.below(2) === 0;
    const FNAME = this.chance.pick(['LOEVM', 'NAME1']);
    const head = {
      OBJECTCLAS: isCredit ? 'KLIM' : 'DEBI',
      OBJECTID: this.chance.pick(customers),
      CHANGENR: this.#number(),
    };
    const line = { ...head, TABNAME: isCredit ? 'KNKK' : 'KNA1', TABKEY: '1', FNAME, CHNGIND: 'U' };
    const kinds = isCredit ? ['K'] : FNAME === 'LOEVM' ? ['C', 'L'] : ['C'];
    return {
      names: kinds.map((kind) => `${kind} ${head.CHANGENR}`),
      changes: [
        { kind: 'insert', table: 'CDHDR', row: { ...head, UDATE: time.today(), UTIME: time.timeOfDay() } },
        { kind: 'insert', table: 'CDPOS', row: line },
      ],
    };
  }

  /** A bill and the payment it is cleared with, which is entered now and may be dated back. */
  #clearing(): { readonly names: readonly string[]; readonly changes: readonly Change[] } {
    const today = this.#system.time.today();
    const dated = new Date(this.now - this.chance.below(10) * 1440 * minute);
    const bill = this.#number();
    const both = {
      ...{ BUKRS: '1000', KUNNR: this.chance.pick(customers), GJAHR: '2026', BUZEI: '001', AUGBL: this.#number() },
      AUGDT: dated.toISOString().slice(0, 10).replaceAll('-', ''),
    };
    const insert = (row: Readonly<Record<string, string>>): Change => ({ kind: 'insert', table: 'BSAD', row });
    return {
      names: [`P ${bill}`],
      changes: [
        insert({ ...both, BELNR: bill, BLART: 'DR', CPUDT: '20260101' }),
        insert({ ...both, BELNR: this.#number(), BLART: 'DZ', CPUDT: today }),
      ],
    };
  }
}
