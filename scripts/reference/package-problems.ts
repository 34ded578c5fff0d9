/** Reads the failures that the Salesforce package itself raises: codes from its Apex, sentences from its labels. */
import type { SourceFile } from '../project.ts';

export interface PackageProblem {
  readonly code: string;
  readonly disposition: string;
  readonly message: string;
  readonly advice: string;
}

/** Every code of the enum, in its order; throws when a code has no entry or an entry names no label. */
export function packageProblems(apex: string, labelFiles: readonly SourceFile[]): readonly PackageProblem[] {
  const labels = readLabels(labelFiles);
  const entries = new Map(
    [...apex.matchAll(/Code\.(\w+)\s*=>\s*new Entry\(\s*'(\w+)'\s*,\s*Label\.(\w+)\s*,\s*Label\.(\w+)\s*\)/g)].map(
      ([, code = '', disposition = '', message = '', advice = '']) => [code, { disposition, message, advice }],
    ),
  );
  return codesOf(apex).map((code) => {
    const entry = entries.get(code);
    if (entry === undefined) throw new Error(`${code} has no entry in the catalogue of the package`);
    const sentence = (label: string): string => {
      const text = labels.get(label);
      if (text === undefined) throw new Error(`${code} names the label ${label}, which is in no label file`);
      return text;
    };
    return {
      code,
      disposition: entry.disposition,
      message: sentence(entry.message).replace(/\{\d\}/g, '…'),
      advice: sentence(entry.advice),
    };
  });
}

function codesOf(apex: string): readonly string[] {
  const list = /enum Code\s*\{([^}]*)\}/.exec(apex)?.[1] ?? '';
  const codes = list.split(',').map((code) => code.trim());
  return codes.filter((code) => code !== '');
}

function readLabels(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const blocks = files.flatMap(({ text }) => [...text.matchAll(/<labels>([\s\S]*?)<\/labels>/g)]);
  return new Map(blocks.map(([, block = '']) => [element(block, 'fullName'), element(block, 'value')]));
}

function element(block: string, name: string): string {
  const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(block)?.[1] ?? '';
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
