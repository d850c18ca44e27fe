import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { initScene } from '../../src/job/init-scene.ts';
import { inspectFile } from '../../src/job/inspect-file.ts';
import { sine, writeWav } from '../cli/cli-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon init '));
const stems = join(folder, 'stems');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(stems);
writeWav(
  join(stems, 'bed_5.1.wav'),
  Array.from({ length: 6 }, () => sine(300, 0.1)),
  4800,
);
writeWav(join(stems, 'obj_vocal.wav'), [sine(440, 0.1)], 4800);
for (const side of ['L', 'R']) writeWav(join(stems, `Pad.${side}.wav`), [sine(220, 0.1)], 4800);

test('a scene beside its stems opens, and says what was guessed', async () => {
  const result = await initScene(stems);
  expect(result.file).toBe(join(stems, 'stems.scene.json'));
  expect(result.guesses.length).toBeGreaterThanOrEqual(3);
  const inspection = await inspectFile(result.file);
  expect(inspection.channelCount).toBe(9);
  expect(inspection.elements.map((element) => element.kind)).toContain('bed');
  await expect(initScene(stems)).rejects.toMatchObject({ code: 'output-exists' });
});

test('a scene above its stems opens too', async () => {
  const out = join(folder, 'song.scene.json');
  const { document } = await initScene(stems, { out });
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(document);
  expect(document.objects!.every((object) => object.file.startsWith('stems/'))).toBe(true);
  expect((await inspectFile(out)).channelCount).toBe(9);
});

test('elsewhere is refused', async () => {
  await expect(initScene(stems, { out: join(folder, 'elsewhere', 'x.scene.json') })).rejects.toMatchObject({
    code: 'scene-beside-stems',
  });
});

test('a dry run writes nothing', async () => {
  const out = join(folder, 'dry.scene.json');
  await initScene(stems, { out, dryRun: true });
  expect(() => readFileSync(out)).toThrow();
});
