import { createEarResponses } from '../../hrtf/hrtf-interpolator.ts';
import type { RefinedHrtf } from '../../hrtf/refined-hrtf.ts';
import type { EarConvolverKernel } from '../../kernels/interfaces/convolvers.ts';

/** Keeps the nodes of a refined set that are in use among the responses of an ear convolver. */
export interface ResponseSlots {
  /** Starts a hop: what was asked for in the last one may go. */
  startHop(): void;
  /** The response that holds a node in this hop. */
  slotOf(node: number): number;
}

/**
 * Makes room for nodes in the responses 0 .. slotCount - 1. When all are taken, a node that this hop has not asked
 * for goes, the oldest first.
 * @param slotCount at least the number of nodes that a hop asks for, three for each source
 */
export function createResponseSlots(
  refined: RefinedHrtf,
  convolver: EarConvolverKernel,
  slotCount: number,
): ResponseSlots {
  const slots = new Int32Array(refined.nodeCount).fill(-1);
  const nodes = new Int32Array(slotCount).fill(-1);
  /** Hop that last asked for each slot. */
  const hops = new Float64Array(slotCount).fill(-1);
  const responses = createEarResponses(refined.tapCount);
  let next = 0;
  let hop = 0;

  function load(node: number): number {
    while (hops[next] === hop) next = (next + 1) % slotCount;
    const slot = next;
    next = (next + 1) % slotCount;
    if (nodes[slot]! >= 0) slots[nodes[slot]!] = -1;
    nodes[slot] = node;
    slots[node] = slot;
    refined.copyNode(node, responses);
    convolver.setResponse(slot, responses.left, responses.right);
    return slot;
  }

  return {
    startHop: () => void hop++,
    slotOf(node) {
      const slot = slots[node]! >= 0 ? slots[node]! : load(node);
      hops[slot] = hop;
      return slot;
    },
  };
}
