/** A message server: it names the application server that takes the next logon of a group. */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { z } from 'zod';
import { FrameReader, sendFrame } from './frames.ts';
import { networkFailure } from './rfc-failure.ts';

/** The logon group every system has. */
export const logonGroup = 'PUBLIC';

const lookup = z.strictObject({ op: z.literal('lookup'), systemId: z.string(), group: z.string() });

export interface ApplicationServer {
  readonly systemId: string;
  readonly host: string;
  readonly systemNumber: string;
}

/** Answers one look-up a connection. */
export function createMessageServer(known: ApplicationServer): Server {
  return createServer((socket) => {
    const reader = new FrameReader();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      const [frame] = reader.take(chunk) ?? [];
      if (frame !== undefined) answer(socket, frame, known);
    });
  });
}

function answer(socket: Socket, frame: Buffer, { systemId, host, systemNumber }: ApplicationServer): void {
  const asked = lookup.safeParse(parseJson(frame));
  if (!asked.success) {
    socket.destroy();
    return;
  }
  const isKnown = asked.data.systemId === systemId && asked.data.group === logonGroup;
  const refusal = `Group ${asked.data.group} not found`;
  const reply = isKnown ? { ok: { host, systemNumber } } : { error: networkFailure(refusal, 'LG', -6).toJson() };
  sendFrame(socket, JSON.stringify(reply));
  socket.end();
}

/** Undefined for what is no JSON. */
export function parseJson(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString('utf8'));
  } catch {
    // Whoever sends this is no client of ours; the caller treats it like any other wrong shape.
    return undefined;
  }
}
