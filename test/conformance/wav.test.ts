import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOrder } from '../../src/io/channel-order.ts';
import { openWavFile } from '../../src/io/wav/wav-reader.ts';
import { createWavWriter, type WavWriterOptions } from '../../src/io/wav/wav-writer.ts';
import type { SampleFormat } from '../../src/kernels/interfaces/pcm.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { noise, requireTestData, requireTool, run } from '../support.ts';
import { readWhole } from '../io/wav/read-whole.ts';

/** Files of ours in the eyes of ffmpeg and sox; foreign files in ours. EBU Tech 3285 and 3306, ITU-R BS.2088. */
const kernels = createScalarKernels();
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-wav-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const frameCount = 4801;

async function write(name: string, options: Omit<WavWriterOptions, 'kernels'>): Promise<string> {
  const file = join(dir, name);
  const writer = await createWavWriter(file, { ...options, kernels, overwrite: true });
  const channels = Array.from({ length: options.channelCount }, (_, index) =>
    noise(frameCount, index + 1, 0.5),
  );
  await writer.write({ channels, frameCount });
  await writer.finish();
  return file;
}

interface Probe {
  codec_name: string;
  channels: number;
  channel_layout?: string;
  sample_rate: string;
  duration_ts: number;
}

const probe = (file: string): Probe =>
  JSON.parse(run('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', file]).stdout).streams[0];

const codecs: Readonly<Record<SampleFormat, string>> = {
  uint8: 'pcm_u8',
  int16: 'pcm_s16le',
  int24: 'pcm_s24le',
  int32: 'pcm_s32le',
  float32: 'pcm_f32le',
  float64: 'pcm_f64le',
};
const soxBits: Readonly<Record<SampleFormat, number>> = {
  uint8: 8,
  int16: 16,
  int24: 24,
  int32: 32,
  float32: 25,
  float64: 54,
};

describe('every format that we write', () => {
  const cases = (Object.keys(codecs) as SampleFormat[]).flatMap((sampleFormat) =>
    [1, 12].map((channelCount) => [sampleFormat, channelCount] as const),
  );

  test.for(cases)('opens in ffprobe: %s, %i channels', async ([sampleFormat, channelCount], context) => {
    requireTool(context, 'ffprobe');
    const file = await write('a.wav', { sampleRateHz: 96000, channelCount, sampleFormat });
    expect(probe(file)).toMatchObject({
      codec_name: codecs[sampleFormat],
      channels: channelCount,
      sample_rate: '96000',
      duration_ts: frameCount,
    });
  });

  test.for(cases)('opens in sox: %s, %i channels', async ([sampleFormat, channelCount], context) => {
    requireTool(context, 'sox');
    for (const container of ['auto', 'rf64'] as const) {
      const file = await write('b.wav', { sampleRateHz: 44100, channelCount, sampleFormat, container });
      const { stdout } = run('sox', ['--info', file]);
      const patterns = [/Channels\s*: (\d+)/, /Rate\s*: (\d+)/, /Precision\s*: (\d+)/, /= (\d+) samples/];
      const found = patterns.map((pattern) => Number(pattern.exec(stdout)?.[1]));
      expect(found).toEqual([channelCount, 44100, soxBits[sampleFormat], frameCount]);
    }
  });

  test.for(cases)(
    'is decoded by ffmpeg to the same samples: %s, %i',
    async ([sampleFormat, channelCount], context) => {
      requireTool(context, 'ffmpeg');
      const file = await write('c.wav', { sampleRateHz: 48000, channelCount, sampleFormat });
      await expectLikeFfmpeg(file);
    },
  );
});

/** Compares what we read of a file with what ffmpeg decodes of it. */
async function expectLikeFfmpeg(file: string): Promise<void> {
  const raw = join(dir, 'decoded.f64');
  run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-f', 'f64le', '-c:a', 'pcm_f64le', raw]);
  const bytes = readFileSync(raw);
  const theirs = new Float64Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 8));
  const channels = await readWhole(await openWavFile(file, { kernels }));
  expect(theirs.length).toBe(channels.length * channels[0]!.length);
  let worst = 0;
  channels.forEach((channel, index) =>
    channel.forEach((sample, frame) => {
      worst = Math.max(worst, Math.abs(sample - theirs[frame * channels.length + index]!));
    }),
  );
  // Float32 holds integers of 32 bits within 2^-25 of full scale.
  expect(worst).toBeLessThanOrEqual(2 ** -25);
}

async function expectSameAudio(...files: readonly [string, string]): Promise<void> {
  const [one, other] = await Promise.all(
    files.map(async (file) => readWhole(await openWavFile(file, { kernels }))),
  );
  expect(one).toEqual(other);
}

