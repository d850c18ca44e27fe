import { readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { maxNotesBytes } from '../../../src/audition/protocol/notes.ts';
import { temporaryFolder, whiteNoise, writeSmallScene } from '../../cli/cli-support.ts';
import { deliverableFrames, samplesOf, startForTest, writeDeliverables } from './audition-support.ts';

const root = temporaryFolder();
const folder = join(root, 'delivery');
const pageFolder = join(root, 'page');
beforeAll(() => {
  writeDeliverables(folder);
  writeDeliverables(pageFolder);
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'secret.wav'), 'secret');
});
const start = () => startForTest({ input: folder, pageFolder });

test('the page and its files, and no others', async () => {
  const audition = await start();
  expect(await audition.get('')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  expect(await audition.get('index.html')).toMatchObject({ status: 200 });
  for (const path of ['none.js', 'api', 'api/none', 'api/session/x', 'assets/../index.html', '../secret.wav'])
    expect(await audition.get(path), path).toMatchObject({ status: 404 });
});

test('methods', async () => {
  const audition = await start();
  for (const method of ['POST', 'DELETE', 'OPTIONS', 'PATCH'])
    expect(await audition.get('api/session', { method })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  expect(await audition.get('api/session', { method: 'PUT' })).toMatchObject({ status: 405 });
  expect(await audition.get('api/notes', { method: 'POST' })).toMatchObject({
    headers: { allow: 'GET, HEAD, PUT' },
  });
});

test('audio in order, read to its end in ranges, holds the samples of the file', async () => {
  const audition = await start();
  const frameBytes = 6 * 4;
  const pieces: Buffer[] = [];
  for (let start = 0; start < deliverableFrames * frameBytes; start += 100_000) {
    const range = `bytes=${start}-${start + 99_999}`;
    const part = await audition.get('api/sources/5.1/audio', { headers: { range } });
    expect(part.status).toBe(206);
    pieces.push(part.body);
  }
  const body = Buffer.concat(pieces);
  const samples = samplesOf({ status: 200, headers: {}, body });
  expect(samples).toHaveLength(deliverableFrames * 6);
  for (const channel of [0, 1, 2, 4, 5])
    for (const frame of [0, 1, 4166, 4167, 12_345, 23_999])
      expect(samples[frame * 6 + channel]).toBeCloseTo(whiteNoise(channel + 1, 0.1)(frame), 6);
});

test('files as they lie there, by the names of the session alone', async () => {
  const audition = await start();
  const file = await audition.get('api/files/song.5.1.wav');
  expect(file.body.equals(readFileSync(join(folder, 'song.5.1.wav')))).toBe(true);
  expect(await audition.get('api/files/song.5.1.wav', { headers: { range: 'bytes=0-3' } })).toMatchObject({
    status: 206,
  });
  for (const name of [
    'report.json',
    'none.wav',
    '../secret.wav',
    '..%2fsecret.wav',
    '%2e%2e/secret.wav',
    'song.5.1.wav%00',
    '.',
    '',
  ])
    expect(await audition.get(`api/files/${name}`), name).toMatchObject({ status: 404 });
});

test('a link that takes the place of a deliverable and leads out is refused', async () => {
  const linked = join(root, 'linked');
  writeDeliverables(linked);
  const audition = await startForTest({ input: linked, pageFolder });
  unlinkSync(join(linked, 'song.stereo.wav'));
  symlinkSync(join(root, 'secret.wav'), join(linked, 'song.stereo.wav'));
  expect(await audition.get('api/files/song.stereo.wav')).toMatchObject({ status: 404 });
});

test('filters of the sets that are there', async () => {
  const audition = await start();
  const [hrtf] = audition.session.hrtfs;
  expect(samplesOf(await audition.get('api/hrtfs/kemar/ambisonic?order=1'))).toHaveLength(
    8 * hrtf!.ambisonicTapCount,
  );
  expect(samplesOf(await audition.get('api/hrtfs/kemar/loudspeakers?layout=5.1'))).toHaveLength(
    12 * hrtf!.loudspeakerTapCount,
  );
  for (const order of ['', '?order=0', '?order=4', '?order=1.5', '?order=x'])
    expect(await audition.get(`api/hrtfs/kemar/ambisonic${order}`)).toMatchObject({ status: 400 });
  for (const path of [
    'none/ambisonic?order=1',
    'kemar/loudspeakers?layout=9.1.6',
    'kemar/loudspeakers',
    'kemar/loudspeakers?layout=constructor',
  ])
    expect(await audition.get(`api/hrtfs/${path}`), path).toMatchObject({ status: 404 });
});

test('overviews of sources that are there', async () => {
  const audition = await start();
  expect(await audition.getJson('api/sources/5.1/overview')).toMatchObject({ state: expect.any(String) });
  expect(await audition.get('api/sources/none/overview')).toMatchObject({ status: 404 });
  expect(await audition.get('api/sources/5.1/overview?hrtf=none')).toMatchObject({ status: 404 });
});

test('the scene, where there is one', async () => {
  expect(await (await start()).get('api/scene')).toMatchObject({ status: 404 });
  const audition = await startForTest({ input: writeSmallScene(root, 0.1), pageFolder });
  expect(await audition.getJson('api/scene')).toMatchObject({ version: 1, name: 'small' });
});

test('notes survive, and those that are too large are refused', async () => {
  const audition = await start();
  const put = (body: string) =>
    audition.get('api/notes', { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
  const notes = {
    version: 1,
    notes: [{ id: 'a', timeSec: 0.5, text: 'Über', createdAt: '2026-01-02T03:04:05.000Z' }],
  };
  expect(await audition.getJson('api/notes')).toEqual({ version: 1, notes: [] });
  expect((await put(JSON.stringify(notes))).status).toBe(200);
  expect(await audition.getJson('api/notes')).toEqual(notes);
  expect(JSON.parse(readFileSync(join(folder, 'audition-notes.json'), 'utf8'))).toEqual(notes);
  expect((await put(' '.repeat(maxNotesBytes + 1))).status).toBe(413);
  expect((await put('{"version":1,"notes":[{}]}')).status).toBe(400);
  expect(await (await start()).getJson('api/notes')).toEqual(notes);
});
