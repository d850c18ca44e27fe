// Scenes for the speed of the binaural renderer.
const sec = (numerator, denominator = 1) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** A polar block in quarters of a second. */
const block = (azimuthDeg, elevationDeg, quarter, isLast) => ({
  startSec: sec(quarter, 4),
  durationSec: isLast ? undefined : sec(1, 4),
  position: { kind: 'polar', azimuthDeg, elevationDeg, distance: 1 },
  gainDb: 0,
  width: 0,
  height: 0,
  depth: 0,
  diffuse: 0,
  zoneExclusion: [],
  jumpPosition: false,
  screenRef: false,
});

const object = (index, blocks, binauralMode) => ({
  kind: 'object',
  id: `object ${index}`,
  name: '',
  gainDb: 0,
  mute: false,
  binauralMode,
  startSec: sec(0),
  blocks,
});

/**
 * A scene of sources that stand still and sources that turn once in 4 s, for so many seconds.
 * @param binauralMode of all of them
 */
export function sceneOf(staticCount, movingCount, seconds, binauralMode) {
  const elements = [];
  for (let i = 0; i < staticCount; i++)
    elements.push(object(i, [block(((i * 77) % 360) - 180, (i % 5) * 15, 0, true)], binauralMode));
  const quarters = 4 * seconds;
  for (let i = 0; i < movingCount; i++)
    elements.push(
      object(
        staticCount + i,
        Array.from({ length: quarters }, (_, q) =>
          block(((q * 22.5 + i * 31) % 360) - 180, (i % 4) * 20, q, q === quarters - 1),
        ),
        binauralMode,
      ),
    );
  return {
    version: 1,
    name: 'bench',
    programme: { name: '' },
    elements,
    delivery: { trims: {} },
    extras: {},
  };
}

/** Sines as inputs of a scene: one block, planar. */
export const sinesFor = (scene, blockFrames) =>
  scene.elements.map((_, c) =>
    Float32Array.from({ length: blockFrames }, (_, n) => Math.sin(n * (0.01 + 0.003 * c)) * 0.1),
  );
