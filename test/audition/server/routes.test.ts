import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxNotesBytes } from '../../../src/audition/protocol/notes.ts';
import { readSceneText } from '../../../src/scene/scene-text.ts';
import { temporaryFolder, whiteNoise, writeSmallScene } from '../../cli/cli-support.ts';
import {
  deliverableFrames,
  samplesOf,
  startForTest,
  writeDeliverables,
  type Asked,
} from './audition-support.ts';

const root = temporaryFolder();
const folder = join(root, 'delivery');
const pageFolder = join(root, 'page');
beforeAll(() => {
  writeDeliverables(folder);
  writeDeliverables(pageFolder);
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'secret.wav'), 'secret');
});
/** One server for all tests that change nothing. */
let audition: Asked;
beforeAll(async () => {
  audition = await startForTest({ input: folder, pageFolder }, afterAll);
});

test('the page and its files, and no others', async () => {
  expect(await audition.get('')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  expect(await audition.get('index.html')).toMatchObject({ status: 200 });
  for (const path of ['none.js', 'api', 'api/none', 'api/session/x', 'assets/../index.html', '../secret.wav'])
    expect(await audition.get(path), path).toMatchObject({ status: 404 });
});

test('methods', async () => {
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
  const other = await startForTest({ input: linked, pageFolder });
  unlinkSync(join(linked, 'song.stereo.wav'));
  symlinkSync(join(root, 'secret.wav'), join(linked, 'song.stereo.wav'));
  expect(await other.get('api/files/song.stereo.wav')).toMatchObject({ status: 404 });
  expect(await other.get('api/sources/stereo/audio')).toMatchObject({ status: 500 });
  expect(await other.get('api/sources/binaural/audio')).toMatchObject({ status: 200 });
});

test('filters of the sets that are there', async () => {
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
  expect(await audition.getJson('api/sources/5.1/overview')).toMatchObject({ state: expect.any(String) });
  expect(await audition.get('api/sources/none/overview')).toMatchObject({ status: 404 });
  expect(await audition.get('api/sources/5.1/overview?hrtf=none')).toMatchObject({ status: 404 });
});

test('the scene, where there is one', async () => {
  expect(await audition.get('api/scene')).toMatchObject({ status: 404 });
  const other = await startForTest({ input: writeSmallScene(root, 0.1), pageFolder });
  const scene = await other.get('api/scene');
  expect(scene.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(await readSceneText(scene.body.toString('utf8'))).toMatchObject({ version: 1, name: 'small' });
});

test('notes survive, and those that are too large are refused', async () => {
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
  const later = await startForTest({ input: folder, pageFolder });
  expect(await later.getJson('api/notes')).toEqual(notes);
});

/** Writes an RF64 file of 24 bits whose audio is a hole in the file, but for one sample. */
function writeSparse(file: string, channelCount: number, frameCount: number, loudFrame: number): void {
  const frameBytes = 3 * channelCount;
  const header = Buffer.alloc(80);
  header.write('RF64\xff\xff\xff\xffWAVEds64', 0, 'latin1');
  header.writeUInt32LE(28, 16);
  header.writeBigUInt64LE(BigInt(72 + frameCount * frameBytes), 20);
  header.writeBigUInt64LE(BigInt(frameCount * frameBytes), 28);
  header.writeBigUInt64LE(BigInt(frameCount), 36);
  header.write('fmt ', 48, 'latin1');
  header.writeUInt32LE(16, 52);
  header.writeUInt16LE(1, 56);
  header.writeUInt16LE(channelCount, 58);
  header.writeUInt32LE(48_000, 60);
  header.writeUInt32LE(48_000 * frameBytes, 64);
  header.writeUInt16LE(frameBytes, 68);
  header.writeUInt16LE(24, 70);
  header.write('data\xff\xff\xff\xff', 72, 'latin1');
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, header, 0, header.length, 0);
  writeSync(descriptor, Buffer.of(0, 0, 0x40), 0, 3, 80 + loudFrame * frameBytes);
  ftruncateSync(descriptor, 80 + frameCount * frameBytes);
  closeSync(descriptor);
}

test('a 7.1.4 file of an hour starts at once, and so does its end', async () => {
  const long = join(root, 'long');
  mkdirSync(long);
  const frameCount = 3600 * 48_000;
  const loudFrame = frameCount - 1000;
  writeSparse(join(long, 'song.7.1.4.wav'), 12, frameCount, loudFrame);
  const startMs = performance.now();
  const other = await startForTest({ input: long, pageFolder });
  const path = 'api/sources/7.1.4/audio';
  const start = await other.get(path, { headers: { range: 'bytes=0-479999' } });
  const end = await other.get(path, {
    headers: { range: `bytes=${48 * loudFrame}-${48 * loudFrame + 47}` },
  });
  expect(performance.now() - startMs).toBeLessThan(2000);
  expect(start.headers['content-range']).toBe(`bytes 0-479999/${48 * frameCount}`);
  expect(samplesOf(start).every((sample) => sample === 0)).toBe(true);
  expect([...samplesOf(end)]).toEqual([0.5, ...Array<number>(11).fill(0)]);
});
