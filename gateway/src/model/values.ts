/** Money, quantities, dates and coded texts, as they cross every border. */
import { z } from 'zod';

/** ISO 4217 as SAP keeps it. */
export const currencyCode = z.string().regex(/^[A-Z0-9]{2,5}$/);

/**
 * An amount in real units with the currency's own decimals: JPY "1000", KWD "12.500", EUR "-3.10".
 * A decimal string, never a float.
 */
export const money = z.object({ amount: z.string().regex(/^-?\d{1,25}(\.\d{1,9})?$/), currency: currencyCode });
export type Money = z.infer<typeof money>;

export const quantity = z.object({ value: z.string().regex(/^-?\d{1,25}(\.\d{1,9})?$/), unit: z.string().max(6) });
export type Quantity = z.infer<typeof quantity>;

/** A calendar day in SAP's own zone, `YYYY-MM-DD`. SAP's initial date is `null` in the model. */
export const calendarDate = z.iso.date();

/** An instant with its zone. */
export const instant = z.iso.datetime({ offset: true });

/** A code with its words in the logon language; `text` is null where SAP has none. */
export const codedText = z.object({ code: z.string(), text: z.string().nullable() });
export type CodedText = z.infer<typeof codedText>;

export const salesArea = z.object({
  salesOrganization: z.string().regex(/^[A-Z0-9]{1,4}$/),
  distributionChannel: z.string().regex(/^[A-Z0-9]{1,2}$/),
  division: z.string().regex(/^[A-Z0-9]{1,2}$/),
});
export type SalesArea = z.infer<typeof salesArea>;

/** One figure that this SAP system cannot give, and why; a panel says so instead of showing a zero. */
export const unavailableFigure = z.object({
  figure: z.string(),
  reason: z.enum(['ABAP_PACK_MISSING', 'NOT_AUTHORIZED', 'NOT_MAINTAINED_IN_SAP']),
});
export type UnavailableFigure = z.infer<typeof unavailableFigure>;
