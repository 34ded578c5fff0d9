/** What the button Edit of a record page asks for: the fields, what they hold, what they may hold. */
import type { Org, OrgUser } from '../org/org.ts';
import { layoutOf } from './layouts.ts';
import { visibleRow } from './record-views.ts';

/** The fields that may be edited, with what the record says now. */
export function editForm(org: Org, user: OrgUser, id: string): unknown {
  const { object, row } = visibleRow(org, user, id);
  const fields = (layoutOf(org, object.name).edit ?? []).flatMap(({ name, options }) => {
    const field = object.fields.get(org.named(name).toLowerCase());
    if (field === undefined || !org.canEditField(user, object.name, field)) return [];
    const value = String(row[field.name] ?? '');
    // A value that is no longer offered stays one of the choices, as in Salesforce.
    const choices = options === undefined || value === '' ? options : [...new Set([...options, value])];
    return [
      {
        name: field.name,
        label: field.label,
        value,
        maxLength: field.length,
        isRequired: field.isRequired,
        options: choices?.map((choice) => ({ label: choice, value: choice })) ?? null,
      },
    ];
  });
  return { title: `Edit ${String(row[layoutOf(org, object.name).nameField] ?? object.label)}`, fields };
}
