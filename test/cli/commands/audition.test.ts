import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, writeDeliverables } from '../../audition/server/audition-support.ts';
import { periphon, startPeriphon, temporaryFolder } from '../cli-support.ts';

const root = temporaryFolder();
const folder = join(root, 'delivery');
writeDeliverables(folder);

/** Starts the command, and waits for the first whole line or document that it prints. */
async function started(args: readonly string[]) {
  const child = startPeriphon(['audition', folder, ...args], root);
  let [stdout, stderr] = ['', ''];
  child.stderr!.on('data', (text: Buffer) => (stderr += text.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (text: Buffer) => {
      stdout += text.toString();
      if (stdout.endsWith('\n')) resolve();
    });
    child.on('exit', () => reject(new Error(stderr)));
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { child, ended, printed: () => ({ stdout, stderr }) };
}

test('prints the address alone, serves it, and ends with Ctrl-C', async () => {
  const { child, ended, printed } = await started([]);
  const url = printed().stdout.trim();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
  expect((await ask(url, `${new URL(url).pathname}api/session`)).status).toBe(200);
  // The page was built with the command.
  expect((await ask(url, new URL(url).pathname)).body.toString()).toContain('<script type="module"');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(printed().stderr.trim().split('\n')).toHaveLength(1);
});

test('the same for machines', async () => {
  const { child, ended, printed } = await started(['--json']);
  const { version, url, session } = JSON.parse(printed().stdout);
  expect(version).toBe(1);
  expect(url).toMatch(/^http:/);
  expect(session.sources).toHaveLength(4);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('says what cannot be heard', () => {
  const none = periphon(['audition', join(root, 'none')]);
  expect(none.status).toBe(3);
  expect(none.stderr).toMatch(/none: no such file/);
  expect(periphon(['audition', folder, '--port', '70000']).status).toBe(2);
  expect(periphon(['audition', folder, '--cert', 'a.pem']).status).toBe(2);
  expect(periphon(['audition', root])).toMatchObject({ status: 2 });
});
