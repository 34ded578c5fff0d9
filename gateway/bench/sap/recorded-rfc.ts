/**
 * The RFC side of the bench's SAP: asks the simulated SAP once per request and then answers from memory, so that what is
 * compared is the way to SAP and not the simulator. It stands where a SAProuter would.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { FrameReader, sendFrame } from '../../simulator/sap/rfc/frames.ts';

/** Requests whose answers do not depend on what else they say. */
const keyOf = (frame: string): string => /^\{"op":"(ping|reset|logon|route)"/.exec(frame)?.[1] ?? frame;

/** Gives back the port of a router that leads to the recorded system behind `door`. */
export async function startRecordedRfc(door: number): Promise<number> {
  const upstream = askInTurn(connect(door, '127.0.0.1'));
  const recorded = new Map<string, Promise<string>>([['route', Promise.resolve('{"ok":{}}')]]);
  const answerTo = (frame: string): Promise<string> => {
    const key = keyOf(frame);
    const known = recorded.get(key) ?? upstream(frame);
    recorded.set(key, known);
    return known;
  };
  const server = createServer((socket) => serve(socket, answerTo));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function serve(socket: Socket, answerTo: (frame: string) => Promise<string>): void {
  const reader = new FrameReader();
  let last = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    for (const frame of reader.take(chunk) ?? []) {
      last = last.then(async () => sendFrame(socket, await answerTo(frame.toString('utf8'))));
    }
  });
}

/** One question at a time on one connection, in the order in which they came. */
function askInTurn(socket: Socket): (frame: string) => Promise<string> {
  const reader = new FrameReader();
  const waiting: ((answer: string) => void)[] = [];
  socket.on('data', (chunk: Buffer) => {
    for (const frame of reader.take(chunk) ?? []) waiting.shift()?.(frame.toString('utf8'));
  });
  return (frame) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      sendFrame(socket, frame);
    });
}
