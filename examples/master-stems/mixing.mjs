/** What the players of objects and of the bed share: channels, gains, and the kick that all breathe with. */
import { at, barCount, drums, frameCount, parts, sampleRateHz, stepSamples } from './composition.mjs';
import { OnePole } from './synth/filters.mjs';

/** An empty channel. */
export const silence = () => new Float32Array(frameCount);

/** Adds `source` times `gain` to `out`. */
export function add(out, source, gain) {
  for (let i = 0; i < out.length; i++) out[i] += gain * source[i];
}

/** The drum pattern of a bar, or undefined where the drums rest. */
export function drumsOf(bar) {
  if (bar < parts.groove || bar >= parts.ending) return undefined;
  return bar < parts.lift ? drums.groove : drums.lift;
}

/** Every stroke of the kick. */
export const kickHits = Array.from({ length: barCount }, (_, bar) =>
  (drumsOf(bar)?.kick ?? []).map(([step, level]) => ({ at: at(bar, step), level })),
).flat();
kickHits.push({ at: at(parts.ending), level: 1 });

/** Gain that dips with every kick and breathes back: 1 at rest, `1 - depth` at the hit. */
export function pumping(depth) {
  const gain = new Float32Array(frameCount).fill(1);
  for (const hit of kickHits) {
    for (let i = 0; i < 2 * stepSamples && hit.at + i < frameCount; i++) {
      const dip = depth * Math.min(1, i / 240) * Math.exp(-i / (0.11 * sampleRateHz));
      gain[hit.at + i] = Math.min(gain[hit.at + i], 1 - dip);
    }
  }
  const smooth = new OnePole(sampleRateHz, 60);
  smooth.y = 1;
  return gain.map((value) => smooth.next(value));
}

/** Multiplies `samples` by `gain` in place. */
export function shape(samples, gain) {
  for (let i = 0; i < samples.length; i++) samples[i] *= gain[i];
}
