/** Failures as the package's Apex tells them, with the sentences of the package's own labels. */
import { z } from 'zod';

export const sapMessageView = z.object({
  type: z.string().nullish(),
  id: z.string().nullish(),
  number: z.string().nullish(),
  text: z.string().nullish(),
  field: z.string().nullish(),
});
export type SapMessageView = z.infer<typeof sapMessageView>;

const dispositions = ['retry', 'reject', 'hold', 'verify', 'stop'] as const;

/** What every problem must say; the rest of a problem document is not for people. */
export const problemView = z.object({
  code: z.string().min(1),
  disposition: z.enum(dispositions),
  title: z.string().min(1),
  advice: z.string().min(1),
  correlationId: z.string().nullish(),
  sapMessages: z
    .array(sapMessageView)
    .nullish()
    .transform((messages) => messages ?? []),
  issues: z
    .array(z.object({ path: z.string().nullish(), message: z.string().nullish() }))
    .nullish()
    .transform((issues) => issues ?? []),
});
export type ProblemView = z.infer<typeof problemView>;

/** One thing wrong with the input. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Code to disposition and the labels of its two sentences. */
const catalogue = {
  SALESFORCE_NO_ACCESS: ['hold', 'Problem_No_Access', 'Advice_No_Access'],
  SALESFORCE_NOT_PERMITTED: ['hold', 'Problem_Not_Permitted', 'Advice_Not_Permitted'],
  SALESFORCE_ACCOUNT_MISSING: ['reject', 'Problem_Account_Missing', 'Advice_Account_Missing'],
  SALESFORCE_RECORD_REFUSED: ['hold', 'Problem_Record_Refused', 'Advice_Record_Refused'],
  SALESFORCE_REQUEST_REFUSED: ['hold', 'Problem_Request_Refused', 'Advice_Request_Refused'],
  SALESFORCE_SETTING_MISSING: ['hold', 'Problem_Setting_Missing', 'Advice_Setting_Missing'],
  REQUEST_INVALID: ['reject', 'Problem_Request_Invalid', 'Advice_Request_Invalid'],
  REQUEST_UNDER_WAY: ['hold', 'Problem_Request_Under_Way', 'Advice_Request_Under_Way'],
  REQUEST_WITHDRAWN: ['reject', 'Problem_Request_Withdrawn', 'Advice_Request_Withdrawn'],
  REQUEST_ON_HOLD: ['hold', 'Problem_Request_On_Hold', 'Advice_Request_On_Hold'],
  SALESFORCE_OUTCOME_UNUSABLE: ['hold', 'Problem_Outcome_Unusable', 'Advice_Outcome_Unusable'],
  MAPPING_INVALID: ['hold', 'Problem_Mapping_Invalid', 'Advice_Mapping_Invalid'],
  SALESFORCE_CONTACT_REFUSED: ['hold', 'Problem_Contact_Refused', 'Advice_Contact_Refused'],
  CUSTOMER_NUMBER_INVALID: ['reject', 'Problem_Customer_Number_Invalid', 'Advice_Customer_Number_Invalid'],
  CUSTOMER_ALREADY_LINKED: ['reject', 'Problem_Customer_Already_Linked', 'Advice_Customer_Already_Linked'],
  CUSTOMER_LINKED_ELSEWHERE: ['reject', 'Problem_Customer_Linked_Elsewhere', 'Advice_Customer_Linked_Elsewhere'],
  CUSTOMER_MARKED_FOR_DELETION: [
    'reject',
    'Problem_Customer_Marked_For_Deletion',
    'Advice_Customer_Marked_For_Deletion',
  ],
  ACCOUNT_HAS_TWO_CUSTOMERS: ['hold', 'Problem_Two_Customers', 'Advice_Two_Customers'],
  CUSTOMER_BLOCKED: ['hold', 'Problem_Customer_Blocked', 'Advice_Customer_Blocked'],
  RELAY_UNREACHABLE: ['retry', 'Problem_Relay_Unreachable', 'Advice_Relay_Unreachable'],
  RELAY_ANSWER_UNREADABLE: ['hold', 'Problem_Relay_Answer', 'Advice_Relay_Answer'],
} as const satisfies Record<string, readonly [(typeof dispositions)[number], string, string]>;

export type ProblemCode = keyof typeof catalogue;

/** Gives the text of a custom label; an unknown one is an error, as in an org. */
export type Labels = (name: string) => string;

/** The package's GatewayException: thrown anywhere, shown as part of a view. */
export class GatewayException extends Error {
  readonly problem: ProblemView;
  /** HTTP status of the relay's answer; null without one. */
  readonly status: number | null;

  constructor(problem: ProblemView, status: number | null = null, cause?: unknown) {
    super(`${problem.code}: ${problem.title}`, cause === undefined ? undefined : { cause });
    this.name = 'GatewayException';
    this.problem = problem;
    this.status = status;
  }
}

/** The problem of that code, `{0}` and `{1}` of its sentence filled in. */
export function problemOf(labels: Labels, code: ProblemCode, values: readonly string[] = []): ProblemView {
  const [disposition, title, advice] = catalogue[code];
  const sentence = values.reduce((text, value, index) => text.replaceAll(`{${index}}`, value), labels(title));
  return { code, disposition, title: sentence, advice: labels(advice), sapMessages: [], issues: [] };
}

/** The same as an exception. */
export const because = (labels: Labels, code: ProblemCode, values: readonly string[] = []): GatewayException =>
  new GatewayException(problemOf(labels, code, values));

/** The input is not valid; nothing was sent. */
export const invalid = (labels: Labels, issues: readonly Issue[]): GatewayException =>
  new GatewayException({ ...problemOf(labels, 'REQUEST_INVALID'), issues: [...issues] });

/** The problem in words, for the record of a request. */
export function inWords(problem: ProblemView): string {
  const issues = problem.issues.map(({ path, message }) => `${path ?? ''}: ${message ?? ''}`);
  const messages = problem.sapMessages.map(
    ({ type, id, number, text }) => `${[type, id, number].join(' ')}: ${text ?? ''}`,
  );
  return [problem.title, ...issues, ...messages].join('\n');
}
