/** What people type and choose, in the lengths SAP keeps. */
import { z } from 'zod';

/**
 * Text a person typed: no control characters (they would be stored, and break XML), trimmed, and never cut.
 * Lengths are those of SAP's fields, in UTF-16 code units as a Unicode SAP system counts them.
 */
export const text = (maxLength: number): z.ZodString =>
  z
    .string()
    .trim()
    .max(maxLength, `SAP keeps at most ${maxLength} characters here`)
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
    .regex(/^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]*$/u, 'Control characters are not allowed here');

/** A code of SAP's customizing, e.g. a company code. */
export const code = (maxLength: number): z.ZodString =>
  z.string().regex(new RegExp(`^[A-Z0-9]{1,${maxLength}}$`), `A code of up to ${maxLength} capital letters and digits`);
