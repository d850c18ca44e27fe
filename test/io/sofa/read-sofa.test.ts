import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HrtfError, type Warning } from '../../../src/base/errors.ts';
import { parseSofa } from '../../../src/io/sofa/read-sofa.ts';
import { toyMeasurement } from '../../hrtf/sets.ts';
import { requireTestData } from '../../support.ts';
import { sofaBytes, toySofa, type SofaParts } from './sofa-bytes.ts';

const read = async (
  change: (parts: SofaParts) => void = () => {},
  onWarning?: (warning: Warning) => void,
) => {
  const parts = toySofa();
  change(parts);
  return parseSofa(await sofaBytes(parts), 'toy.sofa', onWarning);
};

describe('a good file', () => {
  test('gives its directions in ADM azimuths, its responses, and what it says of itself', async () => {
    const truth = toyMeasurement(30, -90);
    const measured = await read();
    expect(measured).toMatchObject({
      name: 'toy, head',
      source: 'the laboratory',
      licence: 'none whatever',
      sampleRateHz: 44100,
      directionCount: truth.directionCount,
      tapCount: truth.tapCount,
    });
    measured.directionsDeg.forEach((angleDeg, i) => expect(angleDeg).toBeCloseTo(truth.directionsDeg[i]!, 9));
    expect(measured.responses).toEqual(truth.responses);
    expect(measured.delaySamples!.every((delay) => delay === 0)).toBe(true);
  });

  test('cartesian positions are the same directions', async () => {
    const { directionsDeg } = await read();
    const cartesian = await read(({ variables }) => {
      const { data, shape } = variables.SourcePosition!;
      const xyz = Array.from({ length: shape[0]! }, (_, i) => {
        const [azimuth, elevation] = [data[3 * i]!, data[3 * i + 1]!].map((deg) => (deg * Math.PI) / 180);
        const horizontal = 1.5 * Math.cos(elevation!);
        return [horizontal * Math.cos(azimuth!), horizontal * Math.sin(azimuth!), 1.5 * Math.sin(elevation!)];
      }).flat();
      variables.SourcePosition = { shape, data: xyz, attributes: { Type: 'cartesian', Units: 'metre' } };
    });
    for (let i = 0; i < directionsDeg.length; i += 2)
      if (Math.abs(directionsDeg[i + 1]!) < 89) {
        const turnDeg = Math.abs(cartesian.directionsDeg[i]! - directionsDeg[i]!) % 360;
        expect(Math.min(turnDeg, 360 - turnDeg)).toBeLessThan(1e-6);
        expect(cartesian.directionsDeg[i + 1]).toBeCloseTo(directionsDeg[i + 1]!, 6);
      }
  });

  test('receivers may come right ear first', async () => {
    const truth = await read();
    const swapped = await read(({ variables }) => {
      variables.ReceiverPosition = { shape: [2, 3, 1], data: [0, -0.09, 0, 0, 0.09, 0] };
      variables['Data.Delay'] = { shape: [1, 2], data: [3, 5] };
    });
    const { tapCount } = truth;
    expect(swapped.responses.subarray(0, tapCount)).toEqual(truth.responses.subarray(tapCount, 2 * tapCount));
    expect([...swapped.delaySamples!.subarray(0, 2)]).toEqual([5, 3]);
  });

  test('delays may be given for each direction', async () => {
    const measured = await read(({ variables }) => {
      const count = variables['Data.IR']!.shape[0]!;
      variables['Data.Delay'] = {
        shape: [count, 2],
        data: Array.from({ length: 2 * count }, (_, i) => i / 4),
      };
    });
    expect([...measured.delaySamples!.subarray(0, 4)]).toEqual([0, 0.25, 0.5, 0.75]);
  });

  test('of several distances the largest is used, and a warning says so', async () => {
    const warnings: Warning[] = [];
    const { directionCount } = await read(
      ({ variables }) => {
        const { data } = variables.SourcePosition!;
        for (let i = 0; i < 10; i++) (data as number[])[3 * i + 2] = 0.5;
      },
      (warning) => warnings.push(warning),
    );
    expect(directionCount).toBe(toyMeasurement(30, -90).directionCount - 10);
    expect(warnings).toMatchObject([{ code: 'sofa-directions', file: 'toy.sofa' }]);
  });

  test('a dummy head of a laboratory', async (context) => {
    const file = requireTestData(context, 'data', 'hrtf', 'sadie_ku100.sofa');
    const measured = await parseSofa(readFileSync(file), file);
    expect(measured).toMatchObject({ sampleRateHz: 48000, directionCount: 1550, tapCount: 256 });
  });
});

