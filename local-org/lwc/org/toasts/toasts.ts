/** Shows the toasts that components raise, and takes them away after a while. */
import { LightningElement } from 'lwc';

interface Toast {
  readonly id: number;
  readonly title: string;
  readonly message: string;
  readonly variant: string;
}

/** The platform's own time for a toast. */
const shownMs = 5000;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export default class Toasts extends LightningElement {
  toasts: readonly Toast[] = [];
  private lastId = 0;
  private readonly onToast = (event: Event): void => {
    if (event instanceof CustomEvent) this.show(event.detail as Record<string, unknown>);
  };

  connectedCallback(): void {
    document.addEventListener('lightning__showtoast', this.onToast);
  }

  disconnectedCallback(): void {
    document.removeEventListener('lightning__showtoast', this.onToast);
  }

  private show(detail: Record<string, unknown>): void {
    this.lastId += 1;
    const id = this.lastId;
    const variant = textOf(detail['variant']) || 'info';
    this.toasts = [...this.toasts, { id, variant, title: textOf(detail['title']), message: textOf(detail['message']) }];
    if (detail['mode'] !== 'sticky') setTimeout(() => this.remove(id), shownMs);
  }

  private remove(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  get items() {
    return this.toasts.map((toast) => ({
      ...toast,
      icon: `utility:${toast.variant}`,
      class: `slds-notify slds-notify_toast slds-theme_${toast.variant}`,
    }));
  }

  close(event: Event): void {
    const button = event.currentTarget;
    if (button instanceof HTMLElement) this.remove(Number(button.dataset['id']));
  }
}
