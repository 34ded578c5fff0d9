/** Passes IDocs to their ports, one document after the other for each port, and writes what became of them. */
import type { SimulatorClock, SystemTime } from '../system/clock.ts';
import { sendByFile } from './file-port.ts';
import { sendByHttp } from './http-port.ts';
import { idocStatus } from './idoc.ts';
import type { Idoc, IdocStatus, OutgoingIdoc } from './idoc.ts';
import type { IdocFault, IdocFaults, TransportFaultKind } from './idoc-faults.ts';
import type { IdocStore } from './idoc-store.ts';
import { rootOf } from './render-xml.ts';
import type { PortSettings } from './settings.ts';
import { spoil } from './spoil.ts';
import type { Outcome, Packet } from './transmission.ts';

export interface DispatcherParts {
  readonly clock: SimulatorClock;
  readonly time: SystemTime;
  readonly store: IdocStore;
  readonly faults: IdocFaults;
  /** Asked for each document, because ports may be changed meanwhile. */
  readonly port: (name: string) => PortSettings | undefined;
}

export interface TransportCounts {
  readonly documents: number;
  readonly idocs: number;
  readonly failed: number;
  readonly bytes: number;
}

const perDocument: readonly TransportFaultKind[] = [
  'duplicate',
  'lost-answer',
  'truncated-body',
  'cut-connection',
  'wrong-encoding',
  'hostile-entities',
  'slow',
  'partial-file',
  'wrong-record-length',
];

/** Documents share port, root and message type; more than one IDoc is in them only where they were collected. */
function intoDocuments(idocs: readonly Idoc[], packetSize: number): readonly (readonly Idoc[])[] {
  const groups = Map.groupBy(idocs, (it) => `${it.port} ${it.messageType} ${rootOf(it)}`);
  return [...groups.values()].flatMap((group) => {
    const count = Math.ceil(group.length / packetSize);
    return Array.from({ length: count }, (_, index) => group.slice(index * packetSize, (index + 1) * packetSize));
  });
}

