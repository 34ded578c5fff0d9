/** The XML reader against saxes: whatever one accepts the other accepts, with the same events. */
import { describe, expect, test } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { XmlScanner } from '../../../../src/sap/drivers/soap/xml-scanner.ts';
import { seeded } from '../../fakes/seeded.ts';

type Event = readonly ['open' | 'text', string] | readonly ['close'];

/** Joins neighbouring texts: how a text is cut is nobody's business. */
function joined(events: readonly Event[]): Event[] {
  const result: Event[] = [];
  for (const event of events) {
    const last = result.at(-1);
    if (event[0] === 'text' && last?.[0] === 'text') result[result.length - 1] = ['text', last[1] + event[1]];
    else result.push(event);
  }
  return result.filter((event) => event[0] !== 'text' || event[1] !== '');
}

function ours(pieces: readonly string[]): Event[] | 'refused' {
  const events: Event[] = [];
  const scanner = new XmlScanner({
    open: (name) => events.push(['open', name]),
    text: (value) => events.push(['text', value]),
    close: () => events.push(['close']),
  });
  try {
    for (const piece of pieces) scanner.write(piece);
    scanner.end();
    return joined(events);
  } catch {
    return 'refused';
  }
}

function theirs(document: string): Event[] | 'refused' {
  const events: Event[] = [];
  const parser = new SaxesParser();
  let depth = 0;
  let isRefused = false;
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('error', () => (isRefused = true));
  // What XML allows and SOAP forbids.
  parser.on('doctype', () => (isRefused = true));
  parser.on('processinginstruction', () => (isRefused = true));
  parser.on('opentag', (tag) => {
    depth += 1;
    events.push(['open', local(tag.name)]);
  });
  parser.on('closetag', () => {
    depth -= 1;
    events.push(['close']);
  });
  const text = (value: string): void => {
    if (depth > 0) events.push(['text', value]);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  try {
    parser.write(document).close();
  } catch {
    isRefused = true;
  }
  return isRefused ? 'refused' : joined(events);
}

const fragments = [
  '<a>',
  '</a>',
  '<b:c>',
  '</b:c>',
  '<d/>',
  '<e x="1"/>',
  '<f y=\'>\' z="&amp;">',
  '</f>',
  '</f >',
  '<g\n>',
  '</g>',
  'text',
  ' ',
  '&amp;',
  '&#65;',
  '&#x1F600;',
  '&lt;',
  '&nbsp;',
  '&#0;',
  '&#xD800;',
  '&',
  ';',
  '<![CDATA[<x>&]]>',
  '<!-- c -->',
  '<!-- -- -->',
  ']]>',
  ']]',
  '>',
  '<',
  '"',
  '<!DOCTYPE a>',
  '<?pi?>',
  '<h x="1" x="2"/>',
  '<i x=1/>',
  '<1/>',
  '<j x="<"/>',
  'ü',
  '😀',
  '\r\n',
  '\r',
  '\t',
  '\u0001',
  '\uffff',
  '<?xml version="1.0"?>',
];

describe('XML reader', () => {
  test('agrees with saxes on thousands of random documents, cut anywhere', () => {
    const random = seeded(20260131);
    let accepted = 0;
    for (let round = 0; round < 3_000; round += 1) {
      const length = random.upTo(12);
      const inner = Array.from({ length }, () =>
        random.pick(round % 2 === 0 ? fragments.slice(0, 18) : fragments),
      ).join('');
      const document = random.pick([
        `<r>${inner}</r>`,
        `<r>${inner}</r>`,
        inner,
        `<?xml version="1.0" encoding="utf-8"?>\n<r>${inner}</r>\n`,
      ]);
      const expected = theirs(document);
      if (expected !== 'refused') accepted += 1;
      expect([document, ours(random.cut(document))]).toEqual([document, expected]);
    }
    // The comparison means nothing if nearly everything is refused.
    expect(accepted).toBeGreaterThan(150);
  });

  test.each([
    ['an empty document', ''],
    ['a document of blanks', '  \n'],
    ['UTF-16', '<?xml version="1.0" encoding="utf-16"?><a/>'],
    ['an internal entity', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['a stylesheet', '<?xml-stylesheet href="x"?><a/>'],
    ['an XML declaration in the middle', '<a><?xml version="1.0"?></a>'],
    ['depth beyond any SOAP answer', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`],
    ['a tag that never ends', `<a ${'x'.repeat(2_000_000)}`],
  ])('refuses %s', (_what, document) => {
    expect(ours([document])).toBe('refused');
  });

  test('a hostile number of different tags does not fill memory, and is still read right', () => {
    const document = `<r>${Array.from({ length: 10_000 }, (_, index) => `<t${index}>x</t${index}>`).join('')}</r>`;
    expect(ours([document])).toHaveLength(30_002);
  });
});
