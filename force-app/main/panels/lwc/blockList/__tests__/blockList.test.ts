import BlockList from 'c/blockList';
import { all, clearPage, mount, words } from 'test/page';
import overdrawn from '../../creditSummary/__tests__/data/credit.shared-and-overdrawn.json';

afterEach(clearPage);

describe('c-block-list', () => {
    it('names kind, scope, reason and who can lift it, and leaves out a reason that is none', async () => {
        const element = mount('c-block-list', BlockList, { blocks: overdrawn.blocks });
        expect(all(element, 'li').map(words)).toEqual([
            'Order block all areas Reason: All sales areas (01) Can be lifted by order management.',
            'Posting block Company code 1000 Can be lifted by accounts receivable.',
            'Blocked by credit management Credit control area 1000 Can be lifted by credit management.',
            'Billing block Sales area 1000 / 10 / 00 Reason: Price incorrect (07) Can be lifted by billing.',
        ]);
        await expect(element).toBeAccessible();
    });
    it('has words for every kind and every role', () => {
        const kinds = ['order', 'delivery', 'billing', 'credit', 'posting', 'deletion', 'sales-support'];
        const roles = [
            'credit-management',
            'order-management',
            'shipping',
            'billing',
            'accounts-receivable',
            'master-data',
        ];
        const block = { scope: { level: 'central' }, reason: { code: '', text: null } };
        const blocks = [
            ...kinds.map((kind) => ({ ...block, kind, liftedBy: 'shipping' })),
            ...roles.map((liftedBy) => ({ ...block, kind: 'order', liftedBy })),
        ];
        const text = words(mount('c-block-list', BlockList, { blocks }));
        expect(text).not.toMatch(/undefined|c\.[A-Z]/);
    });
    it('says that there are none', async () => {
        const element = mount('c-block-list', BlockList, { blocks: [] });
        expect(words(element)).toContain('No blocks in SAP');
        await expect(element).toBeAccessible();
    });
});
