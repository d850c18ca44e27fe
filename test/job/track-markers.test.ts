import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTrackMarkers, planTracks, readTrackMarkers, trackSuffix } from '../../src/job/track-markers.ts';
import { jobFolder, writeText } from './scenes.ts';

const folder = jobFolder();

describe('a table of markers', () => {
  test('in seconds or samples, with names or without', async () => {
    const file = writeText(folder, 'tracks.csv', '# an album\ntime,name\n0,Opening\n3.5,"Slow, long"\n');
    expect(await readTrackMarkers(file)).toEqual([
      { timeSec: 0, name: 'Opening' },
      { timeSec: 3.5, name: 'Slow, long' },
    ]);
    expect(parseTrackMarkers('0\n12.5', 't.csv')).toEqual([
      { timeSec: 0, name: '' },
      { timeSec: 12.5, name: '' },
    ]);
    expect(parseTrackMarkers('Name;Samples\nOne;0\nTwo;48001', 't.csv')).toEqual([
      { timeSamples: 0, name: 'One' },
      { timeSamples: 48001, name: 'Two' },
    ]);
  });

  test.each([
    ['', /t\.csv: line 1, column 1: no rows/],
    ['time,name\n-1,x', /time is "-1"/],
    ['time,name\n0,a\n3,b\n3,c', /t\.csv: line 4: 3 is not later than the row before, 3/],
    ['name\nx', /no column "time" or "samples"/],
    ['samples\n0.5', /line 2: 0\.5 samples; a whole number/],
  ])('%j is refused', (text, message) => {
    expect(() => parseTrackMarkers(text, 't.csv')).toThrow(message);
  });

  test('a file that is not there', async () => {
    const reading = readTrackMarkers(join(folder, 'none.csv'));
    await expect(reading).rejects.toMatchObject({ name: 'FormatError', code: 'track-markers' });
  });
});

describe('tracks', () => {
  const plan = { sceneRateHz: 48000, sampleRateHz: 44100, frameCount: 441_000 };
  const markers = [
    { name: 'a', timeSec: 0 },
    { name: 'b', timeSec: 1.00001 },
    { name: '', timeSamples: 240_001 },
  ];

  test('begin at the nearest frame of the deliverable and leave nothing out', () => {
    expect(planTracks(markers, plan)).toEqual([
      { number: 1, name: 'a', startFrame: 0, frameCount: 44_100 },
      { number: 2, name: 'b', startFrame: 44_100, frameCount: 220_501 - 44_100 },
      { number: 3, name: '', startFrame: 220_501, frameCount: 441_000 - 220_501 },
    ]);
  });

  test('markers that do not fit are refused by name', () => {
    const late = [...markers, { name: 'late', timeSec: 10 }];
    expect(() => planTracks(late, plan)).toThrow(
      'track 4 "late" begins at 10 s; it must begin later than 5.000023 s, where the one before begins, and before the end at 10 s',
    );
    const first = [{ name: 'far', timeSec: 11 }];
    expect(() => planTracks(first, { ...plan, file: 't.csv' })).toThrow(
      expect.objectContaining({
        file: 't.csv',
        message: 'track 1 "far" begins at 11 s; it must begin before the end at 10 s',
      }),
    );
    const backwards = [markers[1]!, markers[0]!];
    expect(() => planTracks(backwards, plan)).toThrow(
      'track 2 "a" begins at 0 s; it must begin later than 1 s',
    );
    expect(() => planTracks([], plan)).toThrow('no markers');
  });

  test('are numbered with two digits at least', () => {
    const track = { number: 7, name: 'Finale', startFrame: 0, frameCount: 1 };
    expect(trackSuffix(track, 12)).toBe('07-Finale');
    expect(trackSuffix({ ...track, name: '' }, 120)).toBe('007');
  });
});
