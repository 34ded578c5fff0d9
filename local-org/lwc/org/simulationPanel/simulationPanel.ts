/** A drawer for visitors: change something in the simulated SAP and see it arrive; make SAP fail and watch the page cope. */
import { LightningElement, api } from 'lwc';
import { callOrg } from 'platform/http';
import { appPagePath, followLink } from 'platform/router';
import { session } from 'platform/session';

interface Fault {
  id: string;
  label: string;
  description: string;
  isOn: boolean;
}

interface Act {
  id: string;
  label: string;
  description: string;
}

const isFailure = (thrown: unknown): thrown is { body: { message: string } } =>
  typeof (thrown as { body?: { message?: unknown } } | undefined)?.body?.message === 'string';

export default class SimulationPanel extends LightningElement {
  /** The record shown, whose customer is meant. */
  @api recordId: string | undefined;
  readonly syncPage = appPagePath('SAP_Sync');
  acts: Act[] = [];
  done = '';
  isOpen = false;
  faults: Fault[] = [];
  failure = '';
  readonly isAvailable = session.hasFaults;

  get expanded(): string {
    return String(this.isOpen);
  }

  get drawerClass(): string {
    return this.isOpen ? 'drawer' : 'slds-hide';
  }

  async toggle(): Promise<void> {
    this.isOpen = !this.isOpen;
    this.done = '';
    if (this.isOpen) await Promise.all([this.exchange('GET'), this.readActs()]);
  }

  get canAct(): boolean {
    return this.recordId !== undefined && this.acts.length > 0;
  }

  follow(event: MouseEvent): void {
    followLink(event);
  }

  private async readActs(): Promise<void> {
    this.acts = (await callOrg('/api/page/sap-acts')) as Act[];
  }

  async act(event: Event): Promise<void> {
    const button = event.currentTarget;
    const id = button instanceof HTMLElement ? button.dataset['act'] : undefined;
    if (id === undefined) return;
    this.done = '';
    try {
      await callOrg('/api/page/sap-acts', { method: 'POST', body: { act: id, recordId: this.recordId } });
      this.done = 'Done in SAP. Nothing to press here: it arrives by itself.';
      this.failure = '';
    } catch (thrown) {
      this.failure = isFailure(thrown) ? thrown.body.message : 'The simulated SAP does not answer.';
    }
  }

  async change(event: Event): Promise<void> {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    await this.exchange('POST', { id: input.dataset['id'], isOn: input.checked });
  }

  private async exchange(method: string, body?: unknown): Promise<void> {
    try {
      this.faults = (await callOrg('/api/page/faults', body === undefined ? { method } : { method, body })) as Fault[];
      this.failure = '';
    } catch {
      this.failure = 'The simulated SAP does not answer.';
    }
  }
}
