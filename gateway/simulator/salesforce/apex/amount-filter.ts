/** AmountFilter: takes the amounts out of what people without the permission for them get to see. */
import type { ProblemView } from './problem.ts';

/** Digits with a decimal or thousands separator, unless they are a day or a version of three parts. */
const separated = /(?<![\w.,])-?\d+(?:[.,']\d{3})*[.,]\d{2,3}-?(?!\w|[.,]\d)/g;
/** Digits beside a currency. */
const besideCurrency = /(?<=\b[A-Z]{3} {0,3})-?\d+(?:[.,']\d+)*-?|-?\d+(?:[.,']\d+)*-?(?= {0,3}[A-Z]{3}\b)/g;
const hidden = '***';

/** The same JSON with every amount of money null; its currency stays. */
export function withoutAmounts(body: string): string {
  return JSON.stringify(JSON.parse(body), (_, value: unknown) => {
    const isMoney = typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
    return isMoney ? { ...value, amount: null } : value;
  });
}

/** The same problem without the amounts that stand in the texts of SAP's own messages. */
export function withoutAmountsInMessages(problem: ProblemView): ProblemView {
  const sapMessages = problem.sapMessages.map((message) => ({
    ...message,
    text: message.text?.replace(besideCurrency, hidden).replace(separated, hidden),
  }));
  return { ...problem, sapMessages };
}
