/** Draws icons from the design system's sprites; the base components' own 3,500 icon templates would be most of the bundle. */
import { LightningElement, api } from 'lwc';

const sizes = ['xx-small', 'x-small', 'small', 'large'];
const textClass: Record<string, string> = {
  error: 'slds-icon-text-error',
  warning: 'slds-icon-text-warning',
  success: 'slds-icon-text-success',
};

export default class PrimitiveIcon extends LightningElement {
  static validationOptOut = ['class'];
  @api src: string | undefined;
  @api svgClass: string | undefined;
  @api iconName: string | undefined;
  @api size: string | undefined = 'medium';
  @api variant: string | undefined = '';

  get name(): string | undefined {
    return /^\w+:(\w+)$/.exec(this.iconName ?? '')?.[1];
  }

  get href(): string {
    const [set, name] = (this.iconName ?? '').split(':');
    if (this.src) return this.src;
    return set && name ? `/assets/icons/${set}-sprite/svg/symbols.svg#${name}` : '';
  }

  get classes(): string {
    const variant = this.variant ?? '';
    const isPlain = variant === 'inverse' || variant === 'bare' || Boolean(this.src);
    return [
      this.svgClass,
      variant === 'bare' ? '' : 'slds-icon',
      textClass[variant] ?? (isPlain ? '' : 'slds-icon-text-default'),
      sizes.includes(this.size ?? '') ? `slds-icon_${this.size}` : '',
    ]
      .filter(Boolean)
      .join(' ');
  }
}
