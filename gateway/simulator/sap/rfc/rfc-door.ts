/** The RFC door of the simulated SAP: the gateway port 33NN of its system number. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { CallStatistics } from '../server/call-statistics.ts';
import type { FunctionExecutor } from '../server/function-executor.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { FrameReader } from './frames.ts';
import { RfcConnection } from './rfc-connection.ts';

/** Where the simulated SAP listens; the SDK makes the port from the system number, so it cannot be any. */
export const rfcHost = '127.0.0.1';
const portOf = (systemNumber: number): number => 3300 + systemNumber;

export interface RfcDoor {
  readonly systemNumber: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What both doors of the system share. */
export interface Serving {
  readonly system: SimulatedSystem;
  readonly executor: FunctionExecutor;
  readonly statistics: CallStatistics;
}

/** Listens on a port; false when somebody else has it. */
function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, rfcHost, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

/**
 * Processes that start side by side begin at different numbers, so that they seldom meet; and one process moves on, so that
 * a straggler of the last simulator does not log on to the next.
 */
let lastTried = process.pid;

async function listenSomewhere(server: Server): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    lastTried += 1;
    const systemNumber = lastTried % 100;
    if (await tryListen(server, portOf(systemNumber))) return systemNumber;
  }
  throw new Error('no system number is free: ports 3300 to 3399 are all taken');
}

/** Opens the door. */
export async function openRfcDoor({ system, executor, statistics }: Serving): Promise<RfcDoor> {
  const connections = new Map<Socket, RfcConnection>();
  let lastNumber = 0;
  let systemNumber = '';
  const instance = randomUUID();
  const accept = (socket: Socket): void => {
    lastNumber += 1;
    const door = {
      system,
      executor,
      systemNumber,
      instance,
      sessionOpened: () => statistics.sessionOpened(),
      sessionClosed: () => statistics.sessionClosed(),
      sawHandles: (handles: Readonly<Record<string, number>>) => statistics.sawHandles(handles),
      callOpened: () => statistics.opened(),
      callClosed: () => statistics.closed(),
    };
    const connection = new RfcConnection(door, socket, lastNumber);
    connections.set(socket, connection);
    socket.once('close', () => connections.delete(socket));
    feed(socket, connection);
  };
  const server = createServer(accept);
  systemNumber = String(await listenSomewhere(server)).padStart(2, '0');
  system.faults.dropIdleSessions = (most) => {
    const idle = [...connections.values()].filter((it) => it.isIdle);
    idle.slice(0, most).forEach((it) => it.drop());
  };
  return {
    systemNumber,
    port: portOf(Number(systemNumber)),
    close: () => {
      for (const socket of connections.keys()) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function feed(socket: Socket, connection: RfcConnection): void {
  const reader = new FrameReader();
  socket.setNoDelay(true);
  // A caller that is gone closes the connection too; nobody else needs to know.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    const frames = reader.take(chunk);
    if (frames === undefined) return connection.drop();
    frames.forEach((frame) => connection.take(frame));
  });
}
