/** XML is read as strictly as Salesforce reads it; the WSDL's types are read whole. */
import { describe, expect, test } from '@jest/globals';
import { childrenOf, deepOf, readXml, textOf } from '../metadata/read-xml.ts';
import { readWsdlTypes } from '../metadata/wsdl-types.ts';

describe('reading XML', () => {
  test('finds elements, attributes, text, entities and lines', () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<!-- <no/> -->\n<a x="1&amp;2">\n  <b>a &lt; &#65;&#x42;</b>\n  <b/><c><![CDATA[<raw>]]></c>\n</a>\n',
    );
    expect(root.name).toBe('a');
    expect(root.attributes.get('x')).toBe('1&2');
    expect(textOf(root, 'b')).toBe('a < AB');
    expect(textOf(root, 'c')).toBe('<raw>');
    expect(childrenOf(root, 'b').map((child) => child.line)).toEqual([4, 5]);
    expect(deepOf(root, 'c')).toHaveLength(1);
  });

  test.each([
    ['<a><b></a>', 'closes'],
    ['<a>', 'not closed'],
    ['</a>', 'closes'],
    ['<a/><b/>', 'exactly one root'],
    ['', 'exactly one root'],
    ['<a>1 & 2</a>', 'no entity'],
    ['<a>&nbsp;</a>', 'no entity'],
    ['<a x=1/>', 'not well-formed'],
    ['<a x="1" x="2"/>', 'stands twice'],
    ['<a>text<b/></a>', 'between the elements'],
    ['text<a/>', 'outside the root'],
    ['<a><!-- x</a>', 'not well-formed'],
  ])('refuses %j', (source, reason) => {
    expect(() => readXml(source)).toThrow(reason);
  });
});

describe('reading the types of the WSDL', () => {
  const wsdl = readWsdlTypes(
    "export type Kind = 'A' | 'B';\nexport type Metadata = { fullName?: string; };\n" +
      'export type Thing = Metadata & { kind: Kind; parts: Part[]; isOpen?: boolean; size: number; };\n' +
      'export type Part = { name: string; };\nexport type CustomPermission = { isLicensed: boolean; };',
  );

  test('knows elements, lists and what is required, also from the types a type is made of', () => {
    const thing = wsdl.types.get('Thing');
    expect([...(thing?.keys() ?? [])]).toEqual(['fullName', 'kind', 'parts', 'isOpen', 'size']);
    expect(thing?.get('kind')).toEqual({ type: 'Kind', isList: false, isRequired: true });
    expect(thing?.get('parts')).toEqual({ type: 'Part', isList: true, isRequired: false });
    expect(thing?.get('isOpen')).toEqual({ type: 'boolean', isList: false, isRequired: false });
    expect(thing?.get('size')).toEqual({ type: 'number', isList: false, isRequired: true });
  });

  test('knows the words of an enumeration', () => {
    expect([...(wsdl.enums.get('Kind') ?? [])]).toEqual(['A', 'B']);
  });

  test('asks for nothing that Salesforce itself leaves out', () => {
    expect(wsdl.types.get('CustomPermission')?.get('isLicensed')?.isRequired).toBe(false);
  });
});
