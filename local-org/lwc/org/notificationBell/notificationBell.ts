/** The bell: custom notifications of who is logged on, how many are new, and where each leads. */
import { LightningElement } from 'lwc';
import { callOrg } from 'platform/http';
import { lookAgain } from 'platform/look-again';
import { followLink, recordPath } from 'platform/router';
import { session } from 'platform/session';

interface Notice {
  readonly title: string;
  readonly body: string;
  readonly targetId: string;
  readonly at: string;
}

/** An org pushes them; looking often enough feels the same. */
const everyMs = 2_000;
/** The org keeps more; nobody reads further down. */
const maxShown = 20;
/** How many this person has seen already, kept over loads of the page. */
const seenKey = `gangway.notices.${session.user.id}`;
const timeText = new Intl.DateTimeFormat('en', { timeStyle: 'short' });

export default class NotificationBell extends LightningElement {
  notices: readonly Notice[] = [];
  isOpen = false;
  seen = sessionStorage.getItem(seenKey) ?? '';
  private stopLooking: (() => void) | undefined;
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.isOpen) return;
    this.isOpen = false;
    const bell = this.refs?.['bell'];
    if (bell instanceof HTMLElement) bell.focus();
  };

  connectedCallback(): void {
    this.stopLooking = lookAgain(everyMs, () => this.look());
    document.addEventListener('keydown', this.onKey);
  }

  disconnectedCallback(): void {
    this.stopLooking?.();
    document.removeEventListener('keydown', this.onKey);
  }

  private async look(): Promise<void> {
    const notices = (await callOrg('/api/page/notifications')) as Notice[];
    if (notices.length === this.notices.length && notices[0]?.at === this.notices[0]?.at) return;
    this.notices = notices;
    if (this.isOpen) this.markSeen();
  }

  private markSeen(): void {
    this.seen = this.notices[0]?.at ?? this.seen;
    sessionStorage.setItem(seenKey, this.seen);
  }

  toggle(): void {
    this.isOpen = !this.isOpen;
    if (this.isOpen) this.markSeen();
  }

  follow(event: MouseEvent): void {
    this.isOpen = false;
    followLink(event);
  }

  get newOnes(): readonly Notice[] {
    return this.notices.filter(({ at }) => at > this.seen);
  }
  get count(): number {
    return this.newOnes.length;
  }
  get hasNew(): boolean {
    return this.count > 0;
  }
  get label(): string {
    return this.hasNew ? `Notifications, ${this.count} new` : 'Notifications';
  }
  /** Spoken once, when it comes. */
  get spoken(): string {
    const [newest] = this.newOnes;
    return newest === undefined ? '' : `${newest.title}. ${newest.body}`;
  }
  get expanded(): string {
    return String(this.isOpen);
  }
  get listClass(): string {
    return this.isOpen ? 'list' : 'slds-hide';
  }
  get isEmpty(): boolean {
    return this.notices.length === 0;
  }
  get items() {
    return this.notices.slice(0, maxShown).map((notice, index) => ({
      ...notice,
      key: `${notice.at} ${index}`,
      href: recordPath('Account', notice.targetId),
      time: timeText.format(new Date(notice.at)),
    }));
  }
}
