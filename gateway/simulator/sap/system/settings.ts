/** What the `_system` key of a data file may say, with the defaults of the shipped system. */
import { z } from 'zod';
import { houseMadeFunctions } from '../metadata/house-made.ts';
import { interfaceChanges } from '../metadata/interface-changes.ts';

/** Strict, because a misspelt setting would otherwise be one that silently does nothing. */
export const systemSettings = z.strictObject({
  sid: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{2}$/)
    .default('ERP'),
  client: z
    .string()
    .regex(/^\d{3}$/)
    .default('100'),
  logicalSystem: z
    .string()
    .regex(/^[A-Z0-9_/]{1,10}$/)
    .optional(),
  host: z.string().max(32).default('saperp01'),
  /** The application server's own SNC name. */
  sncName: z.string().max(255).default('p:CN=ERP, O=Simulated'),
  /** RFCSI-RFCSAPRL; 731 is ECC 6.0 with enhancement package 6. */
  release: z.string().max(4).default('731'),
  timeZone: z.string().default('UTC'),
  /** 4103 is Unicode; anything else is a system that keeps Latin-1 only. */
  codePage: z
    .string()
    .regex(/^\d{4}$/)
    .default('4103'),
  /** False: the ABAP pack is not imported. */
  pack: z.boolean().default(true),
  packVersion: z.enum(['1.0.0', '1.1.0', '1.2.0']).default('1.2.0'),
  /** Function modules of the customer's own. */
  functions: houseMadeFunctions.optional(),
  /** True: the functions that echo every ABAP type are there too. */
  testFunctions: z.boolean().default(false),
  /** Where this release differs from the one the simulator knows. */
  interfaceChanges: interfaceChanges.optional(),
  /** RZ10 parameter of the dialog work processes free for RFC. */
  workProcesses: z.int().min(1).max(1000).default(10),
  queueLength: z.int().min(0).max(10_000).default(100),
  queueTimeoutMs: z.int().min(0).default(30_000),
  /** How long an ENQUEUE with the wait flag waits. */
  lockWaitMs: z.int().min(0).default(1_000),
  users: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(12),
        password: z.string(),
        language: z.string().optional(),
        isLocked: z.boolean().optional(),
        sncName: z.string().optional(),
        mayUseService: z.boolean().optional(),
        functions: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});
export type SystemSettings = z.infer<typeof systemSettings>;
