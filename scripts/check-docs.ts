/** Checks the documents: every link leads somewhere, and the reference pages say what the program does. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { conclude, lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import { referencePages } from './generate-reference.ts';
import { projectRoot, readFiles } from './project.ts';
import type { SourceFile } from './project.ts';

/** Links within the project that lead nowhere; addresses elsewhere are not asked for. */
export function findDeadLinks(pages: readonly SourceFile[], exists: (path: string) => boolean): readonly Finding[] {
  const anchors = new Map(pages.map((page) => [page.path, anchorsOf(page.text)]));
  return pages.flatMap((page) =>
    linksOf(page.text).flatMap(({ target, position }) => {
      const problem = linkProblem(page.path, target, anchors, exists);
      return problem === undefined ? [] : [{ path: page.path, line: lineAt(page.text, position), message: problem }];
    }),
  );
}

/** Pages that differ from what would be generated now. */
export function findDrift(expected: readonly SourceFile[], actual: readonly SourceFile[]): readonly Finding[] {
  const texts = new Map(actual.map((page) => [page.path, page.text]));
  return expected
    .filter((page) => texts.get(page.path) !== page.text)
    .map((page) => ({ path: page.path, message: 'is not what the program does any more: `npm run reference`' }));
}

function linkProblem(
  from: string,
  target: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  exists: (path: string) => boolean,
): string | undefined {
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(target)) return undefined;
  const [file = '', anchor] = target.split('#', 2);
  const path = file === '' ? from : normalize(join(dirname(from), decodeURI(file)));
  if (path.startsWith('..')) return `${target} leads out of the project`;
  if (!exists(path)) return `${target} leads nowhere`;
  const known = anchors.get(path);
  return anchor === undefined || known === undefined || known.has(anchor)
    ? undefined
    : `${path} has no heading #${anchor}`;
}

interface Link {
  readonly target: string;
  readonly position: number;
}

function linksOf(text: string): readonly Link[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  const images = [...prose.matchAll(/<(?:img|a)\b[^>]*?\b(?:src|href)="([^"]+)"/g)];
  return [...inline, ...named, ...images].map((match) => ({ target: match[1] ?? '', position: match.index }));
}

/** Headings as the usual renderers name them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...withoutCode(text, false).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => match[1] ?? '');
  const seen = new Map<string, number>();
  const slugs = headings.map((heading) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  const explicit = [...text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map((match) => match[1] ?? '');
  return new Set([...slugs, ...explicit]);
}

/** What looks like a link inside code is none; every character keeps its place. */
function withoutCode(text: string, inline = true): string {
  const blank = (code: string): string => code.replace(/[^\n]/g, ' ');
  const prose = text.replace(/^ {0,3}(```+|~~~+)[\s\S]*?^ {0,3}\1[^\n]*$/gm, blank);
  return inline ? prose.replace(/(`+)[^`\n]+\1/g, blank) : prose;
}

if (import.meta.main) {
  const pages = readFiles(/\.md$/);
  const expected = referencePages();
  const findings = [
    ...findDeadLinks(pages, (path) => existsSync(join(projectRoot, path))),
    ...findDrift(expected, pages),
  ];
  conclude(findings, `${pages.length} pages: links alive, reference true`);
}
