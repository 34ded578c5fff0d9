/** What can go wrong with IDocs on demand, how often and for which message type. */
import { z } from 'zod';

const content = [
  'foreign-client',
  'foreign-partner',
  'foreign-type',
  'unknown-segment',
  'wrong-value',
  'older-serial',
  'huge',
] as const;
const transport = [
  'duplicate',
  'out-of-order',
  'lost-answer',
  'truncated-body',
  'cut-connection',
  'wrong-encoding',
  'hostile-entities',
  'slow',
  'partial-file',
  'wrong-record-length',
] as const;
export type TransportFaultKind = (typeof transport)[number];

/** One fault as it is asked for. */
export const idocFault = z.strictObject({
  kind: z.enum([...content, ...transport]),
  /** All message types unless given. */
  messageType: z.string().optional(),
  /** So often, then never again; until removed unless given. */
  times: z.int().min(1).optional(),
  /** Lets so many pass first. */
  after: z.int().min(0).optional(),
  /** `slow`, `partial-file`: the wait between two pieces. */
  delayMs: z.int().min(0).max(600_000).default(50),
  /** `slow`, `partial-file`: pieces of a document. */
  pieces: z.int().min(2).max(1_000_000).default(10),
  /** `huge`: at least so large. */
  bytes: z
    .int()
    .min(1)
    .max(4 * 1024 ** 3)
    .default(100 * 1024 * 1024),
  /** `older-serial`: so much before the clock. */
  seconds: z.int().min(1).default(3600),
  /** `wrong-record-length`: characters more or less in the last record. */
  by: z.int().min(-1000).max(1000).default(-1),
  /** `wrong-value`: in the first segment of this type; `EDI_DC40` for the control record. */
  segment: z.string().optional(),
  field: z.string().optional(),
  value: z.string().optional(),
});
export type IdocFault = z.infer<typeof idocFault>;
/** A fault as one writes it: what has a default may be left out. */
export type IdocFaultInput = z.input<typeof idocFault>;

interface ActiveFault {
  readonly id: number;
  readonly fault: IdocFault;
  toPass: number;
  left: number;
}

export class IdocFaults {
  #active: ActiveFault[] = [];
  #lastId = 0;

  add(given: IdocFaultInput): number {
    const fault = idocFault.parse(given);
    this.#lastId += 1;
    this.#active.push({ id: this.#lastId, fault, toPass: fault.after ?? 0, left: fault.times ?? Infinity });
    return this.#lastId;
  }

  clear(): void {
    this.#active = [];
  }

  list(): readonly object[] {
    return this.#active.map(({ id, fault, left }) => ({ id, ...fault, left: Number.isFinite(left) ? left : null }));
  }

  /** Everything that strikes one IDoc's content now, counted down. */
  strikeContent(messageType: string): readonly IdocFault[] {
    const isContent = (kind: IdocFault['kind']): boolean => (content as readonly string[]).includes(kind);
    return this.#matching(messageType, isContent)
      .filter((it) => this.#take(it))
      .map(({ fault }) => fault);
  }

  /** The fault of this kind that strikes now, counted down. */
  strike(wanted: TransportFaultKind, messageType: string): IdocFault | undefined {
    return this.#matching(messageType, (kind) => kind === wanted).find((it) => this.#take(it))?.fault;
  }

  #matching(messageType: string, isWanted: (kind: IdocFault['kind']) => boolean): readonly ActiveFault[] {
    return this.#active.filter(
      ({ fault }) => isWanted(fault.kind) && (fault.messageType === undefined || fault.messageType === messageType),
    );
  }

  /** Whether it strikes, or lets this one pass. */
  #take(found: ActiveFault): boolean {
    if (found.toPass > 0) {
      found.toPass -= 1;
      return false;
    }
    found.left -= 1;
    if (found.left <= 0) this.#active = this.#active.filter((it) => it !== found);
    return true;
  }
}