describe('channel masks', () => {
  test.for([
    ['1.0', 'mono'],
    ['2.0', 'stereo'],
    ['5.1', '5.1'],
    ['7.1', '7.1'],
  ])('ffprobe calls our %s "%s"', async ([name, expected], context) => {
    requireTool(context, 'ffprobe');
    const layout = getLayout(name!);
    const { order, mask } = fileOrder(layout, 'wav');
    const channelCount = layout.loudspeakers.length;
    const options = { sampleRateHz: 48000, channelCount, sampleFormat: 'int24', channelMask: mask } as const;
    expect(probe(await write('m.wav', { ...options, channelOrder: order })).channel_layout).toBe(expected);
  });

  test('ffmpeg finds the channels of 7.1.4 by name', async (context) => {
    requireTool(context, 'ffmpeg');
    const layout = getLayout('7.1.4');
    const { order, mask } = fileOrder(layout, 'wav');
    const options = {
      sampleRateHz: 48000,
      channelCount: 12,
      sampleFormat: 'float32',
      channelMask: mask,
    } as const;
    const file = await write('n.wav', { ...options, channelOrder: order });
    const names = 'FL FR FC LFE SL SR BL BR TFL TFR TBL TBR'.split(' ');
    const raw = join(dir, 'named.f32');
    const pan = `pan=0x2d63f|${names.map((name, channel) => `c${channel}=${name}`).join('|')}`;
    run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-af', pan, '-f', 'f32le', raw]);
    const bytes = readFileSync(raw);
    const samples = new Float32Array(bytes.buffer, bytes.byteOffset, frameCount * 12);
    const expected = names.map((_, channel) => noise(frameCount, channel + 1, 0.5)[100]);
    expect([...samples.subarray(1200, 1212)]).toEqual(expected);
  });
});

describe('edge cases of the libbw64 and EAR test suites', () => {
  test.for([
    ['24bit_missing_padding.wav', 1, 1],
    ['ear_test_bwf.wav', 4, 12000],
    ['empty_extradata.wav', 1, 4],
    ['fmt_padding.wav', 1, 4],
    ['noise_24bit_uneven_data_chunk_size.wav', 1, 13],
    ['pcm_extradata.wav', 1, 4],
    ['rect_16bit.wav', 2, 22050],
    ['rect_24bit.wav', 2, 22050],
    ['rect_24bit_bext.wav', 2, 22050],
    ['rect_24bit_nods64.wav', 2, 22050],
    ['rect_24bit_rf64.wav', 2, 22050],
    ['rect_32bit.wav', 2, 22050],
  ] as const)('%s is read', async ([name, channelCount, frames], context) => {
    const file = requireTestData(context, 'data', 'bw64', name);
    requireTool(context, 'ffmpeg');
    const reader = await openWavFile(file, { kernels, onWarning: ({ message }) => expect.fail(message) });
    expect([reader.channelCount, reader.frameCount]).toEqual([channelCount, frames]);
    await reader.close();
    // ffmpeg refuses RF64 without ds64; the audio is that of the file beside it.
    if (name === 'rect_24bit_nods64.wav') await expectSameAudio(file, file.replace('_nods64', ''));
    else await expectLikeFfmpeg(file);
  });

  test.for([
    ['rect_24bit_noriff.wav', 'wav-header', /"RF65"/],
    ['rect_24bit_nowave.wav', 'wav-header', /"WAV "/],
    ['rect_24bit_wrong_fmt_size.wav', 'wav-chunk', /size of the chunk "fmt " before it \(17\)/],
  ] as const)('%s is refused', async ([name, code, message], context) => {
    const opened = openWavFile(requireTestData(context, 'data', 'bw64', name), { kernels });
    await expect(opened).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

test('Dolby masters: audio, axml, chna and dbmd', async (context) => {
  const file = requireTestData(context, 'data', 'dolby-adm', 'sample_adm_file_0.wav');
  const reader = await openWavFile(file, { kernels });
  expect(reader.chunks.map(({ id }) => id)).toEqual(['JUNK', 'fmt ', 'data', 'axml', 'chna', 'dbmd']);
  expect([reader.channelCount, reader.frameCount, reader.bitDepth]).toEqual([2, 240_000, 24]);
  const axml = await reader.readChunk(reader.chunks.find(({ id }) => id === 'axml')!);
  expect(new TextDecoder().decode(axml)).toMatch(/^<\?xml|^<ebuCoreMain/);
  await reader.close();
});
