/** What the bundle generates from the package's metadata. */
declare module 'generated/pages' {
  /** One component on a record page. */
  export interface PlacedComponent {
    readonly component: string;
    readonly properties: Readonly<Record<string, string>>;
    /** The custom permission it needs. */
    readonly visibleWith: string | null;
  }
  interface RecordPage {
    readonly object: string;
    readonly template: string;
    readonly regions: Readonly<Record<string, readonly PlacedComponent[]>>;
  }
  interface AppPage {
    readonly name: string;
    readonly label: string;
    readonly regions: Readonly<Record<string, readonly PlacedComponent[]>>;
  }
  interface QuickAction {
    readonly object: string;
    readonly name: string;
    readonly label: string;
    readonly component: string;
  }
  /** Component classes by name. */
  export const components: Readonly<Record<string, unknown>>;
  export const pages: readonly RecordPage[];
  export const appPages: readonly AppPage[];
  export const quickActions: readonly QuickAction[];
}
