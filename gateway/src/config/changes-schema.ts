/** Where changes of SAP come from: IDocs over HTTP, IDocs in files, and what raises no IDoc. */
import { z } from 'zod';
import { file, number, ownFile, secretFile } from './setting-types.ts';

const logicalSystem = z.string().regex(/^[A-Z0-9_/]{1,10}$/, 'must be a logical system');

const listen = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address in the LAN that the port of SAP (WE21, XML HTTP) reaches; never one that the internet does'),
    port: number(0, 65_535, 8_200, 'Port to listen on; 0 for any free one'),
    path: z
      .string()
      .regex(/^\/[A-Za-z0-9/_-]{1,100}$/, 'must be a path')
      .default('/idocs')
      .describe('Path of the destination (SM59)'),
    user: z.string().min(1).max(100).optional().describe('User of the destination (SM59); needed beyond this machine'),
    passwordFile: secretFile('File with its password').optional(),
    tls: z
      .strictObject({
        certificateFile: file('PEM file of the server certificate with its chain'),
        privateKeyFile: secretFile('PEM file of its private key'),
      })
      .optional()
      .describe('Where the destination speaks TLS'),
    maxDocumentMb: number(1, 16_384, 1_024, 'Largest document; many IDocs may be in one'),
    concurrent: number(1, 64, 4, 'Documents read at once; SAP waits for its turn beyond'),
  })
  .describe('Takes IDocs from an XML HTTP port; nothing listens where it is left out');

const folder = z
  .strictObject({
    path: ownFile('Folder that the file port (WE21) writes into'),
    pollSeconds: number(1, 3_600, 5, 'Seconds between two looks into the folder'),
    settledSeconds: number(0, 600, 2, 'A file is read once it has not grown for so long'),
    encoding: z
      .enum(['utf-8', 'iso-8859-1', 'utf-16le', 'utf-16be'])
      .default('utf-8')
      .describe('Character set that the port writes'),
    keepDays: number(0, 3_650, 14, 'Days that read files stay in the folder `done`'),
  })
  .describe('Takes flat IDocs from a file port; no folder is looked into where it is left out');

export const idocs = z
  .strictObject({
    listen: listen.optional(),
    folder: folder.optional(),
    senders: z
      .array(logicalSystem)
      .min(1)
      .max(20)
      .optional()
      .describe('Logical systems whose IDocs are taken; the system itself where absent'),
    addresses: z
      .enum(['debmas', 'adrmas'])
      .default('debmas')
      .describe('Which messages speak about addresses: DEBMAS too, which cuts them at 35 characters, or ADRMAS alone'),
    currencies: z
      .record(z.string().regex(/^[A-Z0-9]{2,5}$/, 'must be a currency key'), z.int().min(0).max(5))
      .optional()
      .describe("Decimals of the company's own currencies that TCURX does not name"),
    units: z
      .array(z.string().min(1).max(3))
      .max(1_000)
      .optional()
      .describe("The company's own units, where T006 may not be read"),
    realAmounts: z
      .array(z.string().regex(/^[A-Z0-9_/]{1,30}$/, 'must be a segment type'))
      .max(100)
      .optional()
      .describe('Segments of master data whose amounts are sent with the decimals of their currency, not with two'),
    receiver: logicalSystem.optional().describe('Logical system that they must be meant for; any where absent'),
  })
  .describe('IDocs of this SAP system');

export const changesSince = z
  .strictObject({
    pollSeconds: number(2, 3_600, 15, 'Seconds between two questions'),
    kinds: z
      .array(z.enum(['credit', 'customers', 'deletions', 'clearings']))
      .min(1)
      .default(['credit', 'deletions', 'clearings'])
      .describe('What is asked for; `customers` where no DEBMAS comes'),
  })
  .describe('What raises no IDoc is asked of the ABAP pack; nothing is asked where it is left out');
