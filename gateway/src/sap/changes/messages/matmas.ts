/** MATMAS: the material master. */
import { materialChanges } from '../material-changes.ts';
import { rootsOf } from '../segment-tree.ts';
import type { Message } from './message.ts';

export const matmas: Message = {
  names: ['MATMAS'],
  basicTypes: ['MATMAS01', 'MATMAS02', 'MATMAS03', 'MATMAS04', 'MATMAS05'],
  isMaster: true,
  root: 'E1MARAM',
  // No material is without its base unit.
  always: [['E1MARAM', 'MEINS']],
  segments: ['E1MARAM', 'E1MAKTM'],
  translate: (tree, translation) =>
    rootsOf(tree, 'E1MARAM').flatMap((general) =>
      materialChanges({ general, texts: general.all('E1MAKTM') }, translation),
    ),
};
