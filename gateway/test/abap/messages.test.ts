/** What the pack says is what the contract says, and what the simulated SAP says in its place. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

/** Number and text of each message. */
type Texts = Readonly<Record<string, string>>;

function inPack(): Texts {
  const rows = read('../../abap/src/zgangway.msag.xml').matchAll(/<MSGNR>(\d+)<\/MSGNR>\s*<TEXT>(.*?)<\/TEXT>/g);
  return Object.fromEntries([...rows].map(([, number = '', text = '']) => [number, text.replaceAll('&amp;', '&')]));
}

function simulated(): Texts {
  const all = z
    .record(z.string(), z.object({ E: z.string() }))
    .parse(JSON.parse(read('../../simulator/sap/system/message-texts.json')));
  const ours = Object.entries(all).filter(([name]) => name.startsWith('ZGANGWAY '));
  return Object.fromEntries(ours.map(([name, { E }]) => [name.slice('ZGANGWAY '.length), E]));
}

/** The contract may explain a text in brackets behind it. */
function inContract(): Texts {
  const rows = read('../../../docs/sap-basis/abap-pack.md').matchAll(/^\| ZGANGWAY \| (\d+) +\| . +\| (.*?) *\|$/gm);
  return Object.fromEntries([...rows].map(([, number = '', text = '']) => [number, text]));
}

describe('the messages of the ABAP pack', () => {
  test('are those of the simulated SAP', () => {
    expect(inPack()).toEqual(simulated());
  });

  test('are those of the contract', () => {
    const pack = inPack();
    const contract = inContract();
    expect(Object.keys(contract)).toEqual(Object.keys(pack));
    for (const [number, text] of Object.entries(contract)) {
      expect(text.slice(0, pack[number]?.length)).toBe(pack[number]);
    }
  });
});
