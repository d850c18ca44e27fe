import type { FileFacts } from './file-facts.ts';
import type { Fault } from './master-rules/rule.ts';

/** A rule with an id of its own, for profiles to name. */
export interface FileRule {
  /** Stable: "block-gap". */
  readonly id: string;
  /** What must hold. */
  readonly text: string;
  /** Why it matters. */
  readonly reason: string;
  /** Whether it can be judged only where the audio was measured. */
  readonly needsAudio?: boolean | undefined;
  /** All that breaks it; a text says why it cannot be judged. */
  readonly check: (facts: FileFacts) => Fault[] | string;
  /** What was found where it holds; "as it should be" where undefined. */
  readonly found?: ((facts: FileFacts) => string) | undefined;
}
