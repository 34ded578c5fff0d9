/** A gate before a port of this machine: connections wait at it until it is opened. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Gate {
  readonly port: number;
  /** Connections that wait at this moment. */
  readonly waiting: number;
  /** Resolves when so many wait. */
  arrived(count: number): Promise<void>;
  /** Lets those through that wait. */
  open(): void;
  close(): Promise<void>;
}

/** Nobody gets through before `open`. */
export async function startGate(target: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  const held: Socket[] = [];
  let onArrival: () => void = () => undefined;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    keep(socket);
    held.push(socket);
    onArrival();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get waiting() {
      return held.length;
    },
    arrived: (count) =>
      new Promise((resolve) => {
        onArrival = () => (held.length >= count ? resolve() : undefined);
        onArrival();
      }),
    open: () => {
      for (const socket of held.splice(0)) {
        const onward = connect(target, '127.0.0.1');
        keep(onward);
        socket.pipe(onward).pipe(socket);
        onward.once('close', () => socket.destroy());
        socket.once('close', () => onward.destroy());
      }
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
