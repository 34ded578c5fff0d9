/** One connection of the RFC door: one ABAP session, from its logon until either side hangs up. */
import type { Socket } from 'node:net';
import { z } from 'zod';
import { ConnectionCut } from '../functions/function-call.ts';
import { NoWorkProcess } from '../server/function-executor.ts';
import type { FunctionExecutor } from '../server/function-executor.ts';
import type { AbapSession } from '../system/abap-session.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { mayCall } from '../system/users.ts';
import type { SapUser } from '../system/users.ts';
import { describeInterface } from './describe.ts';
import { sendFrame } from './frames.ts';
import { attributesOf, logOn } from './logon.ts';
import { RfcFailure, toRfcFailure } from './rfc-failure.ts';
import { readInput, sentInput, writeOutput } from './values.ts';

const request = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('logon'), parameters: z.record(z.string(), z.string()) }),
  z.strictObject({ op: z.literal('describe'), function: z.string() }),
  z.strictObject({
    op: z.literal('invoke'),
    function: z.string(),
    input: sentInput,
    skip: z.array(z.string()).optional(),
  }),
  z.strictObject({ op: z.literal('ping'), handles: z.record(z.string(), z.number()).optional() }),
  z.strictObject({ op: z.literal('reset') }),
]);
type Request = z.infer<typeof request>;
type Invoke = Extract<Request, { op: 'invoke' }>;

/** What a connection needs of the door it came through. */
export interface Door {
  readonly system: SimulatedSystem;
  readonly executor: FunctionExecutor;
  readonly systemNumber: string;
  /** Of this start: a caller must not take the functions it knew of another one for ours. */
  readonly instance: string;
  sessionOpened(): void;
  sessionClosed(): void;
  /** Handles that the stand-in of SAP's library has given out and not got back. */
  sawHandles(handles: Readonly<Record<string, number>>): void;
  callOpened(): void;
  callClosed(): void;
}

export class RfcConnection {
  readonly #door: Door;
  readonly #socket: Socket;
  readonly #number: number;
  #session: AbapSession | undefined;
  /** Requests of one connection run one after the other. */
  #work: Promise<void> = Promise.resolve();
  #running = 0;

  constructor(door: Door, socket: Socket, number: number) {
    this.#door = door;
    this.#socket = socket;
    this.#number = number;
    socket.once('close', () => this.#enqueue(() => this.#end()));
  }

  get isIdle(): boolean {
    return this.#session !== undefined && this.#running === 0;
  }

  /** The partner breaks the connection. */
  drop(): void {
    this.#socket.destroy();
  }

  take(frame: Buffer): void {
    this.#enqueue(() => this.#serve(frame));
  }

  #enqueue(work: () => Promise<void> | void): void {
    this.#running += 1;
    this.#work = this.#work.then(work).finally(() => (this.#running -= 1));
  }

  /** Whatever was not committed goes, and its locks with it. */
  #end(): void {
    if (this.#session === undefined) return;
    this.#session.rollBack();
    this.#session = undefined;
    this.#door.sessionClosed();
  }

  async #serve(frame: Buffer): Promise<void> {
    try {
      await this.#handle(request.parse(JSON.parse(frame.toString('utf8'))));
    } catch (error) {
      if (error instanceof ConnectionCut) return this.drop();
      this.#door.executor.failed();
      this.#refuse(error instanceof z.ZodError || error instanceof SyntaxError ? notOurs() : toRfcFailure(error));
    }
  }

  #refuse(failure: RfcFailure): void {
    sendFrame(this.#socket, JSON.stringify({ error: failure.toJson() }));
    if (failure.endsSession) this.#hangUp();
  }

  /** What was said still reaches the caller; what the caller says from here on meets no session. */
  #hangUp(): void {
    this.#end();
    this.#socket.end();
  }

  #answer(ok: object): void {
    sendFrame(this.#socket, JSON.stringify({ ok }));
  }

  async #handle(asked: Request): Promise<void> {
    if (asked.op === 'logon') return this.#logOn(asked.parameters);
    const session = this.#session;
    // The line is dead, or there never was a logon.
    if (session === undefined) return this.drop();
    switch (asked.op) {
      case 'describe':
        refuseWithoutMetadata(session.logon);
        return this.#answer(describeInterface(this.#door.executor.describe(asked.function)));
      case 'invoke':
        return this.#invoke(session, asked);
      case 'reset':
        session.rollBack();
        return this.#answer({});
      case 'ping':
        this.#door.sawHandles(asked.handles ?? {});
        return this.#answer({});
    }
  }

  #logOn(parameters: Readonly<Record<string, string>>): void {
    if (this.#session !== undefined) throw notOurs();
    const session = logOn(this.#door.system, parameters);
    this.#session = session;
    this.#door.sessionOpened();
    this.#answer({
      attributes: attributesOf(session, this.#door.systemNumber, this.#number),
      instance: this.#door.instance,
    });
  }

  async #invoke(session: AbapSession, asked: Invoke): Promise<void> {
    const { faults } = this.#door.system;
    // The function runs to its end all the same, as it does in SAP when the caller is gone.
    if (faults.strike('drop-in-call', asked.function) !== undefined) this.drop();
    this.#door.callOpened();
    try {
      if (!(await this.#door.executor.inWorkProcess(() => this.#run(session, asked)))) throw new NoWorkProcess();
    } finally {
      this.#door.callClosed();
    }
    if (faults.strike('drop-session', asked.function) !== undefined) this.#hangUp();
  }

  async #run(session: AbapSession, asked: Invoke): Promise<void> {
    const { executor, system } = this.#door;
    const isUnicode = system.settings.codePage === '4103';
    const skipped = new Set(asked.skip);
    const call = await executor.execute(session, asked.function, (iface) =>
      readInput(iface, asked.input, skipped, isUnicode),
    );
    const answer = JSON.stringify({ ok: writeOutput(call.interface, call.output, skipped) });
    const isGarbled = system.faults.strike('garbage', asked.function) !== undefined;
    sendFrame(this.#socket, isGarbled ? answer.slice(0, answer.length / 2) : answer);
  }
}

/** SAP's library asks these two behind the caller's back, and the user needs them in S_RFC like any other function. */
const metadataFunctions = ['RFC_GET_FUNCTION_INTERFACE', 'DDIF_FIELDINFO_GET'];

function refuseWithoutMetadata(user: SapUser): void {
  const missing = metadataFunctions.find((it) => !mayCall(user, it));
  if (missing === undefined) return;
  const message = `No RFC authorization for function module ${missing}`;
  throw new RfcFailure('runtime', { key: 'RFC_NO_AUTHORITY', message });
}

function notOurs(): RfcFailure {
  return new RfcFailure('protocol', {
    key: 'RFC_INVALID_PROTOCOL',
    message: 'the partner does not speak this protocol',
  });
}
