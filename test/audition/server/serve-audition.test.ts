import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { requireTool, run } from '../../support.ts';
import { ask, startForTest, writeDeliverables, type Asked } from './audition-support.ts';

const folder = join(temporaryFolder(), 'delivery');
/** One server for all tests that change nothing. */
let audition: Asked;
beforeAll(async () => {
  writeDeliverables(folder);
  audition = await startForTest({ input: folder }, afterAll);
});

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
  const { url } = audition;
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
  const { url } = audition;
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
  const { url, get } = audition;
  const { host } = new URL(url);
  const status = async (headers: Record<string, string>) => (await get('api/session', { headers })).status;
  expect(await status({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await status({ origin: 'http://evil.example' })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status({ host: `evil.example:${new URL(url).port}` })).toBe(403);
});

test('a link of another site opens the page, and nothing else', async () => {
  const { url, get } = audition;
  const headers = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  // Nothing was built here, so that the page itself is missing: 404, not 403.
  expect(await get('', { headers })).toMatchObject({ status: 404 });
  expect(await ask(url, new URL(url).pathname.slice(0, -1), { headers })).toMatchObject({ status: 308 });
  for (const path of ['api/session', 'api/notes', 'api/sources/stereo/audio', 'api/files/song.stereo.wav'])
    expect(await get(path, { headers }), path).toMatchObject({ status: 403 });
});

test('every answer carries the policy, errors too', async () => {
  const { url, get } = audition;
  for (const answer of [await get('api/session'), await ask(url, '/'), await get('api/none')]) {
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
  }
});

test('ends with connections that are open', async () => {
  const ending = await startForTest({ input: folder });
  const { port } = new URL(ending.url);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  await new Promise((resolve) => socket.on('connect', resolve));
  const ended = new Promise((resolve) => socket.on('close', resolve).on('error', () => undefined));
  await ending.close();
  await ended;
  expect(await canConnect('127.0.0.1', Number(port))).toBe(false);
});

test('a port that is taken is said', async () => {
  const { url } = audition;
  const port = Number(new URL(url).port);
  await expect(startForTest({ input: folder, port })).rejects.toMatchObject({
    code: 'listen',
    message: `cannot listen on 127.0.0.1:${port}: the port is in use`,
  });
});

test('over https, with a certificate of the listener', async (context) => {
  requireTool(context, 'openssl');
  const files = temporaryFolder();
  const certificate = { certFile: join(files, 'cert.pem'), keyFile: join(files, 'key.pem') };
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const output = ['-keyout', certificate.keyFile, '-out', certificate.certFile];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  run('openssl', ['req', ...kind, ...subject, ...output]);
  const { url } = await startForTest({ input: folder, certificate });
  const { pathname, port, protocol } = new URL(url);
  expect(protocol).toBe('https:');
  const ca = readFileSync(certificate.certFile);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { host: 'localhost', port, path: `${pathname}api/session`, ca, family: 4, agent: false };
    requestSecurely(options, resolve).on('error', reject).end();
  });
  expect(answer.statusCode).toBe(200);
  answer.resume();
  await expect(
    startForTest({ input: folder, certificate: { ...certificate, keyFile: certificate.certFile } }),
  ).rejects.toMatchObject({ code: 'bad-certificate' });
});
