import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SceneError } from '../../src/base/errors.ts';
import { parseJsonText } from '../../src/scene/json-text.ts';
import { parseScene } from '../../src/scene/parse-scene.ts';
import { parsePositionCsv } from '../../src/scene/position-csv.ts';
import { sideFilesOf } from '../../src/scene/side-files.ts';
import { trajectorySvg } from '../../src/scene/trajectory-svg.ts';

const valid = {
  $schema: 'x',
  version: 1,
  name: 'song',
  programme: { name: 'p', language: 'en' },
  beds: [
    {
      name: 'bed',
      layout: '7.1.2',
      file: 'bed.wav',
      channelOrder: 'film',
      gainDb: -1,
      binauralMode: 'near',
      trimBypass: true,
    },
    {
      name: 'mono',
      layout: '5.1',
      files: { L: 'l', R: 'r', C: 'c', LFE: 'f', Ls: 's', Rs: 't' },
      mute: true,
    },
    { name: 'set', layout: 'ring.json', pattern: 'Bed.*.wav', startSec: '1/3' },
    {
      name: 'own',
      channels: ['L', { label: 'X', position: { azimuthDeg: 9 }, lfe: false, gainDb: null }],
      file: 'o',
    },
  ],
  objects: [
    {
      name: 'still',
      file: 'a.wav',
      channel: 2,
      position: { azimuthDeg: 30, elevationDeg: 5, distance: 1 },
      importance: 3,
    },
    { name: 'path', file: 'b.wav', path: 'fly.csv', diffuse: 0.5, channelLock: { maxDistance: 1 } },
    {
      name: 'moves',
      file: 'c.wav',
      divergence: { value: 0.5, azimuthRangeDeg: 30 },
      zoneExclusion: [
        { azimuthDeg: [-30, 30], elevationDeg: [0, 90] },
        { x: [0, 1], y: [0, 1], z: [0, 1] },
      ],
      blocks: [
        { position: { azimuthDeg: 0 }, durationSec: 1, width: 10, height: 5, depth: 0.5 },
        { startSec: 1, durationSec: '1/2', position: { x: 0, y: 1, z: 1 }, width: 0.5, divergence: 0.1 },
        {
          startSec: 2,
          position: { x: 0, y: 1 },
          jumpPosition: true,
          interpolationLengthSec: 0.1,
          screenRef: true,
        },
      ],
    },
  ],
  ambisonics: [{ name: 'amb', file: 'amb.wav', order: 3, normalization: 'FuMa' }],
  stereoMaster: 'm.wav',
  delivery: {
    trims: { '5.1': { surroundDb: -1 } },
    frameRate: '24',
    firstFrameOfActionSec: 1,
    phaseShift90: false,
  },
  extras: { x: [1, { y: null }] },
};
delete (valid.objects[2] as { divergence?: unknown }).divergence;

const ring = JSON.stringify({
  name: 'ring',
  loudspeakers: [0, 120, -120].map((azimuthDeg, i) => ({ label: `S${i}`, azimuthDeg, elevationDeg: 0 })),
});
const sideFiles = new Map([
  ['ring.json', ring],
  ['fly.csv', 'time,azimuth\n0,0\n1,90\n'],
]);

/** Runs a call that may throw SceneError and nothing else. */
function onlySceneErrors(call: () => void): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    expect(error.message).not.toBe('');
    for (const issue of error.issues) expect(issue.message.length).toBeGreaterThan(3);
  }
}

const strangeValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    0,
    -0,
    -1,
    1e308,
    5e-324,
    1e21,
    NaN,
    Infinity,
    true,
    [],
    {},
    [[]],
    '1/0',
    '9/3',
    '*',
    '__proto__',
  ),
  fc.jsonValue(),
  fc.double(),
  fc.string(),
);
const mutation = fc.record({
  steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }),
  action: fc.constantFrom('set', 'delete', 'add', 'copy'),
  key: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'file', 'position', 'x', 'name'),
    fc.string(),
  ),
  value: strangeValue,
});
type Mutation = { steps: number[]; action: string; key: string; value: unknown };

/** Changes one place of a document, found by walking down it. */
function mutate(document: unknown, { steps, action, key, value }: Mutation): void {
  let node = document as Record<string, unknown>;
  for (const [depth, step] of steps.entries()) {
    const keys = Object.keys(node);
    const chosen = keys[step % Math.max(1, keys.length)];
    if (chosen === undefined) return;
    const next = node[chosen];
    const isLast = depth === steps.length - 1 || typeof next !== 'object' || next === null;
    if (!isLast) node = next as Record<string, unknown>;
    else {
      const place = action === 'add' ? (Array.isArray(node) ? String(keys.length) : key) : chosen;
      const other = keys[(step * 7 + 1) % keys.length]!;
      if (action === 'delete') delete node[chosen];
      else
        Object.defineProperty(node, place, {
          value: action === 'copy' ? node[other] : value,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      return;
    }
  }
}

test('the document that is mutated is valid', () => {
  expect(parseScene(valid, { sideFiles }).scene.elements).toHaveLength(8);
});

test('a mutated document gives a scene or a SceneError, never anything else', () => {
  let scenes = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const document = structuredClone(valid);
      mutations.forEach((change) => mutate(document, change));
      onlySceneErrors(() => {
        const { scene } = parseScene(document, { sideFiles });
        expect(trajectorySvg(scene)).not.toMatch(/NaN|Infinity|undefined/);
        scenes++;
      });
    }),
    { seed: 20, numRuns: 1000 },
  );
  expect(scenes).toBeGreaterThan(50);
});

test('any JSON value is a scene or a SceneError', () => {
  fc.assert(
    fc.property(strangeValue, (document) => {
      sideFilesOf(document);
      onlySceneErrors(() => parseScene(document));
    }),
    { seed: 21, numRuns: 300 },
  );
});

test('any text is JSON or a SceneError', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '-',
      '.5',
      'null',
      ' ',
      '\n',
      '\\',
      '\u0000',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((parts) => parts.join('')),
      ),
      (text) => {
        onlySceneErrors(() => parseJsonText(text));
      },
    ),
    { seed: 22, numRuns: 1000 },
  );
});

test('any text is a table of positions or a SceneError', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'time',
      'azimuth',
      ',',
      ';',
      '\t',
      '\n',
      '1',
      '-',
      '.',
      'e5',
      '"',
      '0',
      ' ',
      '#',
      '1e400',
      '\uFEFF',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((parts) => parts.join('')),
      ),
      (text) => {
        onlySceneErrors(() => parsePositionCsv(text, 'p.csv'));
      },
    ),
    { seed: 23, numRuns: 1000 },
  );
});
