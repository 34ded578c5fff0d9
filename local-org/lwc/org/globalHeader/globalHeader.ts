/** The bars on top: app, its tabs, and who is logged on. */
import { LightningElement, api } from 'lwc';
import { callOrg } from 'platform/http';
import { appPages } from 'generated/pages';
import { appPagePath, followLink, listPath } from 'platform/router';
import { session } from 'platform/session';

const tabs = [
  { object: 'Account', label: 'Accounts' },
  { object: 'Opportunity', label: 'Opportunities' },
  { object: 'Case', label: 'Cases' },
];

/** Custom permission of those who see the package's app pages. */
const pagePermission = 'Manage_SAP_Queue';

export default class GlobalHeader extends LightningElement {
  @api object = '';
  @api pageName: string | undefined;
  session = session;
  isUserMenuOpen = false;

  get tabs() {
    // An app page is for whoever has its tab; in the package that is who may decide about held changes.
    const pages = session.customPermissions.includes(pagePermission) ? appPages : [];
    const all = [
      ...tabs.map(({ object, label }) => ({ key: object, label, href: listPath(object) })),
      ...pages.map(({ name, label }) => ({ key: name, label, href: appPagePath(name) })),
    ];
    return all.map((tab) => {
      const isCurrent = tab.key === (this.pageName ?? this.object);
      return {
        ...tab,
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
