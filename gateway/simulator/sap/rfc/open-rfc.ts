/** Opens everything that speaks RFC: the application server's door, a message server and a SAProuter. */
import type { Server, Socket } from 'node:net';
import { createMessageServer, logonGroup } from './message-server.ts';
import { openRfcDoor, rfcHost } from './rfc-door.ts';
import type { RfcDoor, Serving } from './rfc-door.ts';
import { createSapRouter } from './sap-router.ts';

/** Where RFC is spoken, in the words of SAP's SDK. */
export interface RfcAddress {
  /** ASHOST, SYSNR and the port that follows from it. */
  readonly host: string;
  readonly systemNumber: string;
  readonly port: number;
  /** MSHOST, MSSERV (a port), R3NAME and GROUP of the same system. */
  readonly messageServer: {
    readonly host: string;
    readonly port: number;
    readonly systemId: string;
    readonly group: string;
  };
  /** SAPROUTER: a route string that ends before the target, `/H/host/S/port`. */
  readonly router: string;
}

export interface OpenedRfc {
  readonly address: RfcAddress;
  close(): Promise<void>;
}

interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** What goes through it ends with it. */
function listen(server: Server): Promise<Listener> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const close = (): Promise<void> => {
    open.forEach((socket) => socket.destroy());
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, rfcHost, () => {
      const address = server.address();
      resolve({ port: typeof address === 'object' && address !== null ? address.port : 0, close });
    });
  });
}

async function openBeside(door: RfcDoor, systemId: string): Promise<OpenedRfc> {
  const { systemNumber, port } = door;
  const messageServer = await listen(createMessageServer({ systemId, host: rfcHost, systemNumber }));
  const router = await listen(createSapRouter({ ports: [port, messageServer.port] }));
  return {
    address: {
      host: rfcHost,
      systemNumber,
      port,
      messageServer: { host: rfcHost, port: messageServer.port, systemId, group: logonGroup },
      router: `/H/${rfcHost}/S/${router.port}`,
    },
    close: async () => {
      for (const each of [door, messageServer, router]) await each.close();
    },
  };
}

/** All of it, on the loopback interface. */
export async function openRfc(serving: Serving): Promise<OpenedRfc> {
  const door = await openRfcDoor(serving);
  return openBeside(door, serving.system.settings.sid);
}
