/** A wire to a port of this machine that breaks after so many bytes, or goes deaf: what the network does to a call. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What becomes of a connection once so many bytes have gone one way. */
export interface Cut {
  readonly way: 'to-sap' | 'from-sap';
  readonly afterBytes: number;
  /** `deaf`: what SAP answers is swallowed from then on, and nobody is told. */
  readonly kind: 'break' | 'deaf';
}

export interface CutWire {
  readonly port: number;
  /** From now on connections are cut, those that are open already too. */
  arm(): void;
  close(): Promise<void>;
}

/** `next` says what happens to each connection; nothing where it says nothing. */
export async function startCutWire(target: number, next: () => Cut | undefined): Promise<CutWire> {
  const sockets = new Set<Socket>();
  const lines = new Set<Line>();
  let isArmed = false;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const line = new Line(near, far);
    lines.add(line);
    if (isArmed) line.cut(next());
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        sockets.delete(socket);
        lines.delete(line);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arm: () => {
      isArmed = true;
      for (const line of lines) line.cut(next());
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** One connection, both ways. */
class Line {
  readonly #near: Socket;
  readonly #far: Socket;
  #cut: Cut | undefined;
  #left = Infinity;
  #isDeaf = false;

  constructor(near: Socket, far: Socket) {
    this.#near = near;
    this.#far = far;
    near.on('data', (chunk: Buffer) => this.#carry(far, chunk, 'to-sap'));
    far.on('data', (chunk: Buffer) => this.#carry(near, chunk, 'from-sap'));
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  }

  cut(cut: Cut | undefined): void {
    this.#cut = cut;
    this.#left = cut?.afterBytes ?? Infinity;
  }

  #carry(to: Socket, chunk: Buffer, way: Cut['way']): void {
    if (this.#isDeaf && way === 'from-sap') return;
    if (this.#cut?.way !== way) {
      to.write(chunk);
      return;
    }
    const whole = this.#left >= chunk.length;
    to.write(whole ? chunk : chunk.subarray(0, this.#left));
    this.#left -= chunk.length;
    if (whole) return;
    if (this.#cut.kind === 'deaf') this.#goDeaf(to, chunk.subarray(Math.max(0, this.#left + chunk.length)), way);
    else for (const socket of [this.#near, this.#far]) socket.end();
  }

  /** What goes to SAP still arrives. */
  #goDeaf(to: Socket, rest: Buffer, way: Cut['way']): void {
    this.#isDeaf = true;
    this.#cut = undefined;
    if (way === 'to-sap') to.write(rest);
  }
}
