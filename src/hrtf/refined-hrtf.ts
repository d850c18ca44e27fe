import { polarToCartesian, type Vec3 } from '../base/coordinates.ts';
import { radToDeg } from '../base/units.ts';
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
 * Responses for moving sources at the nodes of a finer triangulation: the edges of a set's triangles are divided
 * evenly. Interpolation is done once for each node, when it is first needed; between nodes the aligned responses may
 * be mixed as they are. That stays within 0.1 dB of the full interpolation.
 */
export interface RefinedHrtf {
  readonly tapCount: number;
  readonly nodeCount: number;
  /** @param direction ADM cartesian, any length above 0 */
  locate(direction: Vec3, place: NodePlace): void;
  /** Writes the aligned responses and the arrivals of a node. */
  copyNode(node: number, output: EarResponses): void;
}

/** Nodes are about as close as this, or closer. */
const nodeStepDeg = 3;

/** Makes room for the responses of all nodes. */
export function createRefinedHrtf(interpolator: HrtfInterpolator): RefinedHrtf {
  const { hrtf, triangles } = interpolator;
  const { tapCount, directionCount, directionsDeg } = hrtf;
  const parts = Math.ceil(meanEdgeDeg(directionCount) / nodeStepDeg);
  const { nodes: nodesOf, owners, stepsOf } = numberNodes(triangles, directionCount, parts);
  const nodeCount = owners.length;
  const localCount = stepsOf.length / 3;
  const responses = new Float32Array(nodeCount * 2 * tapCount);
  const arrivals = new Float64Array(nodeCount * 2);
  responses.set(hrtf.responses);
  arrivals.set(hrtf.arrivalSamples);
  const isKnown = new Uint8Array(nodeCount).fill(1, 0, directionCount);
  const fresh = createEarResponses(tapCount);
  const points = Array.from({ length: directionCount }, (_, i) =>
    polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!),
  );

  /** Works out a node, in the triangle that owns it, whichever triangle needs it. */
  function makeKnown(node: number): void {
    isKnown[node] = 1;
    const triangle = Math.floor(owners[node]! / localCount);
    const local = owners[node]! % localCount;
    const direction = [0, 1, 2].map((axis) =>
      [0, 1, 2].reduce(
        (sum, j) => sum + stepsOf[3 * local + j]! * points[triangles[3 * triangle + j]!]![axis]!,
        0,
      ),
    );
    interpolator.interpolateIn(triangle, direction as unknown as Vec3, fresh);
    responses.set(fresh.left, node * 2 * tapCount);
    responses.set(fresh.right, (node * 2 + 1) * tapCount);
    arrivals.set(fresh.arrivalSamples, node * 2);
  }

  /** Picks the part of the triangle that holds the place: upright as the triangle, or upside down. */
  function choose({ nodes, shares, place }: NodePlace): void {
    const { triangle, weights } = place;
    let missing = parts;
    for (let j = 0; j < 3; j++) {
      nodes[j] = Math.floor(parts * weights[j]!);
      shares[j] = parts * weights[j]! - nodes[j]!;
      missing -= nodes[j]!;
    }
    if (missing === 0) {
      // On a node: any part that it is a corner of.
      const corner = nodes[0]! > 0 ? 0 : nodes[1]! > 0 ? 1 : 2;
      nodes[corner]!--;
      shares[corner]!++;
    }
    const isUpright = missing < 2;
    const [a, c] = [nodes[0]!, nodes[2]!];
    for (let j = 0; j < 3; j++) {
      const steps0 = a + (isUpright === (j === 0) ? 1 : 0);
      const steps2 = c + (isUpright === (j === 2) ? 1 : 0);
      const node = nodesOf[triangle * localCount + localOf(parts, steps0, steps2)]!;
      if (!isKnown[node]) makeKnown(node);
      nodes[j] = node;
      if (!isUpright) shares[j] = 1 - shares[j]!;
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

/** Edge of equal triangles between so many directions. */
const meanEdgeDeg = (directionCount: number): number =>
  radToDeg(Math.sqrt((8 * Math.PI) / (Math.sqrt(3) * directionCount)));

/** Number, within its triangle, of the node that lies some steps from the edges opposite to corners 0 and 2. */
const localOf = (parts: number, steps0: number, steps2: number): number =>
  ((parts - steps0) * (parts - steps0 + 1)) / 2 + steps2;

interface NumberedNodes {
  /** Nodes [triangle][local]; those of the corners are the directions of the set. */
  readonly nodes: Int32Array;
  /** Place of each node in `nodes`, in the first triangle that has it. */
  readonly owners: Int32Array;
  /** Steps from the edge opposite to each corner [local][3], their sum is `parts`. */
  readonly stepsOf: Int32Array;
}

function numberNodes(triangles: Int32Array, directionCount: number, parts: number): NumberedNodes {
  const steps: number[] = [];
  for (let row = 0; row <= parts; row++)
    for (let steps2 = 0; steps2 <= row; steps2++) steps.push(parts - row, row - steps2, steps2);
  const stepsOf = Int32Array.from(steps);
  const localCount = stepsOf.length / 3;
  const nodes = new Int32Array((triangles.length / 3) * localCount);
  const owners = Array.from({ length: directionCount }, () => 0);
  /** Nodes inside edges, by the directions at their ends and the steps from one to the other. */
  const onEdges = new Map<number, number>();

  /** The node at a place: a direction, one that an earlier triangle has, or the next. */
  function nodeAt(triangle: number, local: number, place: number): number {
    const corners = [0, 1, 2].filter((j) => stepsOf[3 * local + j]! > 0);
    const ends = corners
      .map((j) => ({ direction: triangles[3 * triangle + j]!, steps: stepsOf[3 * local + j]! }))
      .sort((a, b) => a.direction - b.direction);
    if (ends.length === 1) return ends[0]!.direction;
    if (ends.length === 3) return owners.push(place) - 1;
    const key = (ends[0]!.direction * directionCount + ends[1]!.direction) * parts + ends[0]!.steps;
    const node = onEdges.get(key) ?? owners.push(place) - 1;
    onEdges.set(key, node);
    return node;
  }

  for (let place = 0; place < nodes.length; place++)
    nodes[place] = nodeAt(Math.floor(place / localCount), place % localCount, place);
  return { nodes, owners: Int32Array.from(owners), stepsOf };
}
