import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AbortedError, ConfigError } from '../../src/base/errors.ts';
import { runCommand, type OutputFlags, type Terminal } from '../../src/cli/terminal.ts';

const plain: OutputFlags = { json: false, quiet: false, verbose: false, strict: false };
let stdout = '';
let stderr = '';
beforeEach(() => {
  stdout = stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs a command's body, and says what it printed and how it would end. */
async function outcome(flags: Partial<OutputFlags>, body: (terminal: Terminal) => number | void) {
  await runCommand({ ...plain, ...flags }, async (terminal) => body(terminal));
  const { exitCode } = process;
  process.exitCode = undefined;
  return { exitCode, stdout, stderr };
}

const speak = (terminal: Terminal): void => {
  terminal.print('result');
  terminal.note('remark');
  terminal.onWarning({ code: 'w', message: 'odd', file: 'a.wav' });
  terminal.onProgress({ phase: 'render', subject: 'a', fraction: 0.5 });
};

describe('what goes where', () => {
  test('results to standard output, the rest to standard error', async () => {
    expect(await outcome({}, speak)).toEqual({
      exitCode: 0,
      stdout: 'result\n',
      stderr: 'remark\nwarning: a.wav: odd\n',
    });
  });

  test('--quiet leaves results', async () => {
    expect(await outcome({ quiet: true }, speak)).toMatchObject({ stdout: 'result\n', stderr: '' });
  });

  test('--json keeps warnings but no remarks', async () => {
    expect(await outcome({ json: true }, speak)).toMatchObject({ stderr: 'warning: a.wav: odd\n' });
  });

  test('--strict makes a warning an error', async () => {
    const { exitCode, stderr: text } = await outcome({ strict: true }, speak);
    expect(exitCode).toBe(3);
    expect(text).toMatch(/periphon: a\.wav: odd \(an error because of --strict\)/);
  });
});

describe('how it ends', () => {
  test('with the code that the body gives', async () => {
    expect((await outcome({}, () => 1)).exitCode).toBe(1);
  });

  test('with the code of the error', async () => {
    const fail = (error: Error) => (): never => {
      throw error;
    };
    expect(await outcome({}, fail(new ConfigError('c', 'bad value')))).toMatchObject({
      exitCode: 2,
      stderr: 'periphon: bad value\n',
    });
    expect((await outcome({}, fail(new AbortedError()))).exitCode).toBe(130);
    const ours = await outcome({}, fail(new TypeError('oops')));
    expect(ours.exitCode).toBe(70);
    expect(ours.stderr).toMatch(/a fault of periphon itself: oops\n.*--verbose/);
  });

  test('--verbose shows where a fault came from', async () => {
    const { stderr: text } = await outcome({ verbose: true }, () => {
      throw new TypeError('oops');
    });
    expect(text).toMatch(/^\s+at .*terminal\.test\.ts/m);
  });

  test('the first signal asks the job to stop, the second ends at once', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    const before = process.listenerCount('SIGINT');
    await runCommand(plain, async ({ signal }) => {
      process.emit('SIGTERM');
      expect(signal.aborted).toBe(true);
      expect(exit).not.toHaveBeenCalled();
      process.emit('SIGINT');
      expect(exit).toHaveBeenCalledWith(130);
    });
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
