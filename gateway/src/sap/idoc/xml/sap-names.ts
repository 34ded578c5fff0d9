/** Names of XML elements as SAP's own names; what cannot be one is refused, so that no element can pose as something else. */
import { GatewayError } from '../../../errors/index.ts';
import { abapName } from '../../drivers/soap/soap-names.ts';

/** The dictionary's names are at most 30 characters; a slash takes two in XML, and there are two of them. */
const elementPattern = /^[A-Z_][A-Z0-9_-]{0,31}$/;
const namePattern = /^[A-Z0-9_/]+$/;

/** Segments and fields of all types in use are some 2,000; the limit keeps hostile names from filling memory. */
const maxKnownNames = 4096;
const knownNames = new Map<string, string>();

/** `_-ACME_-Z1X` is `/ACME/Z1X`, every other name stays. */
export function sapName(element: string): string {
  const known = knownNames.get(element);
  if (known !== undefined) return known;
  const name = abapName(element);
  if (!elementPattern.test(element) || !namePattern.test(name)) {
    throw new GatewayError('IDOC_MALFORMED', { reason: 'an element has a name that SAP does not use' });
  }
  if (knownNames.size >= maxKnownNames) knownNames.clear();
  knownNames.set(element, name);
  return name;
}
