import { MultiBar, type SingleBar } from 'cli-progress';
import { PeriphonError, type Warning, type WarningHandler } from '../base/errors.ts';
import type { Progress } from '../job/progress.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { formatError } from './format.ts';

/** Flags that every command has. */
export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly strict: boolean;
}

/** What a command uses to speak and to be stopped. */
export interface Terminal {
  readonly flags: OutputFlags;
  readonly signal: AbortSignal;
  /** Result: standard output. */
  print(text: string): void;
  /** Remark: standard error; silent with --quiet or --json. */
  note(text: string): void;
  readonly onWarning: WarningHandler;
  readonly onProgress: (progress: Progress) => void;
}

const barFormat = '{label} [{bar}] {percentage}%';

/** Progress bars on standard error, one for each step and subject; nothing when it is not a terminal. */
function createBars(flags: OutputFlags) {
  const wanted = process.stderr.isTTY && !flags.quiet && !flags.json;
  const multi = wanted
    ? new MultiBar({ format: barFormat, barsize: 30, hideCursor: true, clearOnComplete: true })
    : undefined;
  const bars = new Map<string, SingleBar>();
  return {
    update({ phase, subject, fraction }: Progress): void {
      if (!multi) return;
      const label = subject === undefined ? phase : `${phase} ${subject}`;
      let bar = bars.get(label);
      if (!bar) {
        bar = multi.create(1, 0, { label: label.padEnd(24) });
        bars.set(label, bar);
      }
      bar.update(fraction);
    },
    log: (text: string): void => {
      if (multi && bars.size > 0) multi.log(`${text}\n`);
      else process.stderr.write(`${text}\n`);
    },
    stop: (): void => multi?.stop(),
  };
}

/**
 * Runs the body of a command: progress bars, warnings (thrown as errors with --strict), Ctrl-C and errors,
 * each to its exit code. The first Ctrl-C asks the job to stop and clean up, the second ends at once.
 */
export async function runCommand(
  flags: OutputFlags,
  body: (terminal: Terminal) => Promise<number | void>,
): Promise<void> {
  const controller = new AbortController();
  const bars = createBars(flags);
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const terminal: Terminal = {
    flags,
    signal: controller.signal,
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => {
      if (!flags.quiet && !flags.json) bars.log(text);
    },
    onWarning: (warning) => reportWarning(warning, flags, bars.log),
    onProgress: bars.update,
  };
  try {
    process.exitCode = (await body(terminal)) ?? exitCodes.done;
  } catch (error) {
    bars.stop();
    process.exitCode = exitCodeOf(error);
    process.stderr.write(`${describeFailure(error, flags)}\n`);
  } finally {
    bars.stop();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function reportWarning(warning: Warning, flags: OutputFlags, log: (text: string) => void): void {
  if (flags.strict) {
    throw new PeriphonError(warning.code, `${warning.message} (an error because of --strict)`, {
      file: warning.file,
      path: warning.path,
    });
  }
  if (flags.quiet) return;
  const place = [warning.file, warning.path].filter((part) => part !== undefined && part !== '').join(', ');
  log(`warning: ${place && !warning.message.includes(place) ? `${place}: ` : ''}${warning.message}`);
}

function describeFailure(error: unknown, flags: OutputFlags): string {
  if (error instanceof PeriphonError) {
    return flags.verbose && error.stack ? `${formatError(error)}\n${error.stack}` : formatError(error);
  }
  const text = error instanceof Error ? (flags.verbose && error.stack) || error.message : String(error);
  return `periphon: a fault of periphon itself: ${text}${flags.verbose ? '' : '\n  Run again with --verbose for details, and please report it.'}`;
}
