/** Names of functions and parameters as XML elements: a slash, as in `/ACME/X`, is not allowed there. */

/** `/ACME/X` becomes `_-ACME_-X`. */
export function elementName(name: string): string {
  return name.includes('/') ? name.replaceAll('/', '_-') : name;
}

/** The other way round. */
export function abapName(element: string): string {
  return element.includes('_-') ? element.replaceAll('_-', '/') : element;
}
