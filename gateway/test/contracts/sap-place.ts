/** What the contract of drivers to SAP needs: a simulated SAP, a driver that reaches it, and a few words to ask it. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { SapSimulator } from '../../simulator/sap/start.ts';
import { GatewayError } from '../../src/errors/index.ts';
import type { AbapParameters, AbapValue, CallOptions, SapConnection } from '../../src/ports/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';

export interface OpenChanges {
  readonly password?: string;
  readonly maxConnections?: number;
  /** A port of this machine where SAP should be, and something else is. */
  readonly elsewhere?: number;
}

/** A SAP that the driver under test can reach, with the simulator's default customers and its echo function. */
export interface SapPlace {
  readonly simulator: SapSimulator;
  open(changes?: OpenChanges): SapConnection;
  /** Nobody listens any more. */
  stop(): Promise<void>;
}

export const customer = '0000104711';
export const unknownCustomer = '0000999999';
export const salesOrganization = '1000';

/** So many milliseconds from now; time enough where none are given. */
export const within = (durationMs = 5_000): Deadline => Deadline.in(systemClock, durationMs);

/** A read with time enough. */
export const reading = (changes: Partial<CallOptions> = {}): CallOptions => ({
  deadline: within(),
  effect: 'read',
  ...changes,
});

/** A write with time enough. */
export const writing = (changes: Partial<CallOptions> = {}): CallOptions => reading({ effect: 'write', ...changes });

/** The code of the error that the work ends with, `none` without one. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof GatewayError ? thrown.code : String(thrown)),
  );
}

export const ping = (connection: SapConnection, options: CallOptions = reading()): Promise<AbapParameters> =>
  connection.call('RFC_PING', {}, options);

/** The rows of a table parameter; fails on anything else. */
export function rowsOf(value: AbapValue | undefined): readonly AbapParameters[] {
  if (typeof value !== 'object' || !isTable(value)) throw new Error('not a table');
  return value;
}

const isTable = (value: object): value is readonly AbapParameters[] => Array.isArray(value);

/** A text inside of a structure parameter. */
export function textIn(value: AbapValue | undefined, field: string): string {
  const found = typeof value === 'object' && !Array.isArray(value) ? Reflect.get(value, field) : undefined;
  return typeof found === 'string' ? found : '';
}

export interface SapCounts {
  /** Calls by function, as SAP saw them. */
  readonly functions: Readonly<Record<string, number>>;
  readonly sessions: { readonly open: number; readonly opened: number };
}

export async function countCalls({ url }: SapSimulator): Promise<SapCounts> {
  return (await (await fetch(`${url}/simulator/calls`)).json()) as SapCounts;
}

/** Resolves when SAP has no session left; a test that waits too long for it fails. */
export async function noSessionLeft(simulator: SapSimulator): Promise<void> {
  while ((await countCalls(simulator)).sessions.open > 0) await new Promise((resolve) => setImmediate(resolve));
}

export interface SilentHost {
  readonly port: number;
  close(): Promise<void>;
}

/** Accepts connections and says nothing, as a router or a message server does that has gone wrong. */
export async function startSilentHost(): Promise<SilentHost> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
