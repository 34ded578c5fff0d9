/** The interface of one function module as SAP has it: RFC_GET_FUNCTION_INTERFACE and DDIF_FIELDINFO_GET. */
import type { AbapParameters, AbapStructure, SapSession } from '../../ports/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { table, text } from '../answers.ts';
import { fieldInfo, functionInterface } from '../functions/system.ts';
import type { CatalogueFunction } from '../functions/signature.ts';
import { typeOfField, typeOfParameter } from './found-type.ts';
import type { FoundType } from './found-type.ts';

export type Direction = 'importing' | 'exporting' | 'changing' | 'tables';

export interface FoundParameter {
  readonly name: string;
  readonly direction: Direction;
  readonly isOptional: boolean;
  /** Of a single value. */
  readonly type: FoundType | undefined;
  /** Of a structure or table: its name in the dictionary. */
  readonly structure: string;
}

/** Undefined stands for a nested structure or table. */
export type FoundFields = ReadonlyMap<string, FoundType | undefined>;

export interface FoundInterface {
  readonly parameters: ReadonlyMap<string, FoundParameter>;
  /** Undefined where this release does not say it. */
  readonly isRemote: boolean | undefined;
}

const directions: Readonly<Record<string, Direction>> = {
  I: 'importing',
  E: 'exporting',
  C: 'changing',
  T: 'tables',
};

/** A repository call reads a few rows of buffered tables; longer than this something is wrong. */
const callTimeoutMs = 30_000;

/** Asks one after the other and as work that nobody waits for, so that an inspection loads SAP like one user. */
export class Repository {
  readonly #connection: SapSession;
  readonly #clock: Clock;
  readonly #deadline: Deadline;
  /** One entry per structure of the functions inspected: bounded by their number, and gone with the inspection. */
  readonly #structures = new Map<string, FoundFields>();

  constructor(connection: SapSession, clock: Clock, deadline: Deadline) {
    this.#connection = connection;
    this.#clock = clock;
    this.#deadline = deadline;
  }

  /** Throws SAP_FUNCTION_MISSING for a function that is not there. */
  async interfaceOf(functionName: string): Promise<FoundInterface> {
    // Lengths as a partner without Unicode sees them are characters, whatever the system is.
    const parameters = { FUNCNAME: functionName, NONE_UNICODE_LENGTH: 'X' };
    const answer = await this.#ask(functionInterface, parameters, 'PARAMS');
    const rows = table(answer, 'PARAMS').flatMap((row) => parameterOf(row) ?? []);
    const remote = answer['REMOTE_CALL'];
    return {
      parameters: new Map(rows.map((row) => [row.name, row])),
      isRemote: typeof remote === 'string' ? remote.trim() !== '' : undefined,
    };
  }

  async fieldsOf(structure: string): Promise<FoundFields> {
    const known = this.#structures.get(structure);
    if (known !== undefined) return known;
    const answer = await this.#ask(fieldInfo, { TABNAME: structure, ALL_TYPES: 'X' }, 'DFIES_TAB');
    const rows = table(answer, 'DFIES_TAB');
    const fields: FoundFields = new Map(rows.map((row) => [text(row, 'FIELDNAME'), typeOfField(row)]));
    this.#structures.set(structure, fields);
    return fields;
  }

  #ask({ name }: CatalogueFunction, parameters: AbapParameters, wanted: string): Promise<AbapParameters> {
    const deadline = Deadline.in(this.#clock, Math.min(callTimeoutMs, this.#deadline.remainingMs()));
    return this.#connection.call(name, parameters, { deadline, effect: 'read', urgency: 'bulk', tables: [wanted] });
  }
}

/** Exceptions stand in the same list; they are no parameters. */
function parameterOf(row: AbapStructure): FoundParameter | undefined {
  const direction = directions[text(row, 'PARAMCLASS')];
  if (direction === undefined) return undefined;
  return {
    name: text(row, 'PARAMETER'),
    direction,
    isOptional: text(row, 'OPTIONAL') === 'X',
    type: direction === 'tables' ? undefined : typeOfParameter(row),
    structure: text(row, 'TABNAME'),
  };
}
