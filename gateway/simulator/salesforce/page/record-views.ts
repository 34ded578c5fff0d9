/** Records as the page shows them: lists, highlights, details, each with only what the user may see. */
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { layoutOf } from './layouts.ts';

/** One field as a person reads it. */
export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly link: { readonly object: string; readonly recordId: string } | null;
}

const dateText = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const instantText = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const numberText = new Intl.NumberFormat('en-GB');

/** A value as a person reads it. */
export function displayValue(org: Org, field: FieldDefinition, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field.referenceTo !== null) return nameOf(org, field.referenceTo, String(value));
  switch (field.type) {
    case 'Checkbox':
      return value === true ? 'Yes' : 'No';
    case 'Date':
      return dateText.format(new Date(String(value)));
    case 'DateTime':
      return instantText.format(new Date(String(value)));
    case 'Number':
    case 'Currency':
      return numberText.format(Number(value));
    default:
      return field.picklistLabels.get(String(value)) ?? String(value);
  }
}

function nameOf(org: Org, object: string, id: string): string {
  const row = org.store.find(object, id);
  return row === undefined ? 'Automated Process' : String(row[layoutOf(org, object).nameField] ?? row['Name'] ?? '');
}

/** One field, or none where the user may not see it. */
export function fieldView(org: Org, user: OrgUser, object: ObjectDefinition, row: Row, name: string): FieldView[] {
  const field = object.fields.get(org.named(name).toLowerCase());
  if (field === undefined || !org.canReadField(user, object.name, field)) return [];
  const value = row[field.name] ?? null;
  const text = displayValue(org, field, value);
  const target =
    field.referenceTo === null || value === null ? undefined : org.store.find(field.referenceTo, String(value));
  const isVisible =
    target !== undefined && field.referenceTo !== 'User' && org.canReadRow(user, field.referenceTo ?? '', target);
  const link = isVisible ? { object: field.referenceTo ?? '', recordId: String(value) } : null;
  return [{ name: field.name, label: field.label, text, link }];
}

/** A record the user may see; whatever else is there does not exist for the user. */
export function visibleRow(org: Org, user: OrgUser, id: string): { object: ObjectDefinition; row: Row } {
  const object = org.store.objectOfId(id);
  const row = object === undefined ? undefined : org.store.find(object.name, id);
  if (object === undefined || row === undefined || !org.canReadRow(user, object.name, row)) {
    throw new SalesforceError(
      'INSUFFICIENT_ACCESS',
      "You don't have access to this record. Ask your administrator for help or to request access.",
      { status: 403 },
    );
  }
  return { object, row };
}

/** The head and the detail of a record page. */
export function recordView(org: Org, user: OrgUser, id: string): object {
  const { object, row } = visibleRow(org, user, id);
  const layout = layoutOf(org, object.name);
  const shown = (names: readonly string[]): FieldView[] =>
    names.flatMap((name) => fieldView(org, user, object, row, name));
  return {
    id: row['Id'],
    object: object.name,
    label: object.label,
    icon: layout.icon,
    name: row[layout.nameField] ?? row['Name'],
    highlights: shown(layout.highlights),
    sections: layout.sections
      .map((section) => ({ label: section.label, fields: shown(section.fields) }))
      .filter((section) => section.fields.length > 0),
    isEditable: layout.edit !== undefined,
  };
}

/** A list view: all records of an object the user may see, by name. */
export function listView(org: Org, user: OrgUser, name: string): unknown {
  const object = org.store.object(name);
  const layout = layoutOf(org, object.name);
  const rows = org.store.rows(object.name).filter((row) => org.canReadRow(user, object.name, row));
  const named = rows.map((row) => ({ row, name: String(row[layout.nameField] ?? row['Name'] ?? '') }));
  const columns = layout.list.filter((column) => {
    const field = object.fields.get(org.named(column).toLowerCase());
    return field !== undefined && org.canReadField(user, object.name, field);
  });
  const labels = columns.map((column) => object.fields.get(org.named(column).toLowerCase())?.label ?? column);
  const cell = (row: Row, column: string): string => fieldView(org, user, object, row, column)[0]?.text ?? '';
  return {
    label: `All ${object.pluralLabel}`,
    icon: layout.icon,
    columns: ['Name', ...labels],
    rows: named
      .sort((a, b) => a.name.localeCompare(b.name, 'en'))
      .map(({ row, name: rowName }) => ({
        id: row['Id'],
        name: rowName,
        subtitle: cell(row, layout.subtitle),
        cells: columns.map((column, index) => ({ label: labels[index] ?? column, text: cell(row, column) })),
      })),
  };
}
