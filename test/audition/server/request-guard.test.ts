import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import {
  askerOf,
  createToken,
  isLoopback,
  isSameText,
  ownNames,
  partsBehindToken,
  type ServerAddress,
} from '../../../src/audition/server/request-guard.ts';

const address: ServerAddress = { scheme: 'http', host: '127.0.0.1', port: 4000 };
const isOwn = (headers: Record<string, string>, at: ServerAddress = address): boolean =>
  askerOf(headers, at, ownNames(at)) === 'own';

test('tokens have 192 random bits and no character that a URL codes', () => {
  const tokens = Array.from({ length: 100 }, createToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{32}$/);
});

test('texts are compared as a whole', () => {
  expect(isSameText('abc', 'abc')).toBe(true);
  expect(isSameText('abc', 'abd')).toBe(false);
  expect(isSameText('abc', 'abcd')).toBe(false);
  expect(isSameText('', 'a')).toBe(false);
});

test('loopback is 127/8, ::1 and localhost', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1']) expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '192.168.1.2', '127.example.com', '::'])
    expect(isLoopback(host)).toBe(false);
});

test('answers to its own names alone', () => {
  for (const host of ['127.0.0.1:4000', 'localhost:4000', '[::1]:4000', 'LOCALHOST:4000'])
    expect(isOwn({ host }), host).toBe(true);
  for (const host of ['evil.example:4000', 'localhost:4001', 'localhost', '127.0.0.1', '', 'a:b:4000'])
    expect(isOwn({ host }), host).toBe(false);
  expect(isOwn({})).toBe(false);
});

test('on all addresses, the names of the machine are its own, and no others', () => {
  const open: ServerAddress = { scheme: 'https', host: '0.0.0.0', port: 443 };
  expect(isOwn({ host: '127.0.0.1' }, open)).toBe(true);
  expect(isOwn({ host: `${hostname()}:443` }, open)).toBe(true);
  expect(isOwn({ host: 'evil.example' }, open)).toBe(false);
  const named: ServerAddress = { scheme: 'http', host: 'studio.local', port: 80 };
  expect(isOwn({ host: 'studio.local' }, named)).toBe(true);
  expect(isOwn({ host: 'localhost' }, named)).toBe(false);
});

test('refuses what another site asks', () => {
  const host = '127.0.0.1:4000';
  expect(isOwn({ host, origin: 'http://127.0.0.1:4000' })).toBe(true);
  for (const origin of ['http://evil.example', 'http://127.0.0.1:4001', 'https://127.0.0.1:4000', 'null'])
    expect(isOwn({ host, origin }), origin).toBe(false);
  for (const site of ['same-origin', 'none']) expect(isOwn({ host, 'sec-fetch-site': site })).toBe(true);
  for (const site of ['cross-site', 'same-site', 'x'])
    expect(isOwn({ host, 'sec-fetch-site': site })).toBe(false);
});

test('knows a link of another site, which opens a window, from all else that a site can ask', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const asker = (headers: Record<string, string>) =>
    askerOf({ host: '127.0.0.1:4000', ...link, ...headers }, address, ownNames(address));
  expect(asker({})).toBe('link');
  expect(asker({ 'sec-fetch-site': 'same-site' })).toBe('link');
  expect(asker({ 'sec-fetch-site': 'same-origin' })).toBe('own');
  for (const dest of ['iframe', 'frame', 'embed', 'object', 'empty', 'image', 'script', ''])
    expect(asker({ 'sec-fetch-dest': dest }), dest).toBe('stranger');
  for (const mode of ['no-cors', 'cors', 'same-origin', 'websocket', ''])
    expect(asker({ 'sec-fetch-mode': mode }), mode).toBe('stranger');
  // A form that another site sends names that site.
  expect(asker({ origin: 'http://evil.example' })).toBe('stranger');
  expect(asker({ host: 'evil.example:4000' })).toBe('stranger');
});

test('takes the address behind the token apart', () => {
  expect(partsBehindToken('/t', 't')).toEqual([]);
  expect(partsBehindToken('/t/', 't')).toEqual(['']);
  expect(partsBehindToken('/t/api/files/a%20b.wav?x=1', 't')).toEqual(['api', 'files', 'a b.wav']);
  for (const url of ['/', '', '/T/', '/t2/', '//t/', 't/', '/api/session', '/t%2F'])
    expect(partsBehindToken(url, 't'), url).toBeUndefined();
});

test.each([
  '/t/../etc/passwd',
  '/t/%2e%2e/etc',
  '/t/%2E./x',
  '/t/..%2fx',
  '/t/a%5c..%5cb',
  '/t/a%00b',
  '/t/%ff',
  '/t/%',
  '/t/./x',
])('%s is no address', (url) => {
  expect(partsBehindToken(url, 't')).toBeUndefined();
});
