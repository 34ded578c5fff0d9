/** What a collection answered, row by row, as outcomes. */
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';
import type { RecordOutcome } from '../../ports/index.ts';
import { partErrors } from './composite-call.ts';
import type { SubAnswer } from './composite-call.ts';
import { toOutcome } from './row-failures.ts';
import type { RowError } from './row-failures.ts';
import type { Row } from './rows.ts';

const rowResult = z.object({
  id: z.string().max(18).nullish(),
  success: z.boolean(),
  created: z.boolean().optional(),
  errors: z
    .array(
      z.object({
        statusCode: z.string().catch(''),
        message: z.string().catch(''),
        fields: z.array(z.string()).catch([]),
      }),
    )
    .catch([]),
});
const rowResults = z.array(rowResult).max(200);

/** One outcome per row. What is not understood may have been written: repeating it is harmless. */
export function readRowResults(answer: SubAnswer, rows: readonly Row[], keyField: string): readonly RecordOutcome[] {
  if (answer.httpStatusCode >= 300) {
    const errors = partErrors(answer);
    return rows.map((row) => toOutcome(errors, failedRow(row, keyField)));
  }
  const parsed = rowResults.safeParse(answer.body);
  if (!parsed.success || parsed.data.length !== rows.length) return rows.map(() => unreadable());
  return rows.map((row, index) => readOne(parsed.data[index], row, keyField));
}

function readOne(result: z.infer<typeof rowResult> | undefined, row: Row, keyField: string): RecordOutcome {
  if (result === undefined) return unreadable();
  const { success, id, created, errors } = result;
  if (success && typeof id === 'string') return { ended: 'written', recordId: id, isNew: created === true };
  if (success) return unreadable();
  return toOutcome(
    errors.map(({ statusCode, message, fields }) => ({ code: statusCode, message, fields })),
    failedRow(row, keyField),
  );
}

/** The first error of each row that was refused. */
export function readFailedRows({ body }: SubAnswer): readonly RowError[] {
  const parsed = rowResults.safeParse(body);
  if (!parsed.success) return [{ code: 'the results of rows cannot be read', message: '', fields: [] }];
  return parsed.data.flatMap(({ success, errors: [first] }) =>
    success ? [] : [{ code: first?.statusCode ?? '', message: first?.message ?? '', fields: first?.fields ?? [] }],
  );
}

const failedRow = ({ key, parents }: Row, keyField: string) => ({ system: key.system, parents, keyField });

const unreadable = (): RecordOutcome => ({
  ended: 'failed',
  error: new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'the result of a row' }),
});
