import { Mesh, Sprite, Vector3, type Object3D, type SpriteMaterial } from 'three';
import { expect, test } from 'vitest';
import { extentMatrix, SpaceModel } from '../../../../../src/audition/page/scene-view/space/space-model.ts';
import { liveAt, smallScene, testLooks } from '../fixtures.ts';

const nodesOf = (model: SpaceModel): (Mesh | Sprite)[] => {
  const nodes: (Mesh | Sprite)[] = [];
  model.space.traverse((node: Object3D) => {
    if (node instanceof Mesh || node instanceof Sprite) nodes.push(node);
  });
  return nodes;
};
const at = (nodes: readonly (Mesh | Sprite)[], x: number, y: number, z: number): (Mesh | Sprite)[] =>
  nodes.filter(({ position, visible }) => visible && position.distanceTo(new Vector3(x, y, z)) < 1e-6);

test('objects stand where they are, what has ended is not seen', () => {
  const { live, engine } = liveAt(smallScene(), 2 * 48_000, 0.5);
  const model = new SpaceModel(live, testLooks());
  model.update(testLooks());
  const nodes = nodesOf(model);
  // The mover at the left, with its halo; behind, the wide one with both and its extent aside.
  expect(at(nodes, -1, 0, 0)).toHaveLength(2);
  expect(at(nodes, 0, 0, 1)).toHaveLength(2);
  engine.frame = 0;
  live.advance(0, {
    ...{ channelPeaks: new Float32Array(9), trackPeaks: new Float32Array(9) },
    outputPeaks: new Float32Array(2),
    outputCorrelation: 0,
  });
  model.update(testLooks());
  expect(at(nodes, 0, 0, -1).length).toBeGreaterThanOrEqual(2);
  model.dispose();
  expect(model.space.children).toHaveLength(0);
});

test('another source brings other loudspeakers', () => {
  const { live, engine } = liveAt(smallScene(), 0, 0);
  const model = new SpaceModel(live, testLooks());
  model.update(testLooks());
  const before = nodesOf(model).length;
  engine.set({ sourceId: 'stereo' });
  live.advance(0, {
    channelPeaks: new Float32Array(2),
    trackPeaks: new Float32Array(0),
    outputPeaks: new Float32Array(2),
    outputCorrelation: 0,
  });
  model.update(testLooks());
  // Two instead of six, each with a halo.
  expect(nodesOf(model).length).toBe(before - 8);
});

test('halos are brighter where it is louder', () => {
  const brightest = (peak: number): number => {
    const model = new SpaceModel(liveAt(smallScene(), 0, peak).live, testLooks());
    model.update(testLooks());
    const halos = nodesOf(model).filter((node) => node instanceof Sprite && node.visible);
    return Math.max(...halos.map(({ material }) => (material as SpriteMaterial).opacity));
  };
  expect(brightest(0.8)).toBeGreaterThan(brightest(0.05));
});

test('an extent is as wide as it is seen from the listener', () => {
  const matrix = extentMatrix([-1, 0, 0], { shape: 'sphere', widthDeg: 60, heightDeg: 20, depth: 0.4 });
  const tip = (x: number, y: number, z: number) => new Vector3(x, y, z).applyMatrix4(matrix);
  // To its right, seen from the listener: the front.
  expect(tip(1, 0, 0).toArray()).toEqual([-1, 0, -0.5].map((value) => expect.closeTo(value)));
  expect(tip(0, 1, 0).y).toBeCloseTo(Math.sin((10 * Math.PI) / 180));
  expect(Math.abs(tip(0, 0, 1).x + 1)).toBeCloseTo(0.2);
});

test('in the cube an extent lies along the walls', () => {
  const matrix = extentMatrix([0, 0.5, 0], { shape: 'cube', sizes: [0.5, 0.25, 0.1] });
  const tip = new Vector3(1, 1, 1).applyMatrix4(matrix).toArray();
  expect(tip).toEqual([0.5, 0.1, -0.25].map((value) => expect.closeTo(value)));
});
