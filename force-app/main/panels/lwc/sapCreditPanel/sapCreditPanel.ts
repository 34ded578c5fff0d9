/** The credit panel of a record page: reads, refreshes, and hands down what is to be shown. */
import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { PanelReader, unread } from 'c/panelReader';
import type { PanelState } from 'c/panelReader';
import HEADING from '@salesforce/label/c.Credit_Title';

export default class SapCreditPanel extends LightningElement {
    readonly heading = HEADING;
    state: PanelState<Gangway.CreditBody> = unread;
    private readonly reader = new PanelReader<Gangway.CreditBody>({
        panel: 'credit',
        onChange: (state) => {
            this.state = state;
        },
    });
    private shownRecordId?: string | undefined;
    private refreshHandler?: number;

    @api get recordId(): string | undefined {
        return this.shownRecordId;
    }
    set recordId(recordId: string | undefined) {
        this.shownRecordId = recordId;
        if (this.isConnected && recordId) this.reader.open(recordId);
    }
    connectedCallback(): void {
        if (this.shownRecordId) this.reader.open(this.shownRecordId);
        this.refreshHandler = registerRefreshHandler(this, () => this.reader.refresh());
    }
    disconnectedCallback(): void {
        if (this.refreshHandler !== undefined) unregisterRefreshHandler(this.refreshHandler);
        this.reader.close();
    }
    get canSeeAmounts(): boolean {
        return this.state.view?.canSeeAmounts ?? false;
    }
    handleRefresh(): void {
        this.reader.refresh();
    }
}
