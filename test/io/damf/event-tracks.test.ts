import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEventTracks } from '../../../src/io/damf/event-tracks.ts';
import { openInputFile } from '../../../src/io/input-file.ts';
import { jobFolder } from '../../job/scenes.ts';
import { eventText } from './open-damf.ts';

const file = join(jobFolder(), 'a.metadata');

async function read(text: string, sampleRateHz = 48_000) {
  writeFileSync(file, text);
  const input = await openInputFile(file);
  const codes: string[] = [];
  const options = {
    objectIds: new Set([10, 11]),
    bedIds: new Set([3]),
    sampleRateHz,
    frameCount: sampleRateHz,
  };
  try {
    return {
      codes,
      ...(await readEventTracks(input, { ...options, onWarning: ({ code }) => void codes.push(code) })),
    };
  } finally {
    await input.close();
  }
}

test('an object without events rests in the middle; a bed channel without is as it is', async () => {
  const { tracks, codes } = await read('sampleRate: 48000\nevents: []\n');
  expect(tracks.get(10)!.blocks).toHaveLength(1);
  expect(tracks.get(3)).toMatchObject({ first: { active: true, gainDb: 0 }, blocks: [], kept: [] });
  expect(codes).toEqual([]);
});

test('the sample rate is that of the file, else that of the audio', async () => {
  const events = eventText(['ID: 10', 'samplePos: 0'], ['samplePos: 9600', 'gain: -3']);
  const start = async (text: string, rateHz: number) =>
    (await read(text, rateHz)).tracks.get(10)!.blocks[1]!.startSec;
  expect(await start(events, 96_000)).toEqual({ numerator: 9600n, denominator: 48_000n });
  expect(await start(events.replace('sampleRate: 48000\n', ''), 96_000)).toEqual({
    numerator: 9600n,
    denominator: 96_000n,
  });
});

test('kept are changes only; modes of the first event are none of them', async () => {
  const { tracks } = await read(
    eventText(
      ['ID: 11', 'samplePos: 0', 'trimBypass: true', 'music: 1'],
      ['samplePos: 5', 'trimBypass: true', 'music: 1'],
      ['samplePos: 6', 'trimBypass: false', 'music: 2'],
    ),
  );
  expect(tracks.get(11)).toMatchObject({
    modes: { trimBypass: true },
    changesModes: true,
    kept: [
      [0, 'music', '1'],
      [6, 'trimBypass', 'false'],
      [6, 'music', '2'],
    ],
  });
});
