/** From a segment's definition, which flat files name, to its type, which XML and everybody else name. */

/** SAP's `E2KNA1M005`, a customer's `Z2KNA1M000`, a partner's `/ACME/2KNA1M000`. */
const definitionPattern = /^(E|Z|Y|\/[A-Z0-9_]+\/)2([A-Z0-9_]+)$/;
const versionPattern = /\d{3}$/;

/**
 * `E2KNA1M005` is version 005 of `E1KNA1M`; the first version may have no number. Where a name itself ends in three digits, the
 * types that are known decide; a name of another form stays as it is.
 */
export function segmentType(definition: string, isKnown: (type: string) => boolean): string {
  const match = definitionPattern.exec(definition);
  if (match === null) return definition;
  const [, prefix = '', rest = ''] = match;
  const whole = `${prefix}1${rest}`;
  return isKnown(whole) ? whole : whole.replace(versionPattern, '');
}
