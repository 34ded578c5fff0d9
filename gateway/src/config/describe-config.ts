/** The schema as a list of settings: for the reference page, the environment, and everything that walks the tree. */
import { z } from 'zod';
import { configuration } from './schema.ts';

export interface SettingDescription {
  /** `relay.listen.port`; `[]` stands for each entry of a list, as in `relay.orgs[].id`. */
  readonly path: string;
  /** Undefined for sections, and inside lists of sections, which only the file can hold. */
  readonly environment: string | undefined;
  readonly type:
    | 'text'
    | 'number'
    | 'choice'
    | 'list'
    | 'section'
    | 'sections'
    | 'file'
    | 'secret-file'
    | 'own-file'
    | 'address'
    | 'proxy';
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  /** As it would be written in the file. */
  readonly defaultText: string | undefined;
  readonly limits: string | undefined;
  readonly description: string;
}

/** The parts of JSON Schema that the schema's own export uses; checked, because it comes from another library. */
export interface Node {
  readonly type?: string | undefined;
  readonly kind?: string | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly enum?: readonly string[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Node | undefined;
}
const node: z.ZodType<Node> = z.object({
  type: z.string().optional(),
  kind: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  properties: z
    .record(
      z.string(),
      z.lazy((): z.ZodType<Node> => node),
    )
    .optional(),
  required: z.array(z.string()).optional(),
  items: z.lazy((): z.ZodType<Node> => node).optional(),
});

/** The tree of settings. */
export const settingsTree: Node = node.parse(z.toJSONSchema(configuration, { io: 'input', unrepresentable: 'any' }));

/** Every setting, in the order of the schema. */
export function describeConfig(): readonly SettingDescription[] {
  return describeSection(settingsTree, '', true);
}

function describeSection(section: Node, prefix: string, isOutsideLists: boolean): readonly SettingDescription[] {
  return Object.entries(section.properties ?? {}).flatMap(([name, child]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const own = describeSetting(child, path, section.required?.includes(name) ?? false, isOutsideLists);
    if (child.properties !== undefined) {
      const inner = describeSection(child, path, isOutsideLists);
      return canBeLeftOut(child, own) && prefix !== '' ? [own, ...inner] : inner;
    }
    return child.items?.properties === undefined ? [own] : [own, ...describeSection(child.items, `${path}[]`, false)];
  });
}

/** A section that means something by being there, such as TLS; its own required settings are required only then. */
const canBeLeftOut = (section: Node, { isRequired }: SettingDescription): boolean =>
  !isRequired && section.default === undefined;

function describeSetting(
  setting: Node,
  path: string,
  isRequired: boolean,
  isOutsideLists: boolean,
): SettingDescription {
  const type = typeOf(setting);
  return {
    path,
    environment: isOutsideLists && !type.startsWith('section') ? environmentName(path) : undefined,
    type,
    choices: setting.type === 'boolean' ? ['true', 'false'] : (setting.enum ?? []),
    isRequired,
    defaultText: setting.default === undefined ? undefined : defaultText(setting.default),
    limits: type === 'number' ? `${setting.minimum ?? ''} to ${setting.maximum ?? ''}` : undefined,
    description: setting.description ?? '',
  };
}

const defaultText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function typeOf(setting: Node): SettingDescription['type'] {
  if (setting.type === 'array') return setting.items?.properties === undefined ? 'list' : 'sections';
  if (setting.properties !== undefined) return 'section';
  if (setting.type === 'integer') return 'number';
  if (setting.enum !== undefined || setting.type === 'boolean') return 'choice';
  switch (setting.kind) {
    case 'file':
    case 'secret-file':
    case 'own-file':
    case 'address':
    case 'proxy':
      return setting.kind;
    default:
      return 'text';
  }
}

/** `relay.listen.port` is GANGWAY_RELAY_LISTEN_PORT, `relay.publicUrl` GANGWAY_RELAY_PUBLIC_URL. */
export function environmentName(path: string): string {
  return `GANGWAY_${path
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
}
