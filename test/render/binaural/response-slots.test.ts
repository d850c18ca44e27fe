import { expect, test } from 'vitest';
import type { RefinedHrtf } from '../../../src/hrtf/refined-hrtf.ts';
import type { EarConvolverKernel } from '../../../src/kernels/interfaces/convolvers.ts';
import { createResponseSlots } from '../../../src/render/binaural/response-slots.ts';

test('nodes stay as long as there is room and their hop lasts', () => {
  const held = new Map<number, number>();
  const convolver = {
    setResponse: (slot: number, left: Float32Array) => void held.set(slot, left[0]!),
  } as unknown as EarConvolverKernel;
  const refined: RefinedHrtf = {
    tapCount: 1,
    nodeCount: 10,
    locate: () => undefined,
    copyNode: (node, { left }) => void left.fill(node),
  };
  const slots = createResponseSlots(refined, convolver, 3);
  slots.startHop();
  for (const node of [7, 2, 7, 5]) expect(held.get(slots.slotOf(node))).toBe(node);
  expect(held.size).toBe(3);
  slots.startHop();
  // 7 is the oldest but in use: 2 goes.
  for (const node of [7, 9]) expect(held.get(slots.slotOf(node))).toBe(node);
  expect([...held.values()].sort()).toEqual([5, 7, 9]);
  for (const node of [7, 9, 5]) expect(held.get(slots.slotOf(node))).toBe(node);
  slots.startHop();
  expect(held.get(slots.slotOf(2))).toBe(2);
});
