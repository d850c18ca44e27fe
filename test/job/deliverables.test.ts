import { describe, expect, test } from 'vitest';
import { getProfile } from '../../src/deliver/profiles.ts';
import { profileTargets, settleDeliverables, type DeliverableOptions } from '../../src/job/deliverables.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { resolveTargetSettings } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';

/** Deliverables of profiles; of their own targets unless some are asked for. */
function settle(
  ids: readonly string[],
  targets?: readonly string[],
  options: Partial<DeliverableOptions> = {},
) {
  const profiles = ids.map(getProfile);
  return settleDeliverables({
    targets: (targets ?? profileTargets(profiles)).map((name) => parseTarget(name)),
    isAskedFor: targets !== undefined,
    profiles,
    recipe: undefined,
    overridesOf: () => ({}),
    sampleRateHz: 48000,
    ...options,
  });
}

const summary = (...args: Parameters<typeof settle>) =>
  settle(...args).map(({ target, profiles, variant }) => [
    target.name,
    profiles.map(({ id }) => id).join(' '),
    variant.suffix,
  ]);

describe('targets', () => {
  test('each profile gets its own', () => {
    expect(summary(['apple-atmos', 'spotify'])).toEqual([
      ['7.1.4', 'apple-atmos', undefined],
      ['stereo', 'spotify', undefined],
    ]);
    expect(summary(['spotify', 'archive'])).toEqual([
      ['stereo', 'spotify', 'spotify'],
      ['stereo', 'archive', 'archive'],
      ['7.1.4', 'archive', undefined],
      ['binaural', 'archive', undefined],
    ]);
  });

  test('equal settings share a file, different ones have files that say for whom', () => {
    expect(summary(['apple-atmos', 'dolby-atmos-music'])).toEqual([
      ['7.1.4', 'apple-atmos dolby-atmos-music', undefined],
    ]);
    expect(summary(['spotify', 'tidal', 'amazon-music'])).toEqual([
      ['stereo', 'spotify tidal', 'spotify+tidal'],
      ['stereo', 'amazon-music', 'amazon-music'],
    ]);
    // The same numbers, but one is judged on its 5.1 re-render.
    expect(summary(['apple-atmos', 'umg-atmos']).map(([, , suffix]) => suffix)).toEqual([
      'apple-atmos',
      'umg-atmos',
    ]);
  });

  test('targets that are asked for go to every profile that takes their layout; the others are as usual', () => {
    const codes: string[] = [];
    const onWarning = ({ code }: { code: string }): void => void codes.push(code);
    expect(summary(['apple-atmos', 'netflix'], ['binaural', '9.1.6', 'ambix1'], { onWarning })).toEqual([
      ['binaural', 'netflix', undefined],
      ['9.1.6', 'apple-atmos', 'apple-atmos'],
      ['9.1.6', 'netflix', 'netflix'],
      ['ambix1', '', undefined],
    ]);
    expect(codes).toEqual([]);
    const [plain] = settle(['apple-atmos'], ['binaural'], { onWarning });
    expect(plain!.settings).toEqual(resolveTargetSettings(parseTarget('binaural')));
    expect(codes).toEqual(['profile-unused']);
  });

  test('a profile that takes nothing that is made is refused', () => {
    expect(() => settle(['sony-360ra'])).toThrow(expect.objectContaining({ code: 'no-profile-target' }));
  });
});

describe('settings', () => {
  test('are those that the profile demands', () => {
    const [stereo] = settle(['deezer']);
    expect(stereo!.settings).toMatchObject({
      loudnessRule: 'target',
      loudnessLufs: -15,
      ceilingDbtp: -1,
      sampleRateHz: 44100,
      bitDepth: 16,
    });
    expect(settle(['archive'])[0]!.settings).toMatchObject({ loudnessRule: 'none', bitDepth: 32 });
    expect(settle(['ebu-r128-s2'])[0]!.settings).toMatchObject({
      loudnessRule: 'at-most',
      loudnessLufs: -16,
    });
  });

  test('flags stand over the recipe, and the recipe over the profile', () => {
    const recipe = parseRecipe({
      version: 1,
      scene: [],
      targets: { stereo: { loudnessLufs: -12, ceilingDbtp: -2 } },
    });
    const overridesOf = () => ({ ceilingDbtp: -3 });
    const [stereo] = settle(['deezer'], undefined, { recipe, overridesOf });
    expect(stereo!.settings).toMatchObject({ loudnessLufs: -12, ceilingDbtp: -3, bitDepth: 16 });
  });

  test('overrides may make one file of two', () => {
    const overridesOf = () => ({ ceilingDbtp: -1.5 });
    expect(summary(['spotify', 'amazon-music'], undefined, { overridesOf })).toEqual([
      ['stereo', 'spotify amazon-music', undefined],
    ]);
  });

  test('immersive files for UMG and Netflix are measured on 5.1, their 5.1 and stereo files themselves', () => {
    expect(settle(['netflix']).map(({ target, variant }) => [target.name, variant.measuredOn])).toEqual([
      ['7.1.4', '5.1'],
      ['5.1', undefined],
      ['stereo', undefined],
    ]);
  });
});
