/** Answers as bytes: the same as JSON.stringify gives, in pieces where the list is long. */
import { describe, expect, it } from '@jest/globals';
import { toJsonBytes } from '../../src/agent/json-bytes.ts';

const rows = (count: number): object[] =>
  Array.from({ length: count }, (_unused, index) => ({ index, text: `Lumière "${index}" 桜\n`, none: undefined }));

async function write(body: unknown): Promise<{ text: string; pauses: number }> {
  let pauses = 0;
  const bytes = await toJsonBytes(body, () => {
    pauses += 1;
    return Promise.resolve();
  });
  return { text: bytes.toString('utf8'), pauses };
}

describe('an answer', () => {
  it.each([
    ['a short one', { rows: rows(100), next: null }, 0],
    ['one long list', { rows: rows(101), next: 'abc' }, 2],
    ['a long list alone', { rows: rows(250) }, 3],
    ['a long list last', { customer: { number: '1' }, none: undefined, rows: rows(200) }, 2],
    ['two long lists and names that need quotes', { 'a "b"': rows(150), rest: [], more: rows(300) }, 5],
    ['a list with holes', { rows: [...rows(120), undefined, null, 1] }, 2],
    ['a list at the top', rows(500), 0],
    ['null', null, 0],
    ['text', 'x', 0],
  ])('that is %s is what JSON.stringify would write', async (_what, body, pauses) => {
    expect(await write(body)).toEqual({ text: JSON.stringify(body), pauses });
  });
});
