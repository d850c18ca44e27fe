import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ceilingText, loudnessText } from '../../src/cli/profile-text.ts';
import { profileIds, profiles } from '../../src/deliver/profiles.ts';
import { resolveSceneLoudness } from '../../src/master/scene-loudness.ts';
import { parseRecipeText } from '../../src/job/read-recipe.ts';
import { parseScene } from '../../src/scene/parse-scene.ts';
import { requireTool } from '../support.ts';
import { bursts, cliPath, sine, temporaryFolder, whiteNoise, writeScene, writeWav } from './cli-support.ts';

/** Every command and every document of README.md works as it stands, in a folder with the files that it names. */
const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = temporaryFolder();

const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language: language!,
  text: text!,
}));
const blocksOf = (language: string): string[] =>
  blocks.filter((block) => block.language === language).map(({ text }) => text);

/** Installing is not for a test, and an audition does not end by itself; the excerpt from 1:00 on would need a long scene. */
const isLeftOut = (line: string): boolean => /^(npm|periphon audition|#)/.test(line) || line.trim() === '';
const commands = blocksOf('sh')
  .flatMap((text) => text.split('\n'))
  .filter((line) => !isLeftOut(line))
  .map((line) => ({ line, run: line.replace('--from 1:00 --duration 30', '--from 0:00.2 --duration 0.3') }));

/** Runs a line of shell in the prepared folder, with `periphon` and `npx periphon` being this build. */
function shell(line: string) {
  const functions = `periphon() { "${process.execPath}" "${cliPath}" "$@"; }; npx() { "$@"; };`;
  return spawnSync('bash', ['-c', `${functions} ${line}`], { cwd: folder, encoding: 'utf8' });
}

beforeAll(() => {
  mkdirSync(join(folder, 'stems'));
  const frameCount = 48_000;
  writeWav(
    join(folder, 'stems', 'bed_7.1.2.wav'),
    Array.from({ length: 10 }, (_, i) => whiteNoise(i, 0.1)),
    frameCount,
  );
  writeWav(join(folder, 'stems', 'obj_voice.wav'), [sine(440, 0.3)], frameCount);
  writeWav(join(folder, 'stems', 'obj_drum.wav'), [bursts(5, 0.6)], frameCount);
  for (const name of ['song', 'encore', 'concert']) {
    writeScene(folder, name, {
      beds: [{ name: 'bed', layout: '7.1.2', channelOrder: 'itu', file: 'stems/bed_7.1.2.wav' }],
      objects: [
        { name: 'voice', file: 'stems/obj_voice.wav', position: { azimuthDeg: 0 } },
        { name: 'drum', file: 'stems/obj_drum.wav', position: { azimuthDeg: 40 } },
      ],
    });
  }
  // The scene lasts a second, the tracks of the example minutes.
  const tracks = blocksOf('text').find((text) => text.startsWith('time,name'))!;
  writeFileSync(join(folder, 'tracks.csv'), tracks.replace('185.5', '0.5'));
  writeWav(
    join(folder, 'mix_7.1.4.wav'),
    Array.from({ length: 12 }, (_, i) => whiteNoise(i, 0.1)),
    frameCount,
    {
      channelMask: 0x2d63f,
    },
  );
  const loudspeakers = [30, -30, 110, -110].map((azimuthDeg) => ({
    label: `S${azimuthDeg}`,
    azimuthDeg,
    elevationDeg: 0,
  }));
  writeFileSync(join(folder, 'studio.json'), JSON.stringify({ loudspeakers }));
  writeFileSync(join(folder, 'recipe.yaml'), blocksOf('yaml')[0]!);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'periphon'), 'dir');
});

describe('commands', () => {
  test.for(commands)('$line', { timeout: 60_000 }, ({ line, run: command }, context) => {
    const wantsDelivery = / delivery\//.test(line);
    if (wantsDelivery && !existsSync(join(folder, 'delivery')))
      shell('periphon master song.scene.json --to 7.1.4 --to stereo --out delivery');
    if (line.includes('--codec-preview')) requireTool(context, 'ffmpeg');
    // Each example stands on its own: earlier ones have filled the folder.
    const result = shell(command.includes('--out') ? `${command} --overwrite` : command);
    expect({ status: result.status, stderr: result.stderr }).toMatchObject({ status: 0 });
    expect(result.stderr).not.toMatch(/warning|fault/);
  });
});

test('`periphon init stems` writes a scene', () => {
  expect(shell('periphon init stems').status).toBe(0);
  expect(existsSync(join(folder, 'stems', 'stems.scene.json'))).toBe(true);
});

test('every scene document is valid', () => {
  const scenes = blocksOf('json').map((text) => JSON.parse(text) as object);
  expect(scenes.length).toBeGreaterThan(0);
  for (const scene of scenes) expect(() => parseScene(scene)).not.toThrow();
});

test('every recipe is valid', () => {
  const recipes = blocksOf('yaml');
  expect(recipes.length).toBeGreaterThan(0);
  for (const recipe of recipes) expect(parseRecipeText(recipe, 'README.md').version).toBe(1);
});

test('the level of a written scene that it states is the default', () => {
  const stated = blocksOf('yaml').map((text) => parseRecipeText(text, 'README.md').sceneLoudness);
  const levels = stated.filter((level) => level !== undefined);
  expect(levels.length).toBe(1);
  expect(resolveSceneLoudness(levels[0]!)).toEqual(resolveSceneLoudness());
});

test('the library example runs', () => {
  const [example] = blocksOf('js');
  const file = join(folder, 'example.mjs');
  const outDir = join(folder, 'from library');
  writeFileSync(file, example!.replaceAll('delivery', 'from library'));
  const result = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(result.stdout.trimEnd().split('\n')).toHaveLength(3);
  expect(readdirSync(outDir)).toContain('report.json');
}, 60_000);

test('the table of delivery profiles says what their data say', () => {
  const rows = readme
    .split('\n')
    .filter((line) => /^\| `[a-z0-9-]+` +\|/.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', ''))
        .slice(1, -1),
    )
    .filter(([id]) => profileIds().includes(id!));
  expect(rows).toEqual(
    profiles.map((profile) => [
      profile.id,
      profile.name,
      profile.targets.join(', ') || '-',
      loudnessText(profile),
      ceilingText(profile),
    ]),
  );
});

test('every file and folder that is linked exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!);
  for (const path of links) expect(existsSync(join(root, path)), path).toBe(true);
});
