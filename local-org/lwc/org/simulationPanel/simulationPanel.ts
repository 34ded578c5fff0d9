/** A drawer for visitors: switch the simulated SAP's faults on and off and watch the page cope. */
import { LightningElement } from 'lwc';
import { callOrg } from 'platform/http';
import { session } from 'platform/session';

interface Fault {
  id: string;
  label: string;
  description: string;
  isOn: boolean;
}

export default class SimulationPanel extends LightningElement {
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
    if (this.isOpen) await this.exchange('GET');
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
