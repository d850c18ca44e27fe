import type { Vec3 } from '../base/coordinates.ts';
import { createEarResponses, type EarResponses, type HrtfInterpolator } from './hrtf-interpolator.ts';
import { createHrtfPlace } from './triangle-finder.ts';

/**
 * Responses for moving sources: log-magnitude interpolation is done once, for the middle of an edge of the
 * triangulation when it is first needed; between corners and middles the aligned responses are mixed
 * as they are. That takes no transform, and stays within 0.1 dB of the full interpolation.
 */
export interface RefinedHrtf {
  readonly tapCount: number;
  /** @param direction ADM cartesian, any length above 0; @param gain linear, of the responses */
  interpolate(direction: Vec3, output: EarResponses, gain?: number): void;
}

/** Makes room for the responses in the middle of all edges. */
export function createRefinedHrtf(interpolator: HrtfInterpolator): RefinedHrtf {
  const { hrtf, triangles } = interpolator;
  const { tapCount, directionCount } = hrtf;
  const pairTaps = 2 * tapCount;
  const middles = edgeMiddles(triangles, directionCount);
  const responses = new Float32Array((directionCount + middles.count) * pairTaps);
  const arrivals = new Float64Array((directionCount + middles.count) * 2);
  responses.set(hrtf.responses);
  arrivals.set(hrtf.arrivalSamples);
  const place = createHrtfPlace();
  const edge = createHrtfPlace();
  const middle = createEarResponses(tapCount);
  const done = new Uint8Array(middles.count);

  /** Works out the middle of the edge opposite to corner j of a triangle, unless it is known. @returns its node */
  function middleNode(triangle: number, corner: number): number {
    const node = middles.nodes[3 * triangle + corner]!;
    if (done[node - directionCount]) return node;
    done[node - directionCount] = 1;
    const from = triangles[3 * triangle + ((corner + 1) % 3)]!;
    const to = triangles[3 * triangle + ((corner + 2) % 3)]!;
    // In one order, so that the bits do not depend on which of its two triangles asks first.
    edge.indices.set([Math.min(from, to), Math.max(from, to), from]);
    edge.weights.set([0.5, 0.5, 0]);
    interpolator.interpolateAt(edge, middle);
    responses.set(middle.left, node * pairTaps);
    responses.set(middle.right, node * pairTaps + tapCount);
    arrivals.set(middle.arrivalSamples, node * 2);
    return node;
  }

  const nodes = new Int32Array(3);
  const shares = new Float64Array(3);

  /** Picks the quarter of the triangle that holds the place: a corner's, or the middle one. */
  function choose(): void {
    const { triangle, weights } = place;
    const corner = weights.findIndex((weight) => weight >= 0.5);
    for (let j = 0; j < 3; j++) {
      if (corner < 0) {
        nodes[j] = middleNode(triangle, j);
        shares[j] = 1 - 2 * weights[j]!;
      } else if (j === corner) {
        nodes[j] = triangles[3 * triangle + j]!;
        shares[j] = 2 * weights[j]! - 1;
      } else {
        nodes[j] = middleNode(triangle, 3 - corner - j);
        shares[j] = 2 * weights[j]!;
      }
    }
  }

  return {
    tapCount,
    interpolate(direction, output, gain = 1) {
      interpolator.locate(direction, place);
      choose();
      mixResponses(responses, pairTaps, 0, nodes, shares, gain, output.left);
      mixResponses(responses, pairTaps, tapCount, nodes, shares, gain, output.right);
      for (let ear = 0; ear < 2; ear++) {
        let sum = 0;
        for (let j = 0; j < 3; j++) sum += shares[j]! * arrivals[2 * nodes[j]! + ear]!;
        output.arrivalSamples[ear] = sum;
      }
    },
  };
}

/** Weighted sum of one ear's responses at three nodes. */
function mixResponses(
  responses: Float32Array,
  pairTaps: number,
  earOffset: number,
  nodes: Int32Array,
  shares: Float64Array,
  gain: number,
  output: Float32Array,
): void {
  const a = nodes[0]! * pairTaps + earOffset;
  const b = nodes[1]! * pairTaps + earOffset;
  const c = nodes[2]! * pairTaps + earOffset;
  const sa = gain * shares[0]!;
  const sb = gain * shares[1]!;
  const sc = gain * shares[2]!;
  for (let n = 0; n < output.length; n++)
    output[n] = sa * responses[a + n]! + sb * responses[b + n]! + sc * responses[c + n]!;
}

/** Numbers the middles of all edges: node opposite to each corner [triangle][3], from `firstNode` up. */
function edgeMiddles(triangles: Int32Array, firstNode: number): { nodes: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const nodes = triangles.map((_, e) => {
    const base = e - (e % 3);
    const from = triangles[base + ((e + 1) % 3)]!;
    const to = triangles[base + ((e + 2) % 3)]!;
    const key = Math.min(from, to) * firstNode + Math.max(from, to);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, firstNode + numbers.size);
    return firstNode + numbers.size - 1;
  });
  return { nodes, count: numbers.size };
}
