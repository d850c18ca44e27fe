import { deliveryRules } from './delivery-rules.ts';
import { notFinished, type FileFacts } from './file-facts.ts';
import type { FileRule } from './file-rule.ts';
import { masterRules } from './master-rules/master-rules.ts';
import type { MasterRule } from './master-rules/rule.ts';
import { signalRules } from './signal-rules.ts';

/** Why a rule about masters cannot be judged. */
const notMaster = ({ insteadOfMaster }: FileFacts): string =>
  insteadOfMaster === undefined ? notFinished : `not an ADM BWF: ${insteadOfMaster}`;

/** What is no ADM BWF breaks a rule that wants one. */
const notMasterFaults = (facts: FileFacts): ReturnType<FileRule['check']> =>
  facts.insteadOfMaster === undefined
    ? notFinished
    : [{ place: '', found: `not an ADM BWF: ${facts.insteadOfMaster}` }];

const ofMaster = ({ check, ...rule }: MasterRule): FileRule => ({
  ...rule,
  check: (facts) => (facts.master ? check(facts.master) : notMaster(facts)),
});

const profileReason = 'what breaks its profile is refused by importers';

/** All of the profile at once; `masterRules` has them one by one. */
const profileRule: FileRule = {
  id: 'adm-profile',
  text: 'an ADM BWF that keeps every required rule of dolby-atmos-master',
  reason: profileReason,
  check: (facts) =>
    facts.master
      ? masterRules
          .filter(({ isAdvice }) => !isAdvice)
          .flatMap((rule) => {
            const faults = rule.check(facts.master!);
            if (typeof faults === 'string') return [];
            return faults.map(({ place, found }) => ({ place, found: `${rule.id}: ${found}` }));
          })
      : notMasterFaults(facts),
};

/** All rules that profiles can name, by their ids. */
export const fileRules: ReadonlyMap<string, FileRule> = new Map(
  [...masterRules.map(ofMaster), profileRule, ...deliveryRules, ...signalRules].map((rule) => [
    rule.id,
    rule,
  ]),
);
