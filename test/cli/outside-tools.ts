import { readFileSync } from 'node:fs';
import { run } from '../support.ts';

/** Figures of a file by FFmpeg's own EBU R 128 meter. */
export interface OutsideLoudness {
  readonly integratedLufs: number;
  readonly loudnessRangeLu: number;
  readonly truePeakDbtp: number;
}

/** Measures a stereo file with FFmpeg's filter ebur128, an implementation that is not ours. */
export function ffmpegLoudness(file: string): OutsideLoudness {
  const filter = 'ebur128=peak=true:framelog=verbose';
  const { stderr } = run('ffmpeg', [
    '-hide_banner',
    '-nostats',
    '-i',
    file,
    '-af',
    filter,
    '-f',
    'null',
    '-',
  ]);
  const summary = stderr.trimEnd().split('\n').slice(-14).join('\n');
  const figure = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(-?[\\d.]+|-?inf)`).exec(summary)![1]!.replace('inf', 'Infinity'));
  return { integratedLufs: figure('I'), loudnessRangeLu: figure('LRA'), truePeakDbtp: figure('Peak') };
}

/** What a tool says about an audio file. */
export interface OutsideFacts {
  readonly channelCount: number;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly bits: number;
  readonly isFloat: boolean;
}

/** Facts by ffprobe, with the name that FFmpeg has for the channel layout; undefined where it has none. */
export function ffprobeFacts(file: string): OutsideFacts & { readonly layout: string | undefined } {
  const { stdout } = run('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', file]);
  const [stream] = (JSON.parse(stdout) as { streams: Record<string, string | number>[] }).streams;
  return {
    channelCount: Number(stream!.channels),
    sampleRateHz: Number(stream!.sample_rate),
    frameCount: Number(stream!.duration_ts),
    bits: Number(stream!.bits_per_sample),
    isFloat: String(stream!.codec_name).startsWith('pcm_f'),
    layout: stream!.channel_layout === undefined ? undefined : String(stream!.channel_layout),
  };
}

/** Facts by SoX. */
export function soxFacts(file: string): OutsideFacts {
  const ask = (flag: string): string => run('sox', ['--info', flag, file]).stdout.trim();
  return {
    channelCount: Number(ask('-c')),
    sampleRateHz: Number(ask('-r')),
    frameCount: Number(ask('-s')),
    bits: Number(ask('-b')),
    isFloat: ask('-e') === 'Floating Point PCM',
  };
}

/** The samples of a WAVE file, read here chunk by chunk so that our own reader does not vouch for our writer. */
export interface PlainWav {
  readonly sampleRateHz: number;
  readonly bits: number;
  readonly channelMask: number;
  /** [channel][frame] */
  readonly channels: readonly Float64Array[];
  /** The data chunk as it is. */
  readonly data: Buffer;
}

/** Reads a plain or extensible WAVE file of 16 or 24 bit integers or 32 bit float. */
export function readPlainWav(file: string): PlainWav {
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${file} is not RIFF`);
  let format = Buffer.alloc(0);
  let data = Buffer.alloc(0);
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    const id = bytes.toString('latin1', at, at + 4);
    if (id === 'fmt ') format = bytes.subarray(at + 8, at + 8 + size);
    if (id === 'data') data = bytes.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size & 1);
  }
  const isExtensible = format.readUInt16LE(0) === 0xfffe;
  const isFloat = format.readUInt16LE(isExtensible ? 24 : 0) === 3;
  const channelCount = format.readUInt16LE(2);
  const bits = format.readUInt16LE(14);
  const frameBytes = (channelCount * bits) / 8;
  const sampleAt = (offset: number): number =>
    isFloat ? data.readFloatLE(offset) : data.readIntLE(offset, bits / 8) / 2 ** (bits - 1);
  const channels = Array.from({ length: channelCount }, (_, channel) =>
    Float64Array.from({ length: data.length / frameBytes }, (_, frame) =>
      sampleAt(frame * frameBytes + (channel * bits) / 8),
    ),
  );
  return {
    sampleRateHz: format.readUInt32LE(4),
    bits,
    channelMask: isExtensible ? format.readUInt32LE(20) : 0,
    channels,
    data,
  };
}

/** Mean power of a signal, dB. */
export function powerDb(signal: Float64Array): number {
  return 10 * Math.log10(signal.reduce((sum, sample) => sum + sample * sample, 0) / signal.length);
}

const oversampling = 32;
const tapsPerPhase = 97;
const kaiserBeta = 8;

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Kaiser-windowed sinc for one phase: the value `phase / 32` of a sample after the middle tap. */
function interpolator(phase: number): Float64Array {
  const middle = (tapsPerPhase - 1) / 2;
  return Float64Array.from({ length: tapsPerPhase }, (_, tap) => {
    const x = tap - middle - phase / oversampling;
    const inside = Math.max(0, 1 - (x / (middle + 1)) ** 2);
    const window = besselI0(kaiserBeta * Math.sqrt(inside)) / besselI0(kaiserBeta);
    return (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  });
}

const interpolators = Array.from({ length: oversampling }, (_, phase) => interpolator(phase));
const largestGain = Math.max(
  ...interpolators.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)),
);

/**
 * True peak by 32 times oversampling in float64. Where no sample in reach is loud enough to give a new
 * maximum, the interpolators are not run: the result is the same.
 */
export function oversampledPeakDbtp(channels: readonly Float64Array[]): number {
  let peak = 0;
  for (const channel of channels) {
    for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
  }
  for (const channel of channels) {
    const padded = new Float64Array(channel.length + 2 * tapsPerPhase);
    padded.set(channel, tapsPerPhase);
    let reach = 0;
    let reachUntil = -1;
    for (let start = 0; start + tapsPerPhase <= padded.length; start++) {
      const newest = Math.abs(padded[start + tapsPerPhase - 1]!);
      if (newest >= reach) {
        reach = newest;
        reachUntil = start + tapsPerPhase;
      } else if (start >= reachUntil) {
        reach = 0;
        for (let tap = 0; tap < tapsPerPhase; tap++) reach = Math.max(reach, Math.abs(padded[start + tap]!));
        reachUntil = start + 1;
      }
      if (reach * largestGain <= peak) continue;
      for (let phase = 1; phase < oversampling; phase++) {
        const taps = interpolators[phase]!;
        let value = 0;
        for (let tap = 0; tap < tapsPerPhase; tap++) value += taps[tap]! * padded[start + tap]!;
        peak = Math.max(peak, Math.abs(value));
      }
    }
  }
  return 20 * Math.log10(peak);
}
