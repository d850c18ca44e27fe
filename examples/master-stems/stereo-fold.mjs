/** The stereo master for reference: the bed folded by ITU-R BS.775 gains, the objects panned where the scene has them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sampleRateHz } from './composition.mjs';

const half = Math.SQRT1_2;
const controlSamples = 48;

/** Gains of the bed channels to [left, right]; LFE stays out. */
const bedGains = {
  L: [1, 0],
  R: [0, 1],
  C: [half, half],
  Lss: [half, 0],
  Rss: [0, half],
  Lrs: [half, 0],
  Rrs: [0, half],
  Lts: [half, 0],
  Rts: [0, half],
};

/** Adds `samples` times `gain` to `out`. */
function addGain(out, samples, gain) {
  for (let i = 0; i < out.length; i++) out[i] += gain * samples[i];
}

/** How far to the right a position lies, -1..1. */
function sidewaysOf({ azimuthDeg, elevationDeg = 0 }) {
  const rad = Math.PI / 180;
  return -Math.sin(azimuthDeg * rad) * Math.cos(elevationDeg * rad);
}

/** Corners of an object's way: {timeSec, x}, from its path, its blocks or its one position. */
function cornersOf(object, sceneFolder) {
  if (object.path !== undefined) {
    const rows = readFileSync(join(sceneFolder, object.path), 'utf8').trim().split('\n').slice(1);
    return rows.map((row) => {
      const [timeSec, azimuthDeg, elevationDeg] = row.split(',').map(Number);
      return { timeSec, x: sidewaysOf({ azimuthDeg, elevationDeg }) };
    });
  }
  if (object.blocks === undefined) return [{ timeSec: 0, x: sidewaysOf(object.position) }];
  return object.blocks.flatMap((block, index) => {
    const x = sidewaysOf(block.position ?? object.position);
    const end = block.startSec + (block.durationSec ?? object.blocks[index + 1]?.startSec - block.startSec);
    if (index > 0 && !block.jumpPosition) return [{ timeSec: end, x }];
    const start = { timeSec: block.startSec + (block.interpolationLengthSec ?? 0), x };
    return [start, { timeSec: Number.isFinite(end) ? end : start.timeSec + 1, x }];
  });
}

/** Position on a way at a time, straight from corner to corner. */
function sidewaysAt(corners, timeSec) {
  const next = corners.findIndex((corner) => corner.timeSec > timeSec);
  if (next === 0) return corners[0].x;
  if (next < 0) return corners[corners.length - 1].x;
  const from = corners[next - 1];
  const to = corners[next];
  return from.x + ((to.x - from.x) * (timeSec - from.timeSec)) / (to.timeSec - from.timeSec);
}

/** Adds a mono object to [left, right] by constant power, gains gliding between control points. */
function addObject(stereo, samples, corners) {
  const angleAt = (sample) => ((sidewaysAt(corners, sample / sampleRateHz) + 1) * Math.PI) / 4;
  let angle = angleAt(0);
  for (let start = 0; start < samples.length; start += controlSamples) {
    const target = angleAt(start + controlSamples);
    addRamp(stereo[0], samples, start, Math.cos(angle), Math.cos(target));
    addRamp(stereo[1], samples, start, Math.sin(angle), Math.sin(target));
    angle = target;
  }
}

/** Adds one control period of `samples` to `out` with a gain that runs from `from` to `to`. */
function addRamp(out, samples, start, from, to) {
  const end = Math.min(samples.length, start + controlSamples);
  for (let i = start; i < end; i++)
    out[i] += samples[i] * (from + ((to - from) * (i - start)) / controlSamples);
}

/**
 * Folds everything to stereo.
 *
 * @param {string} scenePath the scene file, for the ways of the objects
 * @param {Record<string, Float32Array>} bed channels by name
 * @param {Record<string, Float32Array>} objects by the name that the scene gives them
 * @returns {[Float32Array, Float32Array]} left and right
 */
export function foldToStereo(scenePath, bed, objects) {
  const scene = JSON.parse(readFileSync(scenePath, 'utf8'));
  const stereo = [new Float32Array(bed.L.length), new Float32Array(bed.L.length)];
  for (const [name, gains] of Object.entries(bedGains)) {
    for (const side of [0, 1]) {
      if (gains[side] !== 0) addGain(stereo[side], bed[name], gains[side]);
    }
  }
  for (const object of scene.objects) {
    addObject(stereo, objects[object.name], cornersOf(object, dirname(scenePath)));
  }
  return stereo;
}
