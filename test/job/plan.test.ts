import { expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { addBus, planTargets, reRenderLayout, type PlannedBus } from '../../src/job/plan.ts';

const plan = (names: readonly string[], channelOrder: 'wav' | 'itu' | 'film' = 'wav') =>
  planTargets(
    names.map((name) => parseTarget(name)),
    { channelOrder, fold: {} },
  );

test('targets made of the same render share it', () => {
  const { buses, targets } = plan(['7.1.4', '5.1', 'stereo', 'binaural', 'ambix3', '3.1.2', '5.1.2']);
  expect(buses.map((bus) => bus.channelCount)).toEqual([12, 6, 2, 16, 8]);
  expect(targets.map((target) => target.busIndex)).toEqual([0, 1, 1, 2, 3, 4, 4]);
  expect(targets.map((target) => target.fold !== undefined)).toEqual([
    false,
    false,
    true,
    false,
    false,
    true,
    false,
  ]);
  expect(targets.map((target) => target.channelCount)).toEqual([12, 6, 2, 2, 16, 6, 8]);
});

test('stereo is folded from 5.1 and says so, 0+2+0 is rendered directly', () => {
  const { buses, targets } = plan(['stereo', '0+2+0']);
  expect(buses).toHaveLength(2);
  expect(targets[0]!.description).toMatch(/fold-down of the 5\.1/);
  expect(targets[1]!.description).toMatch(/BS\.2127/);
});

test('files have the order and mask that players expect', () => {
  const [immersive] = plan(['7.1.4']).targets;
  expect(immersive!.channelMask).toBe(0x2d63f);
  expect(immersive!.fileLabels.slice(4, 8)).toEqual(['M+135', 'M-135', 'M+090', 'M-090']);
  const [itu] = plan(['7.1.4'], 'itu').targets;
  expect(itu!.fileLabels.slice(4, 8)).toEqual(['M+090', 'M-090', 'M+135', 'M-135']);
  expect(itu!.channelMask).toBe(0);
  const [ambisonic] = plan(['ambix1']).targets;
  expect(ambisonic).toMatchObject({ channelMask: 0, fileLabels: ['ACN0', 'ACN1', 'ACN2', 'ACN3'] });
});

test("ambisonic targets say their normalisation, in their files' names too, and have room for a head-locked pair", () => {
  const planned = planTargets([parseTarget('ambix1')], {
    channelOrder: 'wav',
    fold: {},
    ambisonics: { normalization: 'N3D', headLocked: true },
  });
  expect(planned.buses).toMatchObject([{ channelCount: 6 }]);
  expect(planned.targets).toMatchObject([
    {
      suffix: 'ambix1-n3d',
      channelCount: 6,
      channelMask: 0,
      fileChannels: [0, 1, 2, 3, 4, 5],
      fileLabels: ['ACN0', 'ACN1', 'ACN2', 'ACN3', 'HL-L', 'HL-R'],
      description: 'ambisonics of order 1, ACN, N3D, with a head-locked stereo pair',
    },
  ]);
  expect(
    plan(['7.1.4', 'stereo', 'binaural', 'ambix3', '3.1.2']).targets.map(({ suffix }) => suffix),
  ).toEqual(['7.1.4', 'stereo', 'binaural', 'ambix3', '3.1.2']);
});

test('a target named twice is refused', () => {
  expect(() => plan(['7.1.4', '4+7+0'])).toThrow(/named twice/);
});

test('a bus is added once', () => {
  const buses: PlannedBus[] = [];
  expect(addBus(buses, { kind: 'loudspeakers', layout: reRenderLayout() })).toBe(0);
  expect(addBus(buses, { kind: 'binaural' })).toBe(1);
  expect(addBus(buses, { kind: 'loudspeakers', layout: getLayout('5.1') })).toBe(0);
  expect(addBus(buses, { kind: 'ambisonics', order: 2 })).toBe(2);
  expect(addBus(buses, { kind: 'ambisonics', order: 3 })).toBe(3);
});

test('variants of a target have files of their own, and share the render', () => {
  const { buses, targets } = planTargets(
    ['7.1.4', '7.1.4'].map((name) => parseTarget(name)),
    { channelOrder: 'wav', fold: {} },
    [
      { suffix: undefined, measuredOn: undefined },
      { suffix: 'umg-atmos', measuredOn: '5.1' },
    ],
  );
  expect(buses).toHaveLength(1);
  expect(targets.map(({ suffix }) => suffix)).toEqual(['7.1.4', '7.1.4.umg-atmos']);
  expect(targets.map(({ measuredOn }) => measuredOn?.name)).toEqual([undefined, '0+5+0']);
});

test('renders with other trims, or that are folded further, are others', () => {
  const names = ['5.1', '7.1', 'stereo'].map((name) => parseTarget(name));
  const options = { channelOrder: 'wav', fold: {}, surround: 'lo-ro', hasDividedBeds: true } as const;
  const { buses, targets } = planTargets(names, options);
  expect(targets.map(({ busIndex }) => busIndex)).toEqual([0, 1, 2]);
  expect(buses.map(({ channelCount }) => channelCount)).toEqual([8, 8, 8]);
  expect(targets[0]).toMatchObject({ channelCount: 6, fold: { quadrature: undefined } });
  expect(targets[0]!.description).toMatch(/folded from 7\.1 by Lo\/Ro/);
  // Without beds that would be divided stereo needs no render of its own.
  const shared = planTargets(names, { ...options, hasDividedBeds: false });
  expect(shared.targets.map(({ busIndex }) => busIndex)).toEqual([0, 1, 0]);
});

test('stereo by another rule says which, and where its figures come from', () => {
  const fold = { rule: 'lt-rt-pl2' } as const;
  const [stereo] = planTargets([parseTarget('stereo')], { channelOrder: 'wav', fold }).targets;
  expect(stereo!.description).toMatch(
    /^stereo, Lt\/Rt \(Pro Logic II, third-party .*\) fold-down, surrounds turned by 90 degrees, of the 5\.1 render$/,
  );
  expect(stereo!.fold!.quadrature).toHaveLength(12);
});
