/** DEBMAS: the customer master. */
import { customerChanges } from '../customer-changes.ts';
import { rootsOf } from '../segment-tree.ts';
import type { SegmentNode } from '../segment-tree.ts';
import type { Message } from './message.ts';

export const debmas: Message = {
  names: ['DEBMAS'],
  basicTypes: ['DEBMAS01', 'DEBMAS02', 'DEBMAS03', 'DEBMAS04', 'DEBMAS05', 'DEBMAS06', 'DEBMAS07'],
  isMaster: true,
  root: 'E1KNA1M',
  // No customer is without them.
  always: [
    ['E1KNA1M', 'NAME1'],
    ['E1KNA1M', 'LAND1'],
  ],
  segments: ['E1KNA1M', 'E1KNVVM', 'E1KNVPM', 'E1KNVKM', 'E1KNKKM'],
  translate: (tree, translation) =>
    rootsOf(tree, 'E1KNA1M').flatMap((general) => customerChanges(customerOf(general), translation)),
};

function customerOf(general: SegmentNode): Parameters<typeof customerChanges>[0] {
  return {
    general,
    areas: general.all('E1KNVVM').map((area) => ({ area, partners: area.all('E1KNVPM') })),
    contacts: general.all('E1KNVKM'),
    credit: general.all('E1KNKKM'),
  };
}
