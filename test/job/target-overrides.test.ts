import { describe, expect, test } from 'vitest';
import { checkOverrides, targetOverrides } from '../../src/job/target-overrides.ts';
import { parseTarget } from '../../src/master/targets.ts';

const options = { scene: 'song.scene.json', outDir: 'out' };
const targets = ['stereo', '7.1.4', 'ambix3'].map((name) => parseTarget(name));
const [stereo, bed, ambisonics] = targets;

describe('what is given by the name of a target', () => {
  test('stands over what is given for all; aliases are names too', () => {
    const levels = { '*': -20, stereo: -16, '4+7+0': -18 };
    const given = { ...options, loudnessLufs: levels, ceilingDbtp: { '*': -2, ambix3: -3 } };
    expect(targetOverrides(stereo!, given)).toMatchObject({ loudnessLufs: -16, ceilingDbtp: -2 });
    expect(targetOverrides(bed!, given)).toMatchObject({ loudnessLufs: -18, ceilingDbtp: -2 });
    expect(targetOverrides(ambisonics!, given)).toMatchObject({ loudnessLufs: undefined, ceilingDbtp: -3 });
    expect(() => checkOverrides(targets, [], given)).not.toThrow();
  });

  test.each([
    [
      { loudnessLufs: { sterio: -16 } },
      'a loudness is set for "sterio", which is not made; made are stereo, 7.1.4',
    ],
    [{ ceilingDbtp: { '5.1': -2 } }, 'a ceiling is set for "5.1", which is not made'],
    [{ loudnessRule: { binaural: 'peak' as const } }, 'a loudness rule is set for "binaural"'],
  ])('is refused for a target that is not made: %j', (given, message) => {
    expect(() => checkOverrides(targets, [], { ...options, ...given })).toThrow(message);
  });

  test('names scenes that are written, too', () => {
    const given = { ...options, loudnessLufs: { adm: -18 } };
    expect(() => checkOverrides(targets, ['adm', 'stems'], given)).not.toThrow();
    expect(() => checkOverrides(targets, ['stems'], given)).toThrow('made are stereo, 7.1.4, ambix3, stems');
  });

  test.each([
    [
      { sampleRateHz: 96_000 },
      'a sample rate is set, which is for renders; made is only the scene itself (adm)',
    ],
    [
      { edit: { trimHead: undefined, fadeOut: { durationSec: 1 } } },
      'a fade out is set, which is for renders',
    ],
  ])('is of no use where only scenes are written: %j', (given, message) => {
    expect(() => checkOverrides([], ['adm'], { ...options, ...given })).toThrow(message);
    expect(() => checkOverrides(targets, ['adm'], { ...options, ...given })).not.toThrow();
    expect(() => checkOverrides([], ['adm'], { ...options, dcRemoval: false, edit: {} })).not.toThrow();
  });

  test.each([
    [{ ceilingDbtp: { '*': 3 } }, 'a ceiling of 3 dBTP is set for all targets; -40 to 0 is allowed'],
    [{ ceilingDbtp: { stereo: NaN } }, 'a ceiling of NaN dBTP is set for stereo'],
    [{ loudnessLufs: { stereo: 14 } }, 'a loudness of 14 LUFS is set for stereo; -70 to 0 is allowed'],
  ])('has the range that a recipe allows: %j', (given, message) => {
    expect(() => checkOverrides(targets, [], { ...options, ...given })).toThrow(message);
  });
});
