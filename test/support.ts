import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

const mustHave = process.env.PERIPHON_REQUIRE === '1';

/** Skips the running test with a reason, or fails it where PERIPHON_REQUIRE=1 says that nothing may be skipped. */
export function skipTest(context: TestContext, reason: string): never {
  if (mustHave) throw new Error(`required here but missing: ${reason}`);
  context.skip(reason);
  throw new Error('unreachable');
}

const toolsFound = new Map<string, boolean>();

/** Whether a command-line tool is installed. */
export function hasTool(tool: string): boolean {
  let found = toolsFound.get(tool);
  if (found === undefined) {
    found =
      spawnSync(tool, [tool === 'sox' || tool === 'soxi' ? '--version' : '-version']).error === undefined;
    toolsFound.set(tool, found);
  }
  return found;
}

/** Skips the running test unless the tool (ffmpeg, ffprobe, sox ...) is installed. */
export function requireTool(context: TestContext, tool: string): void {
  if (!hasTool(tool)) skipTest(context, `${tool} is not installed`);
}

/** Skips the running test unless python3 can load a shared library ("libebur128.so.1"). */
export function requirePythonLibrary(context: TestContext, library: string): void {
  const { status } = spawnSync('python3', ['-c', `import ctypes; ctypes.CDLL('${library}')`]);
  if (status !== 0) skipTest(context, `python3 finds no ${library}`);
}

/** Path of a file of the outside test data (PERIPHON_TEST_DATA); skips the running test where it is absent. */
export function requireTestData(context: TestContext, ...parts: string[]): string {
  const root = process.env.PERIPHON_TEST_DATA;
  if (!root) return skipTest(context, 'PERIPHON_TEST_DATA is not set');
  const path = join(root, ...parts);
  if (!existsSync(path)) return skipTest(context, `no ${parts.join('/')} in PERIPHON_TEST_DATA`);
  return path;
}

/** Runs a tool and returns its output; throws with its error output when it fails. */
export function run(tool: string, args: readonly string[]): { stdout: string; stderr: string } {
  const result = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${result.stderr}`);
  return { stdout: result.stdout, stderr: result.stderr };
}

/** Deterministic noise in -1..1 (mulberry32), for signals in tests. */
export function noise(length: number, seed = 1, amplitude = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1) * amplitude;
  });
}
