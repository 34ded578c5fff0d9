/** The settings of the SAP system that an agent stands beside. */
import { z } from 'zod';
import { abapPackUse, sapFeature, sapSystemId } from '../model/index.ts';
import { changesSince, idocs } from './changes-schema.ts';
import { address, file, number, ownFile, secretFile } from './setting-types.ts';

/** Where SAP is for the RFC driver, in the words of SAP's SDK. */
const rfc = z
  .strictObject({
    host: z.string().min(1).max(100).optional().describe('Application server (ASHOST)'),
    systemNumber: z
      .string()
      .regex(/^\d{2}$/, 'must be two digits')
      .optional()
      .describe('Its system number (SYSNR)'),
    messageServer: z.string().min(1).max(100).optional().describe('Message server (MSHOST), instead of a host'),
    messageServerService: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,20}$/, 'must be a service name or a port')
      .optional()
      .describe('Its service or port (MSSERV); sapms and the system id where absent'),
    systemId: z
      .string()
      .regex(/^[A-Z][A-Z0-9]{2}$/, 'must be a system id, e.g. ERP')
      .optional()
      .describe('System id (R3NAME), with a message server'),
    group: z.string().min(1).max(20).default('PUBLIC').describe('Logon group (GROUP), with a message server'),
    routerFile: secretFile('File with the SAProuter string (SAPROUTER), which may hold passwords').optional(),
    snc: z
      .strictObject({
        partnerName: z.string().min(1).max(255).describe("SAP's SNC name (SNC_PARTNERNAME), e.g. p:CN=ERP, O=Acme"),
        ownName: z.string().min(1).max(255).optional().describe("The agent's own SNC name (SNC_MYNAME)"),
        quality: z
          .enum(['1', '2', '3', '8', '9'])
          .default('3')
          .describe('Quality of protection (SNC_QOP); 3 is privacy'),
        library: file('Path of the cryptographic library (SNC_LIB)').optional(),
      })
      .optional()
      .describe('Secure network communication; with it a certificate may stand for user and password'),
  })
  .describe('Where SAP is, for the driver node-rfc');

const dayOfWeek = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const timeOfDay = (description: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time, HH:MM')
    .describe(description);
const workProcesses = (fallback: number, description: string) => number(1, 256, fallback, description);

const governor = z
  .strictObject({
    workProcesses: workProcesses(8, 'Calls in SAP at once: dialog work processes that SAP Basis grants'),
    callsPerMinute: number(1, 1_000_000, 2_400, 'Calls begun per minute'),
    bulkWorkProcesses: workProcesses(4, 'Of the work processes, so many at most for what nobody waits for'),
    waiting: number(0, 10_000, 64, 'Calls that may wait for a place'),
    slowAboveMs: number(100, 120_000, 3_000, 'Median answer time, in milliseconds, above which less is taken'),
    calendar: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(40).describe('Its name on the daily page'),
          days: z.array(dayOfWeek).min(1).max(7).describe('Days on which it begins'),
          from: timeOfDay("Begin, in SAP's time zone"),
          to: timeOfDay('End; not after the begin means the next day'),
          workProcesses: workProcesses(8, 'Calls in SAP at once'),
          callsPerMinute: number(1, 1_000_000, 2_400, 'Calls begun per minute'),
          bulkWorkProcesses: workProcesses(4, 'Of them for what nobody waits for'),
        }),
      )
      .max(20)
      .default([])
      .describe('Other figures at other times; the first rule that matches holds'),
  })
  .prefault({})
  .describe('How much of SAP may be taken, and when');

/** Where it is, how it is spoken to, and how much of it may be taken. */
export const sap = z
  .strictObject({
    system: sapSystemId.describe('Logical system, as in table T000, e.g. ERPCLNT100'),
    driver: z.enum(['soap', 'node-rfc']).default('soap').describe('How SAP is spoken to: over HTTP, or over RFC'),
    url: address(
      'https:',
      'http:',
      'Scheme, host and port of the ICM or web dispatcher (driver soap)',
      true,
    ).optional(),
    rfc: rfc.optional(),
    client: z
      .string()
      .regex(/^\d{3}$/, 'must be three digits')
      .describe('SAP client (mandant)'),
    language: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO code, two capital letters')
      .default('EN')
      .describe('Logon language: texts come in it'),
    user: z
      .string()
      .regex(/^[^\s:]{1,12}$/, 'must be an SAP user name')
      .optional()
      .describe('Service user; may be left out with SNC'),
    passwordFile: secretFile('File with the password of the service user; may be left out with SNC').optional(),
    timeZone: z.string().refine(isTimeZone, 'must be an IANA zone, e.g. Europe/Berlin').describe("SAP's own time zone"),
    features: z
      .array(sapFeature)
      .min(1)
      .max(sapFeature.options.length)
      .default([...sapFeature.options])
      .describe('What is used of SAP; functions of nothing else are ever called, and the role needs nothing else'),
    abapPack: abapPackUse
      .default('optional')
      .describe(
        'Whether the ABAP pack is in SAP. `required`: nothing is called in its place; `optional`: it is used where it is there; `absent`: it is never asked for',
      ),
    servicesFolder: ownFile('Folder of published service files; none are published where absent').optional(),
    governor,
    idocs: idocs.optional(),
    changesSince: changesSince.optional(),
    companyCodes: z
      .array(z.string().regex(/^[A-Z0-9]{1,4}$/, 'must be a company code'))
      .max(200)
      .default([])
      .describe('Where receivables are read in systems without the ABAP pack'),
    creditControlAreas: z
      .array(z.string().regex(/^[A-Z0-9]{1,4}$/, 'must be a credit control area'))
      .max(200)
      .optional()
      .describe('Where credit accounts are read in systems without the ABAP pack; the company codes when absent'),
    accountGroup: z
      .string()
      .regex(/^[A-Z0-9]{1,4}$/, 'must be an account group')
      .default('0001')
      .describe('Account group of new customers; it decides the number range'),
    maxConnections: number(1, 256, 8, 'Connections to SAP at once'),
  })
  .describe('The SAP system an agent stands beside');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl has no other way to ask.
    return false;
  }
}
