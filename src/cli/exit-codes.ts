import {
  AbortedError,
  ConfigError,
  InternalError,
  LayoutError,
  OutputError,
  PeriphonError,
} from '../base/errors.ts';

/** Exit codes of every command. */
export const exitCodes = Object.freeze({
  done: 0,
  checkFailed: 1,
  usage: 2,
  badInput: 3,
  couldNotWrite: 4,
  internal: 70,
  interrupted: 130,
});

/** The exit code that an error ends a command with. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof PeriphonError) || error instanceof InternalError) return exitCodes.internal;
  if (error instanceof AbortedError) return exitCodes.interrupted;
  if (error instanceof OutputError) return exitCodes.couldNotWrite;
  if (error instanceof ConfigError) return exitCodes.usage;
  if (error instanceof LayoutError && error.code === 'unknown-layout') return exitCodes.usage;
  return exitCodes.badInput;
}
