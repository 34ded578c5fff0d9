/** What is wrong with a contact person before SAP is asked (ContactCheck). */
import type { ApexContext } from '../context.ts';
import type { Issue } from '../problem.ts';
import { customerIssues } from './customer-content.ts';
import type { Values } from './payload.ts';

const lengths = { firstName: 35, lastName: 35, language: 2, phone: 30, email: 241, role: 2, department: 4 };
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/** Every value that SAP would not take. */
export function contactIssues(context: Pick<ApexContext, 'org' | 'labels'>, values: Values): Issue[] {
  return Object.entries(lengths).flatMap(([path, length]) => {
    const value = values.get(path);
    const message = value === undefined ? null : messageFor(context, path, value, length);
    return message === null ? [] : [{ path, message }];
  });
}

function messageFor(
  context: Pick<ApexContext, 'org' | 'labels'>,
  path: string,
  value: string,
  length: number,
): string | null {
  const { labels } = context;
  if (value === '') return path === 'lastName' ? labels('Issue_Required') : null;
  if (value.length > length) return labels('Issue_Too_Long').replace('{0}', String(length));
  if (controlCharacter.test(value)) return labels('Issue_Control_Characters');
  if (path === 'email') return customerIssues(context, new Map([['email', value]]))[0]?.message ?? null;
  if (path === 'language') return /^[A-Z]{2}$/.test(value) ? null : labels('Issue_Language');
  const isCode = path === 'role' || path === 'department';
  return isCode && !/^[A-Z0-9]{1,4}$/.test(value) ? labels('Issue_Code') : null;
}
