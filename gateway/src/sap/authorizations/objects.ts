/** What SAP checks inside a function beside the right to call it, and how certain that is. */

/**
 * - `proven`: it stands in our own ABAP pack, and a test compares.
 * - `documented`: as SAP documents it; not confirmed for every release.
 * - `general`: how such functions usually behave. STAUTHTRACE tells.
 */
export type Confidence = 'proven' | 'documented' | 'general';

/** One authorization object with the values that suffice; `$BUKRS` and its like stand for what is the customer's own. */
export interface ObjectCheck {
  readonly object: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly confidence: Confidence;
}

/** What is known of a function; an empty list means that nothing else is checked. */
export type ObjectChecks = Readonly<Record<string, readonly ObjectCheck[]>>;

/** 01 create, 02 change, 03 display, 08 display change documents, 16 execute; 02 does not include 03. */
export type Activity = '01' | '02' | '03' | '08' | '16';

/** One check of an activity; `values` are the fields beside ACTVT. */
export function objectCheck(
  object: string,
  activity: Activity,
  values: ObjectCheck['fields'],
  confidence: Confidence,
): ObjectCheck {
  return { object, fields: { ACTVT: [activity], ...values }, confidence };
}

/** What stands behind the pack may look further; to be granted only where a trace shows it. General knowledge. */
export const rarelyAsked: readonly { readonly objects: readonly string[]; readonly when: string }[] = [
  {
    objects: ['F_KNA1_BED', 'V_KNA1_BRG'],
    when: "SAP's customer maintenance, where customers carry authorization groups",
  },
  { objects: ['F_KNKA_AEN'], when: 'credit management, for groups of fields' },
  { objects: ['F_KNKK_BED'], when: 'credit management, for authorization groups of credit accounts' },
];
