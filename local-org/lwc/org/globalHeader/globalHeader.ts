/** The bars on top: app, its tabs, and who is logged on. */
import { LightningElement, api } from 'lwc';
import { callOrg } from 'platform/http';
import { followLink, listPath } from 'platform/router';
import { session } from 'platform/session';

const tabs = [
  { object: 'Account', label: 'Accounts' },
  { object: 'Opportunity', label: 'Opportunities' },
  { object: 'Case', label: 'Cases' },
];

export default class GlobalHeader extends LightningElement {
  @api object = '';
  session = session;
  isUserMenuOpen = false;

  get tabs() {
    return tabs.map((tab) => {
      const isCurrent = tab.object === this.object;
      return {
        ...tab,
        href: listPath(tab.object),
        current: isCurrent ? 'page' : undefined,
        itemClass: `slds-context-bar__item${isCurrent ? ' slds-is-active' : ''}`,
      };
    });
  }

  get users() {
    return session.users.map((user) => ({ ...user, isChecked: user.id === session.user.id }));
  }

  skip(): void {
    this.dispatchEvent(new CustomEvent('skip'));
  }

  follow(event: MouseEvent): void {
    followLink(event);
  }

  /** Logging on as somebody else is a new session, so the page is loaded again. */
  async logOn(event: CustomEvent<{ value: string }>): Promise<void> {
    await callOrg('/api/session', { method: 'POST', body: { userId: event.detail.value } });
    location.reload();
  }
}
