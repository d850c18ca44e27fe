import { verdictOf, type Check } from '../deliver/report.ts';
import { formatTable } from './format.ts';

/** Characters of a cell that are printed; what breaks a rule is told in full below the table. */
const longestFound = 40;
const longestRule = 100;
/** Faults of a rule that are printed; JSON has more. */
const printedFaults = 5;

/**
 * Checks as a table: outcome, profile, name of the rule, what was found and what is required; advice that was not taken is
 * a warning; advice and what is unverified are marked, and what cannot be verified comes with the reason. Below it, rule by rule, all that is wrong,
 * where, and why it matters.
 */
export function checkTable(checks: readonly Check[]): string {
  const table = formatTable(
    [
      { title: 'result' },
      { title: 'profile' },
      { title: 'rule' },
      { title: 'found', align: 'right' },
      { title: 'required' },
    ],
    checks.map((check) => {
      const { profile, id, message } = check;
      const result = verdictOf(check);
      const required = `${shortened(check.rule, longestRule)}${marks(check)}`;
      return result === 'not-verifiable'
        ? ['not verifiable', profile, id, '-', `${required}: ${message}`]
        : [result, profile, id, shortened(message, longestFound), required];
    }),
  );
  return [table, ...checks.filter(({ faults }) => faults).map(faultText)].join('\n');
}

function marks({ strength, confidence }: Check): string {
  const words = [
    ...(strength === 'recommended' ? ['recommended'] : []),
    ...(confidence === 'memory' ? ['unverified'] : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 3).trimEnd()}...` : text;

/** Everything that breaks one rule, with its place in the file. */
function faultText({ profile, id, rule, reason, faults }: Check): string {
  const { count, list } = faults!;
  const lines = list
    .slice(0, printedFaults)
    .map(({ place, found }) => (place === '' ? `  ${found}` : `  ${place}: ${found}`));
  return [
    '',
    `${profile}, ${id}: ${rule}`,
    ...lines,
    ...(count > lines.length ? [`  ... and ${count - lines.length} more`] : []),
    ...(reason === undefined ? [] : [`  why: ${reason}`]),
  ].join('\n');
}
