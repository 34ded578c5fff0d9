/** A SAProuter: lets a connection through to the next hop of its route, when its table permits that. */
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { z } from 'zod';
import { FrameReader, sendFrame } from './frames.ts';
import { parseJson } from './message-server.ts';
import { networkFailure } from './rfc-failure.ts';

const hop = z.strictObject({ host: z.string(), service: z.string(), password: z.string().optional() });
/** The first hop is this router; SAP allows a handful. */
const route = z.strictObject({ op: z.literal('route'), hops: z.array(hop).min(2).max(8) });
type Hop = z.infer<typeof hop>;

export interface RouterTable {
  /** Ports on the loopback interface that may be reached. */
  readonly ports: readonly number[];
  /** What a route has to say for itself; nothing when absent. */
  readonly password?: string | undefined;
}

/** A simulator must not become a way out of the machine. */
const reachableHosts = new Set(['127.0.0.1', 'localhost']);

/** One listener; the table is the same for everybody. */
export function createSapRouter(table: RouterTable): Server {
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    waitForRoute(socket, table);
  });
}

function waitForRoute(socket: Socket, table: RouterTable): void {
  const reader = new FrameReader();
  const onData = (chunk: Buffer): void => {
    const [frame] = reader.take(chunk) ?? [];
    if (frame === undefined) return;
    socket.off('data', onData);
    const asked = route.safeParse(parseJson(frame));
    if (asked.success) forward(socket, asked.data.hops, table);
    else socket.destroy();
  };
  socket.on('data', onData);
}

function forward(socket: Socket, [self, next, ...rest]: readonly Hop[], table: RouterTable): void {
  if (self === undefined || next === undefined) return;
  const port = Number(next.service.replace(/^sapgw/, '33').replace(/^sapdp/, '32'));
  const isPermitted = reachableHosts.has(next.host) && (rest.length > 0 || table.ports.includes(port));
  if (table.password !== undefined && self.password !== table.password)
    return refuse(socket, 'invalid route password', -94);
  if (!isPermitted) return refuse(socket, `route permission denied (to ${next.host}, ${next.service})`, -94);
  const onward = connect(port, next.host);
  const unreachable = (): void => refuse(socket, `partner '${next.host}:${port}' not reached`, -92);
  onward.once('error', unreachable);
  onward.once('connect', () => {
    onward.off('error', unreachable).on('error', () => socket.destroy());
    if (rest.length > 0) sendFrame(onward, JSON.stringify({ op: 'route', hops: [next, ...rest] }));
    else sendFrame(socket, JSON.stringify({ ok: {} }));
    socket.pipe(onward).pipe(socket);
    onward.once('close', () => socket.destroy());
  });
  socket.once('close', () => onward.destroy());
}

function refuse(socket: Socket, why: string, returnCode: number): void {
  sendFrame(socket, JSON.stringify({ error: networkFailure(why, 'NI (network interface)', returnCode).toJson() }));
  socket.end();
}
