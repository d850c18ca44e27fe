import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  RequestError,
  sendError,
  sendJson,
  sendResource,
  sendSamples,
  sendText,
  type Resource,
} from '../../../src/audition/server/answers.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import { ask, samplesOf } from './audition-support.ts';

type Listener = Parameters<typeof createServer>[1];

async function serve(listener: Listener): Promise<string> {
  const server = createServer(listener as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bytes = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 256));
const resource = (log: string[] = []): Resource => ({
  sizeBytes: bytes.length,
  contentType: 'audio/wav',
  async *read(start, end) {
    try {
      for (let at = start; at <= end; at += 100) yield bytes.subarray(at, Math.min(at + 100, end + 1));
    } finally {
      log.push('closed');
    }
  },
});
const serveResource = (served: Resource): Promise<string> =>
  serve((request, response) => {
    sendResource(request, response, served).catch((error: unknown) => sendError(response, error));
  });

test('sends all, or the part that is asked for', async () => {
  const log: string[] = [];
  const origin = await serveResource(resource(log));
  const whole = await ask(origin, '/');
  expect(whole).toMatchObject({
    status: 200,
    headers: { 'accept-ranges': 'bytes', 'content-length': '1000' },
  });
  expect(whole.body.equals(bytes)).toBe(true);
  const part = await ask(origin, '/', { headers: { range: 'bytes=150-349' } });
  expect(part).toMatchObject({
    status: 206,
    headers: { 'content-range': 'bytes 150-349/1000', 'content-length': '200', 'content-type': 'audio/wav' },
  });
  expect(part.body.equals(bytes.subarray(150, 350))).toBe(true);
  expect(log).toEqual(['closed', 'closed']);
});

test('what lies behind the end is 416, and HEAD has no body', async () => {
  const origin = await serveResource(resource());
  expect(await ask(origin, '/', { headers: { range: 'bytes=1000-' } })).toMatchObject({
    status: 416,
    headers: { 'content-range': 'bytes */1000' },
  });
  const head = await ask(origin, '/', { method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, headers: { 'content-length': '1000' } });
  expect(head.body).toHaveLength(0);
});

test('a failure before the first byte is an answer, a later one cuts the connection', async () => {
  const failing = (pieces: number): Resource => ({
    ...resource(),
    async *read() {
      for (let piece = 0; piece < pieces; piece++) yield bytes.subarray(0, 100);
      throw new ConfigError('broken', 'it is broken', { hint: 'mend it' });
    },
  });
  const early = await ask(await serveResource(failing(0)), '/');
  expect(early.status).toBe(500);
  expect(JSON.parse(early.body.toString())).toEqual({
    error: { code: 'broken', message: 'it is broken', hint: 'mend it' },
  });
  await expect(ask(await serveResource(failing(2)), '/')).rejects.toThrow();
});

test('who goes away in the middle lets go of the file', async () => {
  const log: string[] = [];
  const endless: Resource = {
    sizeBytes: 1e9,
    contentType: 'audio/wav',
    async *read() {
      try {
        for (;;) yield new Uint8Array(65536);
      } finally {
        log.push('closed');
      }
    },
  };
  const origin = await serveResource(endless);
  const controller = new AbortController();
  const response = await fetch(origin, { signal: controller.signal });
  await response.body!.getReader().read();
  controller.abort();
  await expect.poll(() => log).toEqual(['closed']);
});

test('documents, samples, and faults that say nothing of how the server is made', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/json') sendJson(response, { value: -Infinity });
    else if (request.url === '/text') sendText(response, 'Übung');
    else if (request.url === '/samples') sendSamples(response, Float32Array.of(0.5, -1));
    else if (request.url === '/known')
      sendError(response, new RequestError(405, 'method', 'no', { Allow: 'GET' }));
    else sendError(response, new TypeError('secret'));
  });
  expect((await ask(origin, '/json')).body.toString()).toBe('{"value":null}');
  expect((await ask(origin, '/text')).body.toString()).toBe('Übung');
  expect([...samplesOf(await ask(origin, '/samples'))]).toEqual([0.5, -1]);
  expect(await ask(origin, '/known')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
  const fault = await ask(origin, '/');
  expect(fault.status).toBe(500);
  expect(fault.body.toString()).not.toMatch(/secret|at |\.ts/);
});
