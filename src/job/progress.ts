/** What a running job says about itself. */
export interface Progress {
  /** Step of the job: "render", "master". */
  readonly phase: string;
  /** File or target that the step works on, where there is one. */
  readonly subject: string | undefined;
  /** Share done of the step, 0..1. */
  readonly fraction: number;
}

/** Receives progress, at most about fifty times a second for each step and subject. */
export type ProgressHandler = (progress: Progress) => void;

/**
 * A reporter for one step that passes on only what a person could notice, so that a job may report every
 * block. @param clockMs gives the time in ms; for tests
 */
export function createProgressReporter(
  handler: ProgressHandler | undefined,
  phase: string,
  subject?: string,
  clockMs: () => number = () => performance.now(),
): (fraction: number) => void {
  let nextMs = -Infinity;
  return (fraction) => {
    if (!handler || (fraction < 1 && clockMs() < nextMs)) return;
    nextMs = clockMs() + 20;
    handler({ phase, subject, fraction });
  };
}
