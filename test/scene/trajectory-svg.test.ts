import { expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { parseScene } from '../../src/scene/parse-scene.ts';
import { trajectorySvg } from '../../src/scene/trajectory-svg.ts';

const rows = Array.from({ length: 41 }, (_, i) => `${i / 4},${i * 9},${Math.round(40 * Math.sin(i / 6))}`);
const document = {
  version: 1,
  name: 'Song <1> & "more"',
  beds: [{ name: 'Bed', layout: '7.1.2', file: 'bed.wav' }],
  objects: [
    { name: 'Lead vocal', file: 'a.wav', position: { azimuthDeg: 90 } },
    { name: 'Circle', file: 'a.wav', path: 'circle.csv' },
    {
      name: 'Jump',
      file: 'a.wav',
      blocks: [
        { position: { x: -1, y: 1, z: 0 }, durationSec: 1 },
        { position: { x: 1, y: -1, z: 1 }, durationSec: 1, jumpPosition: true },
        { position: { x: 0.5, y: -1, z: 1 }, durationSec: 1 },
      ],
    },
  ],
};
const { scene } = parseScene(document, { sideFiles: new Map([['circle.csv', rows.join('\n')]]) });
const svg = trajectorySvg(scene);

test('draws every object in both views, left on the left', () => {
  if (process.env.PERIPHON_SVG) writeFileSync(process.env.PERIPHON_SVG, svg);
  expect(svg).toMatch(/^<svg /);
  expect(svg.match(/<title>Lead vocal<\/title>/g)).toHaveLength(2);
  const top = svg.slice(svg.indexOf('<title>Lead vocal'));
  const [, x, y] = /cx="([\d.]+)" cy="([\d.]+)"/.exec(top)!;
  expect(Number(x)).toBe(38);
  expect(Number(y)).toBe(200);
});

test('jumps are dashed, names are escaped', () => {
  expect(svg).toContain('stroke-dasharray="1 6"');
  expect(svg).toContain('Song &lt;1&gt; &amp; &quot;more&quot;');
  expect(svg).toContain('moves until 3 s');
});

test('is the same every time, and drawn without objects too', () => {
  expect(trajectorySvg(scene)).toBe(svg);
  expect(trajectorySvg({ ...scene, elements: scene.elements.slice(0, 1) })).toContain('0 objects, bed Bed');
});

test('a path of 100 000 points stays small', () => {
  const long = Array.from({ length: 100_000 }, (_, i) => `${i / 100},${(i % 360) - 180}`).join('\n');
  const big = parseScene(document, { sideFiles: new Map([['circle.csv', long]]) }).scene;
  expect(trajectorySvg(big).length).toBeLessThan(60_000);
});
