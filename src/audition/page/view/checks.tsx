import type { JSX } from 'preact';
import type { Session, SourceCheck } from '../../protocol/session.ts';
import { sourceOf } from '../state/audition-state.ts';
import { groupChecks } from '../state/check-groups.ts';
import type { CheckGroup } from '../state/check-groups.ts';
import { Icon } from './icons.tsx';

const resultTexts = { pass: 'Pass', fail: 'Fail', 'not-verifiable': 'Not verifiable' } as const;
const resultIcons = { pass: 'pass', fail: 'fail', 'not-verifiable': 'unknown' } as const;

const Check = ({
  session,
  check,
}: {
  readonly session: Session;
  readonly check: SourceCheck;
}): JSX.Element => {
  const isMild = check.result === 'fail' && check.strength === 'recommended';
  return (
    <li class={`check is-${isMild ? 'mild' : check.result}`}>
      <span class="check-result" title={resultTexts[check.result]}>
        <Icon name={resultIcons[check.result]} />
        <span class="unseen">{resultTexts[check.result]}</span>
      </span>
      <p>
        <b>{check.rule}</b>
        {check.sourceId !== undefined && (
          <span class="check-source">{sourceOf(session, check.sourceId)?.label ?? check.sourceId}</span>
        )}
        {check.strength === 'recommended' && <span class="check-source">recommended</span>}
        <span class="check-message">{check.message}</span>
      </p>
    </li>
  );
};

const Group = ({
  session,
  group,
}: {
  readonly session: Session;
  readonly group: CheckGroup;
}): JSX.Element => (
  <details class="check-group" open={group.isFailed}>
    <summary>
      <span class={`badge ${group.isFailed ? 'is-fail' : 'is-pass'}`}>
        {group.isFailed ? 'Fail' : 'Pass'}
      </span>
      <b>{group.profile}</b>
      <span class="check-count">
        {group.passCount} of {group.checks.length} pass
      </span>
    </summary>
    <ul class="check-list">
      {group.checks.map((check, index) => (
        <Check key={index} session={session} check={check} />
      ))}
    </ul>
  </details>
);

/** Rules of the delivery profiles that the report holds, and what came of them. */
export const Checks = ({ session }: { readonly session: Session }): JSX.Element => (
  <div class="checks">
    {groupChecks(session.checks).map((group) => (
      <Group key={group.profile} session={session} group={group} />
    ))}
  </div>
);
