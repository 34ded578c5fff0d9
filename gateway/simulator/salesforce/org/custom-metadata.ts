/** Records of custom metadata types, as the package ships them. */
import { basename } from 'node:path';
import { childrenOf, readMetadata, textOf } from './metadata-xml.ts';
import type { MetadataElement } from './metadata-xml.ts';

/** One record; values by field name without namespace. */
export interface CustomMetadataRecord {
  readonly type: string;
  readonly developerName: string;
  readonly label: string;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

function typedValue(value: MetadataElement): string | number | boolean | null {
  const text = value.text.trim();
  if (value.type.endsWith('boolean')) return text === 'true';
  if (value.type.endsWith('double') || value.type.endsWith('int')) return Number(text);
  return text === '' ? null : text;
}

function readValues(root: MetadataElement): Record<string, string | number | boolean | null> {
  const entries = childrenOf(root, 'values').map((row) => {
    const value = childrenOf(row, 'value')[0];
    return [textOf(row, 'field') ?? '', value === undefined ? null : typedValue(value)] as const;
  });
  return Object.fromEntries(entries);
}

/** An admin's edits: values by `Type.Record`. */
export type CustomMetadataEdits = Readonly<Record<string, CustomMetadataRecord['values']>>;

/** Reads every record (`customMetadata/Type.Record.md-meta.xml`) below the package's folder, with the edits applied. */
export function readCustomMetadata(packageFolder: string, edits: CustomMetadataEdits = {}): CustomMetadataRecord[] {
  return readMetadata(packageFolder, '**/customMetadata/*.md-meta.xml').map(({ path, root }) => {
    const [type = '', developerName = ''] = basename(path).split('.');
    return {
      type: `${type}__mdt`,
      developerName,
      label: textOf(root, 'label') ?? developerName,
      values: { ...readValues(root), ...edits[`${type}.${developerName}`] },
    };
  });
}
