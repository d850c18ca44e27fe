import type { Vec3 } from '../base/coordinates.ts';
import { createEarResponses, type EarResponses, type HrtfInterpolator } from './hrtf-interpolator.ts';
import { createHrtfPlace, type HrtfPlace } from './triangle-finder.ts';

/** A direction between three nodes of a refined set. */
export interface NodePlace {
  readonly nodes: Int32Array;
  /** Weights of the nodes, not negative, sum 1. */
  readonly shares: Float64Array;
  /** Arrival of each ear [left, right], in samples. */
  readonly arrivalSamples: Float64Array;
  /** Where the direction lies in the set; the search for the next one begins there. */
  readonly place: HrtfPlace;
}

/** Makes an empty place. */
export const createNodePlace = (): NodePlace => ({
  nodes: new Int32Array(3),
  shares: new Float64Array(3),
  arrivalSamples: new Float64Array(2),
  place: createHrtfPlace(),
});

/**
 * Responses for moving sources at the nodes of a finer triangulation: the directions of the set, and the middles
 * of the edges between them. Log-magnitude interpolation is done once for each middle, when it is first needed;
 * between nodes the aligned responses may be mixed as they are. That stays within 0.1 dB of the full interpolation.
 */
export interface RefinedHrtf {
  readonly tapCount: number;
  readonly nodeCount: number;
  /** @param direction ADM cartesian, any length above 0 */
  locate(direction: Vec3, place: NodePlace): void;
  /** Writes the aligned responses and the arrivals of a node. */
  copyNode(node: number, output: EarResponses): void;
}

/** Makes room for the responses in the middle of all edges. */
export function createRefinedHrtf(interpolator: HrtfInterpolator): RefinedHrtf {
  const { hrtf, triangles } = interpolator;
  const { tapCount, directionCount } = hrtf;
  const middles = edgeMiddles(triangles, directionCount);
  const nodeCount = directionCount + middles.count;
  const responses = new Float32Array(nodeCount * 2 * tapCount);
  const arrivals = new Float64Array(nodeCount * 2);
  responses.set(hrtf.responses);
  arrivals.set(hrtf.arrivalSamples);
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
    edge.indices[0] = Math.min(from, to);
    edge.indices[1] = Math.max(from, to);
    edge.indices[2] = from;
    edge.weights[0] = 0.5;
    edge.weights[1] = 0.5;
    interpolator.interpolateAt(edge, middle);
    responses.set(middle.left, node * 2 * tapCount);
    responses.set(middle.right, (node * 2 + 1) * tapCount);
    arrivals.set(middle.arrivalSamples, node * 2);
    return node;
  }

  /** Picks the quarter of the triangle that holds the place: a corner's, or the middle one. */
  function choose({ nodes, shares, place }: NodePlace): void {
    const { triangle, weights } = place;
    const corner = weights[0]! >= 0.5 ? 0 : weights[1]! >= 0.5 ? 1 : weights[2]! >= 0.5 ? 2 : -1;
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
    nodeCount,
    locate(direction, output) {
      interpolator.locate(direction, output.place);
      choose(output);
      const { nodes, shares, arrivalSamples } = output;
      for (let ear = 0; ear < 2; ear++)
        arrivalSamples[ear] =
          shares[0]! * arrivals[2 * nodes[0]! + ear]! +
          shares[1]! * arrivals[2 * nodes[1]! + ear]! +
          shares[2]! * arrivals[2 * nodes[2]! + ear]!;
    },
    copyNode(node, { left, right, arrivalSamples }) {
      const start = node * 2 * tapCount;
      for (let n = 0; n < tapCount; n++) {
        left[n] = responses[start + n]!;
        right[n] = responses[start + tapCount + n]!;
      }
      arrivalSamples[0] = arrivals[2 * node]!;
      arrivalSamples[1] = arrivals[2 * node + 1]!;
    },
  };
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
