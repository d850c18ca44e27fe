import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importHrtf, inspectHrtf } from '../../src/job/hrtf-file.ts';
import { sofaBytes, toySofa } from '../io/sofa/sofa-bytes.ts';
import { requireTestData } from '../support.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-hrtf-file-'));
const sofa = join(folder, 'toy.sofa');

beforeAll(async () => writeFileSync(sofa, await sofaBytes(toySofa(15, -60))));
afterAll(() => rmSync(folder, { recursive: true }));

test('the set that comes with periphon is diffuse-field equalised', async () => {
  const { diffuseField, ...facts } = await inspectHrtf(undefined);
  expect(facts).toMatchObject({ sampleRateHz: 44100, directionCount: 831, lowestElevationDeg: -90 });
  expect(facts.licence).toContain('MIT Media Laboratory');
  expect(diffuseField.spanDb).toBeLessThan(2);
});

test('a SOFA file: what it holds, and what is rendered from', async () => {
  const facts = await inspectHrtf(sofa, { svg: join(folder, 'toy.svg') });
  expect(facts).toMatchObject({ name: 'toy, head', licence: 'none whatever', sampleRateHz: 44100 });
  expect(facts.measured!.directionCount).toBeLessThan(facts.directionCount);
  expect(facts.largestItdMs).toBeGreaterThan(0.5);
  expect(facts.largestItdMs).toBeLessThan(0.8);
  expect(readFileSync(join(folder, 'toy.svg'), 'utf8')).toMatch(/^<svg /);
});

test('an import writes a packed file, and no other over it', async () => {
  const out = join(folder, 'toy.phrtf');
  const imported = await importHrtf(sofa, { out, equalize: true });
  expect(imported.diffuseField.spanDb).toBeLessThan(1);
  expect(await inspectHrtf(out)).toMatchObject({
    directionCount: imported.directionCount,
    measured: undefined,
  });
  await expect(importHrtf(sofa, { out })).rejects.toMatchObject({ code: 'output-exists' });
});

test('a bad file leaves nothing behind', async () => {
  const bad = join(folder, 'bad.sofa');
  writeFileSync(bad, readFileSync(sofa).subarray(0, 3000));
  const out = join(folder, 'bad.phrtf');
  await expect(importHrtf(bad, { out })).rejects.toMatchObject({ code: 'sofa-damaged' });
  expect(existsSync(out)).toBe(false);
});

test('the diffuse field of a dummy head as measured elsewhere: 0.5 dB', async (context) => {
  const file = requireTestData(context, 'data', 'hrtf', 'sadie_ku100.sofa');
  const { diffuseField, measured } = await inspectHrtf(file);
  expect(measured).toEqual({ directionCount: 1550, tapCount: 256 });
  expect(Math.abs(diffuseField.spanDb - 0.5)).toBeLessThan(0.15);
});
