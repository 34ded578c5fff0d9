/** What an installation says about the ABAP pack in its SAP system. */
import { z } from 'zod';

/**
 * - `required`: it is there; what stands in for it elsewhere is never called, and its absence is a failure.
 * - `optional`: it is used where it is there. `absent`: it is neither asked for nor used.
 */
export const abapPackUse = z.enum(['required', 'optional', 'absent']);
export type AbapPackUse = z.infer<typeof abapPackUse>;
