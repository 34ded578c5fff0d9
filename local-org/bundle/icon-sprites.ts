/**
 * The design system's icon sprites, cut down to the icons the page uses. A whole sprite is half a megabyte of SVG that
 * the browser parses again whenever a page needs a new icon; that alone took longer than asking SAP.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageFolder } from './component-folders.ts';

const iconSets = ['action', 'custom', 'doctype', 'standard', 'utility'] as const;

/** Icons whose names come from the org at run time: those of the objects. */
const objectIcons = [
  'standard:account',
  'standard:case',
  'standard:contact',
  'standard:opportunity',
  'standard:outcome',
  'standard:record',
];

/** Toast variants become icon names at run time too. */
const toastIcons = ['utility:error', 'utility:info', 'utility:success', 'utility:warning'];

/** Every name in the script that can be an icon's: `utility:close`. */
const namesIn = (script: string): Set<string> =>
  new Set([
    ...objectIcons,
    ...toastIcons,
    ...(script.match(/\b(?:action|custom|doctype|standard|utility):\w+/g) ?? []),
  ]);

/** The sprite with only the wanted symbols. */
function cutDown(sprite: string, set: string, wanted: ReadonlySet<string>): string {
  return sprite.replace(/<symbol\b[^>]*\bid="(\w+)"[^>]*>.*?<\/symbol>/gs, (symbol, id: string) =>
    wanted.has(`${set}:${id}`) ? symbol : '',
  );
}

/** Writes the sprites below `target`, with the icons that the script there names. */
export async function writeIconSprites(target: string): Promise<void> {
  const wanted = namesIn(await readFile(join(target, 'page.js'), 'utf8'));
  for (const set of iconSets) {
    const path = `icons/${set}-sprite/svg/symbols.svg`;
    const sprite = await readFile(join(packageFolder('@salesforce-ux/design-system'), 'assets', path), 'utf8');
    const file = join(target, 'assets', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, cutDown(sprite, set, wanted));
  }
}
