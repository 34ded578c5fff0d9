/** Checks every element of a metadata file against the Metadata WSDL. */
import type { Finding } from '../finding.ts';
import type { XmlElement } from './read-xml.ts';
import type { WsdlField, WsdlTypes } from './wsdl-types.ts';

const namespace = 'http://soap.sforce.com/2006/04/metadata';

/** Everything in the file that Salesforce would not take. */
export function findElementProblems(path: string, root: XmlElement, wsdl: WsdlTypes): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (line: number, message: string): void => {
    findings.push({ path, line, message });
  };
  if (root.attributes.get('xmlns') !== namespace) report(root.line, `<${root.name}> lacks the namespace ${namespace}`);
  if (!wsdl.types.has(root.name)) report(root.line, `${root.name} is no metadata type`);
  checkElement(root, root.name, wsdl, report);
  return findings;
}

type Report = (line: number, message: string) => void;

function checkElement(element: XmlElement, type: string, wsdl: WsdlTypes, report: Report): void {
  const fields = wsdl.types.get(type);
  if (fields === undefined) return;
  checkOrder(element, fields, report);
  for (const child of element.children) {
    const field = fields.get(child.name);
    if (field === undefined) report(child.line, `${type} has no element ${child.name}`);
    else checkValue(child, field, wsdl, report);
  }
  for (const [name, field] of fields) {
    const isMissing = field.isRequired && !element.children.some((child) => child.name === name);
    if (isMissing) report(element.line, `${type} lacks ${name}`);
  }
}

/** Salesforce reads elements of one name only where they stand together, and says "duplicated" otherwise. */
function checkOrder(element: XmlElement, fields: ReadonlyMap<string, WsdlField>, report: Report): void {
  const seen = new Set<string>();
  let before = '';
  for (const { name, line } of element.children) {
    if (seen.has(name) && fields.get(name)?.isList === false) report(line, `${name} stands twice`);
    else if (seen.has(name) && name !== before) report(line, `${name} stands apart from the others of its name`);
    seen.add(name);
    before = name;
  }
}

function checkValue(element: XmlElement, field: WsdlField, wsdl: WsdlTypes, report: Report): void {
  const words = wsdl.enums.get(field.type);
  if (words !== undefined && !words.has(element.text)) {
    report(element.line, `${element.name}: "${element.text}" is none of ${[...words].slice(0, 12).join(', ')}`);
  }
  if (field.type === 'boolean' && element.text !== 'true' && element.text !== 'false') {
    report(element.line, `${element.name}: "${element.text}" is neither true nor false`);
  }
  if (field.type === 'number' && !/^-?\d+(\.\d+)?$/.test(element.text)) {
    report(element.line, `${element.name}: "${element.text}" is no number`);
  }
  checkElement(element, field.type, wsdl, report);
}
