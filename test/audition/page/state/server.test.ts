import { afterEach, expect, test, vi } from 'vitest';
import {
  loadOverview,
  loadSceneText,
  loadSession,
  notesTransport,
} from '../../../../src/audition/page/state/server.ts';

const answer = (body: unknown, status = 200): void => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(text, { status, statusText: 'Not Found' })),
  );
};

afterEach(() => void vi.unstubAllGlobals());

test('addresses are relative, and ids are escaped', async () => {
  answer({ state: 'working', progress: 0.5 });
  expect(await loadOverview('a b/c', 'head&1')).toEqual({ state: 'working', progress: 0.5 });
  expect(fetch).toHaveBeenCalledWith('api/sources/a%20b%2Fc/overview?hrtf=head%261', undefined);
});

test('what the server says is what the listener reads', async () => {
  answer({ error: { code: 'x', message: 'No such source.', hint: 'Reload the page.' } }, 404);
  await expect(loadSession()).rejects.toThrow('No such source. Reload the page.');
  answer('<html>', 404);
  await expect(loadSession()).rejects.toThrow('The server answered 404 Not Found');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(loadSession()).rejects.toThrow('Is periphon audition still running?');
});

test('a folder without a scene is no error', async () => {
  answer({}, 404);
  expect(await loadSceneText()).toBeUndefined();
  answer('{"version":1}');
  expect(await loadSceneText()).toBe('{"version":1}');
});

test('notes are put as JSON', async () => {
  answer({});
  await notesTransport.save({ version: 1, notes: [] });
  expect(fetch).toHaveBeenCalledWith('api/notes', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"version":1,"notes":[]}',
    keepalive: true,
  });
});
