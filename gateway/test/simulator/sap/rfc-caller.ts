/** Speaks to the RFC door in its own frames, without SAP's library or a stand-in of it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { defaultUser } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';

const failure = z.looseObject({
  code: z.number(),
  group: z.number(),
  key: z.string(),
  message: z.string(),
});
const reply = z.strictObject({ ok: z.record(z.string(), z.unknown()).optional(), error: failure.optional() });
export type Reply = z.infer<typeof reply>;

/** A connection; replies come in the order of the requests. */
export class RfcCaller {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: ((frame: string | undefined) => void)[] = [];
  readonly closed: Promise<unknown>;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = once(socket, 'close').then(() => this.#waiting.forEach((it) => it(undefined)));
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  static async connect(port: number): Promise<RfcCaller> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RfcCaller(socket);
  }

  /** The text of the next frame; undefined when the partner hung up instead. */
  async exchange(request: object | string): Promise<string | undefined> {
    const content = typeof request === 'string' ? request : JSON.stringify(request);
    const frame = Buffer.alloc(4);
    frame.writeUInt32BE(Buffer.byteLength(content));
    if (this.#socket.destroyed) return undefined;
    this.#socket.write(Buffer.concat([frame, Buffer.from(content)]));
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async ask(request: object): Promise<Reply> {
    const answer = await this.exchange(request);
    if (answer === undefined) throw new Error('the partner hung up');
    return reply.parse(JSON.parse(answer));
  }

  async invoke(functionName: string, input: object = {}, skip?: readonly string[]): Promise<Reply> {
    return this.ask({ op: 'invoke', function: functionName, input, ...(skip === undefined ? {} : { skip }) });
  }

  /** Ends the connection, and waits until both sides have. */
  async close(): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const length = this.#received.readUInt32BE(0);
      if (this.#received.length < 4 + length) return;
      const frame = this.#received.subarray(4, 4 + length).toString('utf8');
      this.#received = this.#received.subarray(4 + length);
      this.#waiting.shift()?.(frame);
    }
  }
}

/** The default user's logon. */
export const goodLogon: Readonly<Record<string, string>> = {
  client: '100',
  user: defaultUser.name,
  passwd: defaultUser.password,
  lang: 'EN',
};

export function portOf({ rfc }: SapSimulator): number {
  if (rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  return rfc.port;
}

/** A session of the default user. */
export async function openSession(sap: SapSimulator, changes: Record<string, string> = {}): Promise<RfcCaller> {
  const caller = await RfcCaller.connect(portOf(sap));
  const { error } = await caller.ask({ op: 'logon', parameters: { ...goodLogon, ...changes } });
  if (error !== undefined) throw new Error(error.message);
  return caller;
}

const sessions = z.object({ sessions: z.object({ open: z.number(), opened: z.number() }) });

/** Sessions that are open, and that ever were, as the control API tells. */
export async function sessionsOf(sap: SapSimulator): Promise<{ open: number; opened: number }> {
  const answer = await fetch(`${sap.url}/simulator/calls`);
  return sessions.parse(await answer.json()).sessions;
}

/** Resolves when so many sessions are open; asked over the socket, so it needs no timer. */
export async function untilSessions(sap: SapSimulator, open: number): Promise<void> {
  for (;;) if ((await sessionsOf(sap)).open === open) return;
}

/** Input of BAPI_CUSTOMER_CREATEFROMDATA1 that the shipped data accepts. */
export const newCustomer = {
  PI_COPYREFERENCE: { SALESORG: '1000', DISTR_CHAN: '10', DIVISION: '00', REF_CUSTMR: '0000104711' },
  PI_COMPANYDATA: {
    NAME: 'Fjordlys Energi AS',
    CITY: 'Bergen',
    POSTL_COD1: '5013',
    STREET: 'Strandgaten 7',
    COUNTRY: 'NO',
    LANGU_ISO: 'EN',
    CURRENCY: 'EUR',
  },
};