export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #queues = new Map<string, Promise<void>>();
  /** Documents that a fault keeps back until the next one of their port has left. */
  #held: { readonly port: string; readonly packet: Packet }[] = [];
  #counts: TransportCounts = { documents: 0, idocs: 0, failed: 0, bytes: 0 };
  #waiting = 0;
  /** IDocs that have a place in a queue, or that a fault holds: no job may take them a second time. */
  readonly #queued = new Set<string>();
  readonly #shutDown = new AbortController();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  get counts(): TransportCounts & { readonly waiting: number; readonly held: number } {
    return { ...this.#counts, waiting: this.#waiting, held: this.#held.length };
  }

  /** Queues IDocs for their ports. */
  send(idocs: readonly Idoc[], packetSize: number): void {
    for (const document of intoDocuments(idocs, packetSize)) {
      const [first] = document;
      if (first === undefined) continue;
      for (const { number } of document) this.#queued.add(number);
      this.#enqueue(first.port, () => this.#deliver(document));
    }
  }

  /** Whether the IDoc is on its way by now. */
  isQueued(number: string): boolean {
    return this.#queued.has(number);
  }

  /** Resolves when nothing waits for a port; what a fault holds does not count. */
  async idle(): Promise<void> {
    for (;;) {
      const queues = [...this.#queues.values()];
      await Promise.all(queues);
      if (this.#waiting === 0) return;
    }
  }

  /** Sends what the fault `out-of-order` still holds. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const { port, packet } of held) this.#enqueue(port, () => this.#transmit(port, packet));
  }

  /** Nothing more leaves, and what is on its way is cut off. */
  close(): void {
    this.#shutDown.abort();
    this.#held = [];
  }

  #enqueue(port: string, work: () => Promise<void>): void {
    this.#waiting += 1;
    const before = this.#queues.get(port) ?? Promise.resolve();
    const next = before
      .then(() => (this.#shutDown.signal.aborted ? undefined : work()))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#queues.set(port, next);
  }

  async #deliver(document: readonly Idoc[]): Promise<void> {
    const [first] = document;
    if (first === undefined) return;
    const packet = this.#prepare(document, first.messageType);
    if (packet === undefined) return;
    if (this.#parts.faults.strike('out-of-order', first.messageType) !== undefined) {
      this.#held.push({ port: first.port, packet });
      return;
    }
    await this.#transmit(first.port, packet);
    const overtaken = this.#held.filter((it) => it.port === first.port);
    this.#held = this.#held.filter((it) => it.port !== first.port);
    for (const it of overtaken) await this.#transmit(it.port, it.packet);
  }

  /** Undefined for a document that cannot be made, such as one with a fault in a field that no segment has. */
  #prepare(document: readonly Idoc[], messageType: string): Packet | undefined {
    const { store } = this.#parts;
    // What was archived meanwhile was sent before.
    const idocs = document.map(({ number }) => store.get(number)).filter((it) => it !== undefined);
    if (idocs.length === 0) return undefined;
    try {
      return { idocs, outgoing: idocs.map((it) => this.#spoilt(it)), faults: this.#strike(messageType) };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#settle(idocs, idocStatus.serviceError, text);
      return undefined;
    }
  }

  #spoilt(idoc: Idoc): OutgoingIdoc {
    const plain: OutgoingIdoc = { control: idoc.control, segments: idoc.segments };
    return this.#parts.faults.strikeContent(idoc.messageType).reduce(spoil, plain);
  }

  #strike(messageType: string): Packet['faults'] {
    const struck: Partial<Record<TransportFaultKind, IdocFault>> = {};
    for (const kind of perDocument) {
      const fault = this.#parts.faults.strike(kind, messageType);
      if (fault !== undefined) struck[kind] = fault;
    }
    return struck;
  }

  async #transmit(port: string, packet: Packet): Promise<void> {
    const outcome = await this.#pass(port, packet);
    // The receiver has it and SAP does not know: the status of a timeout.
    const known =
      packet.faults['lost-answer'] === undefined ? outcome : { ...outcome, isSent: false, text: 'HTTP timeout' };
    this.#record(packet, known);
    if (packet.faults.duplicate === undefined) return;
    this.#count(packet, await this.#pass(port, this.#again(packet)));
  }

  /** The same once more; its number of deliveries has grown meanwhile. */
  #again(packet: Packet): Packet {
    return { ...packet, idocs: packet.idocs.map((it) => this.#parts.store.get(it.number) ?? it) };
  }

  #pass(name: string, packet: Packet): Promise<Outcome> {
    const port = this.#parts.port(name);
    if (port === undefined) return Promise.resolve({ isSent: false, text: `Port ${name} does not exist`, bytes: 0 });
    const context = { clock: this.#parts.clock, signal: this.#shutDown.signal };
    return port.kind === 'http' ? sendByHttp(packet, port, context) : sendByFile(packet, port, context);
  }

  #record(packet: Packet, outcome: Outcome): void {
    this.#count(packet, outcome);
    this.#settle(packet.idocs, outcome.isSent ? idocStatus.sent : idocStatus.portError, outcome.text);
  }

  #settle(idocs: readonly Idoc[], status: IdocStatus, text: string): void {
    const { store, time } = this.#parts;
    for (const { number } of idocs) {
      this.#queued.delete(number);
      store.setStatus(number, status, text, { date: time.today(), time: time.timeOfDay() });
    }
  }

  #count({ idocs }: Packet, { isSent, bytes }: Outcome): void {
    const counts = this.#counts;
    this.#counts = {
      documents: counts.documents + 1,
      idocs: counts.idocs + idocs.length,
      failed: counts.failed + (isSent ? 0 : 1),
      bytes: counts.bytes + bytes,
    };
    for (const { number } of idocs) this.#parts.store.countDelivery(number);
  }
}
