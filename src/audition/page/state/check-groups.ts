import type { SourceCheck } from '../../protocol/session.ts';

/** Outcome of a profile. */
export interface CheckGroup {
  readonly profile: string;
  /** What failed first, required before recommended, then what could not be verified, then what passed. */
  readonly checks: readonly SourceCheck[];
  readonly passCount: number;
  /** A required rule failed. */
  readonly isFailed: boolean;
}

const weight = (check: SourceCheck): number =>
  ({ fail: 0, 'not-verifiable': 2, pass: 3 })[check.result] +
  (check.result === 'fail' && check.strength === 'recommended' ? 1 : 0);

/** The checks of each profile, in the order in which profiles come. */
export const groupChecks = (checks: readonly SourceCheck[]): readonly CheckGroup[] => {
  const profiles = [...new Set(checks.map((check) => check.profile))];
  return profiles.map((profile) => {
    const own = checks.filter((check) => check.profile === profile);
    return {
      profile,
      checks: [...own].sort((a, b) => weight(a) - weight(b)),
      passCount: own.filter((check) => check.result === 'pass').length,
      isFailed: own.some((check) => check.result === 'fail' && check.strength === 'required'),
    };
  });
};
