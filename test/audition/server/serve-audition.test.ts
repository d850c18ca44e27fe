import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { ask, startForTest, writeDeliverables } from './audition-support.ts';

const folder = join(temporaryFolder(), 'delivery');
beforeAll(() => writeDeliverables(folder));
const start = () => startForTest({ input: folder });

const canConnect = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });

test('listens on this machine alone', async () => {
  const { url } = await start();
  const { hostname, port } = new URL(url);
  expect(hostname).toBe('127.0.0.1');
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of outside) expect(await canConnect(address, Number(port)), address).toBe(false);
});

test('unless it is told to, which comes with a warning', async () => {
  const warnings: Warning[] = [];
  const { url } = await startForTest({
    input: folder,
    host: '0.0.0.0',
    onWarning: (warning) => warnings.push(warning),
  });
  expect(warnings).toMatchObject([{ code: 'audition-open' }]);
  expect(warnings[0]!.message).toMatch(/--cert/);
  const { port, pathname } = new URL(url);
  expect(await ask(`http://127.0.0.1:${port}`, `${pathname}api/session`)).toMatchObject({ status: 200 });
});

test('without the token there is nothing, whatever is asked', async () => {
  const { url } = await start();
  const token = new URL(url).pathname.split('/')[1]!;
  const wrong = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
  const answers = await Promise.all(
    ['/', '/api/session', `/${wrong}/`, `/${wrong}/api/session`, `/${token}x/`, '/favicon.ico'].map((path) =>
      ask(url, path),
    ),
  );
  for (const answer of answers) {
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).toBe(answers[0]!.body.toString());
  }
  expect(await ask(url, `/${token}`)).toMatchObject({ status: 308, headers: { location: `/${token}/` } });
});

test('another origin, another name and another site are refused', async () => {
  const { url, get } = await start();
  const { host } = new URL(url);
  const status = async (headers: Record<string, string>) => (await get('api/session', { headers })).status;
  expect(await status({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await status({ origin: 'http://evil.example' })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status({ host: `evil.example:${new URL(url).port}` })).toBe(403);
});

test('every answer carries the policy, errors too', async () => {
  const { url, get } = await start();
  for (const answer of [await get('api/session'), await ask(url, '/'), await get('api/none')]) {
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
  }
});

test('ends with connections that are open', async () => {
  const audition = await start();
  const { port } = new URL(audition.url);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  await new Promise((resolve) => socket.on('connect', resolve));
  const ended = new Promise((resolve) => socket.on('close', resolve).on('error', () => undefined));
  await audition.close();
  await ended;
  expect(await canConnect('127.0.0.1', Number(port))).toBe(false);
});

test('a port that is taken is said', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(startForTest({ input: folder, port })).rejects.toMatchObject({
    code: 'listen',
    message: `cannot listen on 127.0.0.1:${port}: the port is in use`,
  });
});
