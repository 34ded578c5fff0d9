/** Every block of the customer: what it stops, where, why, and who can lift it. */
import { LightningElement, api } from 'lwc';
import { codedWords, fill } from 'c/sapFormat';
import { scopeWords } from 'c/sapWords';
import HEADING from '@salesforce/label/c.Block_Heading';
import NONE from '@salesforce/label/c.Block_None';
import REASON from '@salesforce/label/c.Block_Reason';
import LIFTED_BY from '@salesforce/label/c.Block_Lifted_By';
import KIND_ORDER from '@salesforce/label/c.Block_Kind_Order';
import KIND_DELIVERY from '@salesforce/label/c.Block_Kind_Delivery';
import KIND_BILLING from '@salesforce/label/c.Block_Kind_Billing';
import KIND_CREDIT from '@salesforce/label/c.Block_Kind_Credit';
import KIND_POSTING from '@salesforce/label/c.Block_Kind_Posting';
import KIND_DELETION from '@salesforce/label/c.Block_Kind_Deletion';
import KIND_SALES_SUPPORT from '@salesforce/label/c.Block_Kind_Sales_Support';
import BY_CREDIT from '@salesforce/label/c.Role_Credit_Management';
import BY_ORDERS from '@salesforce/label/c.Role_Order_Management';
import BY_SHIPPING from '@salesforce/label/c.Role_Shipping';
import BY_BILLING from '@salesforce/label/c.Role_Billing';
import BY_RECEIVABLES from '@salesforce/label/c.Role_Accounts_Receivable';
import BY_MASTER_DATA from '@salesforce/label/c.Role_Master_Data';

const kindWords: Readonly<Record<Gangway.Block['kind'], string>> = {
    order: KIND_ORDER,
    delivery: KIND_DELIVERY,
    billing: KIND_BILLING,
    credit: KIND_CREDIT,
    posting: KIND_POSTING,
    deletion: KIND_DELETION,
    'sales-support': KIND_SALES_SUPPORT,
};

const roleWords: Readonly<Record<Gangway.Block['liftedBy'], string>> = {
    'credit-management': BY_CREDIT,
    'order-management': BY_ORDERS,
    shipping: BY_SHIPPING,
    billing: BY_BILLING,
    'accounts-receivable': BY_RECEIVABLES,
    'master-data': BY_MASTER_DATA,
};

/** SAP marks some blocks with a mere `X`, which is no reason. */
const reasonWords = (reason: Gangway.CodedText): string =>
    !reason.text && (reason.code === '' || reason.code === 'X') ? '' : fill(REASON, codedWords(reason));

export default class BlockList extends LightningElement {
    @api blocks: readonly Gangway.Block[] = [];
    readonly labels = { heading: HEADING, none: NONE };

    get hasBlocks(): boolean {
        return this.blocks.length > 0;
    }
    get rows(): { key: string; kind: string; scope: string; reason: string; liftedBy: string }[] {
        return this.blocks.map((block, index) => ({
            key: String(index),
            kind: kindWords[block.kind],
            scope: scopeWords(block.scope),
            reason: reasonWords(block.reason),
            liftedBy: fill(LIFTED_BY, roleWords[block.liftedBy]),
        }));
    }
}
