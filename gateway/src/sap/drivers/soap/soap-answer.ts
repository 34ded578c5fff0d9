/** Reads a SOAP answer while it arrives, by the function's signature: what is not declared is passed over. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapParameters, AbapStructure } from '../../../ports/index.ts';
import type { FunctionSignature, ParameterType, ScalarType, StructureType } from '../../functions/signature.ts';
import { FaultReader } from './soap-fault.ts';
import type { SoapFault } from './soap-fault.ts';
import { abapName, elementName } from './soap-names.ts';
import { fromSoap } from './soap-types.ts';
import type { XmlHandler } from './xml-scanner.ts';

type MutableStructure = Record<string, string | AbapStructure | AbapStructure[]>;

interface Frame {
  readonly type: StructureType | 'table';
  readonly row: StructureType;
  readonly structure: MutableStructure;
  readonly rows: AbapStructure[];
}

/** Ten times what a large answer has; empty rows are short on the wire and long in memory. */
const maxRows = 500_000;
const noRows: AbapStructure[] = [];
const noStructure: MutableStructure = {};

export class SoapAnswer implements XmlHandler {
  readonly #responseName: string;
  readonly #result: MutableStructure = {};
  readonly #top: StructureType;
  /** Tables that nobody wants back. */
  readonly #unwanted: ReadonlySet<string>;
  readonly #frames: Frame[] = [];
  #frame: Frame | undefined;
  #depth = 0;
  #skipped = 0;
  #rows = 0;
  #leaf: ScalarType | undefined;
  #leafName = '';
  #leafText = '';
  #fault: FaultReader | undefined;
  #isAnswered = false;

  /** Of the tables only the wanted ones: SAP also sends back those that were sent to it. */
  constructor(signature: FunctionSignature, tables: readonly string[]) {
    this.#unwanted = new Set([...signature.tables.keys()].filter((table) => !tables.includes(table)));
    this.#responseName = `${elementName(signature.name)}.Response`;
    this.#top = { kind: 'structure', name: signature.name, fields: signature.output };
  }

  /** The parameters, or the fault that stood in their place. */
  result(): AbapParameters | SoapFault {
    if (this.#fault !== undefined) return this.#fault.result();
    if (!this.#isAnswered) throw unreadable('no answer in the envelope');
    return this.#result;
  }

  open(name: string): void {
    this.#depth += 1;
    if (this.#skipped > 0) this.#skipped += 1;
    else if (this.#fault !== undefined) this.#fault.open(name);
    else if (this.#frame !== undefined) this.#openInside(this.#frame, name);
    else this.#openEnvelope(name);
  }

  text(value: string): void {
    if (this.#leaf !== undefined) this.#leafText = this.#leafText === '' ? value : this.#leafText + value;
    else if (this.#fault !== undefined && this.#skipped === 0) this.#fault.text(value);
  }

  close(): void {
    this.#depth -= 1;
    if (this.#skipped > 0) this.#skipped -= 1;
    else if (this.#leaf !== undefined) this.#closeLeaf(this.#leaf);
    else if (this.#fault !== undefined) this.#fault.close();
    else this.#frame = this.#closeFrame();
  }

  #openEnvelope(name: string): void {
    if (this.#depth === 1 && name !== 'Envelope') throw unreadable('not a SOAP envelope');
    if (this.#depth === 2 && name !== 'Body') this.#skipped = 1;
    if (this.#depth === 3) this.#openBody(name);
  }

  #openBody(name: string): void {
    if (this.#isAnswered) throw unreadable('more than one answer in the envelope');
    if (name === 'Fault') {
      this.#fault = new FaultReader();
      return;
    }
    if (name !== this.#responseName) throw unreadable('the answer of another function');
    this.#isAnswered = true;
    this.#frame = { type: this.#top, row: this.#top, structure: this.#result, rows: noRows };
  }

  #openInside(frame: Frame, element: string): void {
    if (this.#leaf !== undefined) throw unreadable('an element inside of a value');
    if (frame.type === 'table') return this.#openRow(frame, element);
    const name = abapName(element);
    const type = frame.type.fields.get(name);
    const isUnwanted = frame.type === this.#top && this.#unwanted.has(name);
    if (type === undefined || isUnwanted) this.#skipped = 1;
    else if (type.kind === 'scalar') this.#openLeaf(type, name);
    else this.#enter(frameOf(type, frame.structure, name));
  }

  #openRow(frame: Frame, element: string): void {
    if (element !== 'item') throw unreadable('a table row that is not called item');
    this.#rows += 1;
    if (this.#rows > maxRows) throw new GatewayError('ANSWER_TOO_LARGE', { maxRows });
    const structure: MutableStructure = {};
    frame.rows.push(structure);
    this.#enter({ type: frame.row, row: frame.row, structure, rows: noRows });
  }

  #openLeaf(type: ScalarType, name: string): void {
    this.#leaf = type;
    this.#leafName = name;
    this.#leafText = '';
  }

  #closeLeaf(type: ScalarType): void {
    if (this.#frame !== undefined) this.#frame.structure[this.#leafName] = fromSoap(type, this.#leafText);
    this.#leaf = undefined;
  }

  #enter(frame: Frame): void {
    if (this.#frame !== undefined) this.#frames.push(this.#frame);
    this.#frame = frame;
  }

  #closeFrame(): Frame | undefined {
    return this.#frames.pop();
  }
}

function frameOf(type: Exclude<ParameterType, ScalarType>, parent: MutableStructure, name: string): Frame {
  if (type.kind === 'table') {
    const rows: AbapStructure[] = [];
    parent[name] = rows;
    return { type: 'table', row: type.row, structure: noStructure, rows };
  }
  const structure: MutableStructure = {};
  parent[name] = structure;
  return { type, row: type, structure, rows: noRows };
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
