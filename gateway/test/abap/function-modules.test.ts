/** The function modules are linted and never executed, so at least none of them forgets a parameter of its interface. */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packFolder } from './workplace.ts';

function read(file: string): string {
  return readFileSync(join(packFolder, 'src', file), 'utf8');
}

function values(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>(\\w+)</${element}>`, 'g'))].map(([, value = '']) => value);
}

const modules = read('zgangway.fugr.xml')
  .split('<item>')
  .slice(1)
  .map((item) => ({ name: values(item, 'FUNCNAME')[0] ?? '', parameters: [...new Set(values(item, 'PARAMETER'))] }));

test.each(modules)('$name uses every parameter it declares', ({ name, parameters }) => {
  const source = read(`zgangway.fugr.${name.toLowerCase()}.abap`);
  const code = source.replaceAll(/^\s*CLEAR\b.*$/gm, '');
  const used = new Set(code.match(/\w+/g));
  expect(parameters.length).toBeGreaterThan(0);
  expect(parameters.filter((parameter) => !used.has(parameter.toLowerCase()))).toEqual([]);
});