describe('a bad file', () => {
  const faultOf = async (change: (parts: SofaParts) => void): Promise<HrtfError> => {
    const error: unknown = await read(change).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HrtfError);
    expect((error as HrtfError).file).toBe('toy.sofa');
    return error as HrtfError;
  };

  test.each<[string, (parts: SofaParts) => void, string, RegExp]>([
    [
      'of another convention',
      (parts) => (parts.attributes.SOFAConventions = 'SingleRoomSRIR'),
      'sofa-convention',
      /"SingleRoomSRIR".*SimpleFreeFieldHRIR/,
    ],
    ['of none', (parts) => delete parts.attributes.SOFAConventions, 'sofa-convention', /no attribute/],
    [
      'without responses',
      (parts) => delete parts.variables['Data.IR'],
      'sofa-variable',
      /Data\.IR is missing/,
    ],
    ['without delays', (parts) => delete parts.variables['Data.Delay'], 'sofa-variable', /Data\.Delay/],
    ['without rate', (parts) => delete parts.variables['Data.SamplingRate'], 'sofa-variable', /SamplingRate/],
    [
      'without positions',
      (parts) => delete parts.variables.SourcePosition,
      'sofa-variable',
      /SourcePosition/,
    ],
    [
      'with a value that is no number',
      ({ variables }) => ((variables['Data.IR']!.data as Float64Array)[2 * 256 + 7] = NaN),
      'sofa-number',
      /Data\.IR holds NaN at \[1, 0, 7\]/,
    ],
    [
      'with one receiver',
      ({ variables }) => (variables['Data.IR'] = { shape: [2, 1, 2], data: [1, 2, 3, 4] }),
      'sofa-shape',
      /\[2, 1, 2\]/,
    ],
    [
      'with positions of another number',
      ({ variables }) => (variables.SourcePosition = { shape: [1, 3], data: [0, 0, 1] }),
      'sofa-shape',
      /SourcePosition.*\[1, 3\]/,
    ],
    [
      'with delays of another number',
      ({ variables }) => (variables['Data.Delay'] = { shape: [3, 2], data: [0, 0, 0, 0, 0, 0] }),
      'sofa-shape',
      /Data\.Delay.*\[3, 2\]/,
    ],
    [
      'at a rate that cannot be',
      ({ variables }) => (variables['Data.SamplingRate'] = { shape: [1], data: [44.1] }),
      'sofa-rate',
      /44\.1; allowed/,
    ],
    [
      'in kilohertz',
      ({ variables }) =>
        (variables['Data.SamplingRate'] = { shape: [1], data: [48000], attributes: { Units: 'kHz' } }),
      'sofa-rate',
      /"kHz"/,
    ],
    [
      'with another view',
      ({ variables }) => (variables.ListenerView = { shape: [1, 3], data: [0, 1, 0] }),
      'sofa-view',
      /\[0, 1, 0\]/,
    ],
    [
      'of a few directions',
      ({ variables }) => {
        variables['Data.IR'] = { shape: [6, 2, 2], data: new Array<number>(24).fill(1) };
        variables.SourcePosition = {
          shape: [6, 3],
          data: [0, 0, 1, 90, 0, 1, 180, 0, 1, 270, 0, 1, 0, 90, 1, 0, -90, 1],
        };
      },
      'sofa-few-directions',
      /6 directions are too few; at least 12/,
    ],
  ])('%s', async (_, change, code, message) => {
    const error = await faultOf(change);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('that is cut short or overwritten anywhere is refused, never read as noise', async () => {
    const bytes = await sofaBytes(toySofa());
    for (const length of [0, 4, 8, 100, Math.floor(bytes.length / 2), bytes.length - 1])
      await expect(parseSofa(bytes.subarray(0, length), 'cut.sofa')).rejects.toThrow(HrtfError);
    await expect(parseSofa(bytes.subarray(0, 5000), 'cut.sofa')).rejects.toThrow(
      /cut\.sofa is damaged: truncated/,
    );
    await expect(parseSofa(Buffer.from('RIFF....WAVE'), 'a.wav')).rejects.toThrow(/not a SOFA file/);
  });
});
