/** Records of custom metadata as rows, so that queries find them like everything else. */
import { storedInstant } from './check-record.ts';
import type { CustomMetadataRecord } from './custom-metadata.ts';
import { recordId } from './record-id.ts';
import type { RecordStore } from './record-store.ts';

/** What the rows depend on besides the records. */
export interface MetadataSetting {
  readonly named: (name: string) => string;
  readonly namespace: string | undefined;
  readonly now: number;
}

/** Puts the records into the store; a record of a type without definition is nobody's. */
export function storeMetadata(
  store: RecordStore,
  records: readonly CustomMetadataRecord[],
  setting: MetadataSetting,
): void {
  const prefix = setting.namespace === undefined ? '' : `${setting.namespace}__`;
  for (const [index, { type, developerName, label, values }] of records.entries()) {
    const object = store.objects.find(({ name }) => name === setting.named(type));
    if (object === undefined) continue;
    const id = recordId(object.keyPrefix, index + 1);
    const own = Object.entries(values).map(([name, value]) => [setting.named(name), value] as const);
    store.replace(object, id, {
      Id: id,
      DeveloperName: developerName,
      MasterLabel: label,
      Label: label,
      Language: 'en_US',
      NamespacePrefix: setting.namespace ?? null,
      QualifiedApiName: prefix + developerName,
      SystemModstamp: storedInstant(setting.now),
      ...Object.fromEntries(own),
    });
  }
}
