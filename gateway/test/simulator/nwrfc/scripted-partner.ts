/** A partner that echoes types which the simulated ECC lacks, reached as a SAProuter that is SAP itself. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Client } from 'node-rfc';
import { z } from 'zod';
import { FrameReader, sendFrame } from '../../../simulator/sap/rfc/frames.ts';
import { createClient } from './addon.ts';

export interface ScriptedPartner {
  openClient(): Promise<Client>;
  close(): Promise<void>;
}

const row = { PLAIN: 'ZPLAIN', NESTED: 'ZNESTED' };
const types = ['DECF16', 'DECF34', 'UTCLONG', ...Object.keys(row)] as const;

function parameter(type: string, direction: 'IMPORT' | 'EXPORT'): object {
  const base = { name: `${direction[0] === 'I' ? 'I' : 'E'}_${type}`, direction, optional: true };
  const structure = new Map(Object.entries(row)).get(type);
  return structure === undefined ? { ...base, type } : { ...base, type: 'TABLE', structure };
}

const description = {
  parameters: types.flatMap((type) => [parameter(type, 'IMPORT'), parameter(type, 'EXPORT')]),
  structures: {
    ZPLAIN: [{ name: '', type: 'BYTE', length: 2 }],
    ZPART: [{ name: 'NAME', type: 'CHAR', length: 10 }],
    ZNESTED: [
      { name: 'NAME', type: 'CHAR', length: 10 },
      { name: 'PARTS', type: 'TABLE', structure: 'ZPART' },
    ],
  },
};

const request = z.looseObject({ op: z.string(), input: z.record(z.string(), z.unknown()).optional() });

function answer(frame: Buffer): object {
  const { op, input = {} } = request.parse(JSON.parse(frame.toString('utf8')));
  if (op === 'describe') return description;
  if (op === 'logon') return { attributes: { sysId: 'NEW' } };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name.replace('I_', 'E_'), value]));
}

/** Listens on a port of its own. */
export async function startScriptedPartner(): Promise<ScriptedPartner> {
  const server = createServer((socket: Socket) => {
    const reader = new FrameReader();
    socket.on('data', (chunk: Buffer) => {
      for (const frame of reader.take(chunk) ?? []) sendFrame(socket, JSON.stringify({ ok: answer(frame) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    openClient: async () => {
      const saprouter = `/H/127.0.0.1/S/${port}`;
      const client = await createClient({
        ashost: 'new.example',
        sysnr: '00',
        saprouter,
        client: '100',
        user: 'A',
        passwd: 'b',
      });
      await client.open();
      return client;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
