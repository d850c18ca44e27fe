import type { Check } from '../deliver/report.ts';
import { formatTable } from './format.ts';

/**
 * Checks as a table: outcome, profile, what was found, and the rule; advice and what is unverified are marked, and
 * what cannot be verified comes with the reason.
 */
export const checkTable = (checks: readonly Check[]): string =>
  formatTable(
    [{ title: 'result' }, { title: 'profile' }, { title: 'found', align: 'right' }, { title: 'rule' }],
    checks.map((check) => {
      const rule = `${check.rule}${marks(check)}`;
      return check.result === 'not-verifiable'
        ? ['not verifiable', check.profile, '-', `${rule}: ${check.message}`]
        : [check.result, check.profile, check.message, rule];
    }),
  );

function marks({ strength, confidence }: Check): string {
  const words = [
    ...(strength === 'recommended' ? ['recommended'] : []),
    ...(confidence === 'memory' ? ['unverified'] : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}
