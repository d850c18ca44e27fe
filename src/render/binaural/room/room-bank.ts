import { nextPowerOfTwo } from '../../../dsp/fft.ts';
import type { Kernels } from '../../../kernels/kernels.ts';
import type { FeedbackDelayKernel } from '../../../kernels/interfaces/convolvers.ts';
import type { EarFilters } from '../ear-filters.ts';
import type { HopSource } from '../fixed-input.ts';

/** An input of the room. */
export interface RoomInput {
  readonly filters: EarFilters;
  /** Has its current hop. */
  readonly audio: Pick<HopSource, 'hop'>;
  /** Gain into the network. */
  readonly lateGain: number;
}

/** What a room bank is made of. */
export interface RoomBankOptions {
  readonly kernels: Kernels;
  readonly inputs: readonly RoomInput[];
  /** Its hop is that of the inputs. */
  readonly network: FeedbackDelayKernel;
  /** What else feeds the network: its current hop. */
  readonly lateHop: Float32Array;
  /** Filters of the network's two sums. */
  readonly lateFilters: readonly [EarFilters, EarFilters];
}

/** A bank whose ears lag by a hop of its own. */
export interface RoomBank {
  readonly latencySamples: number;
  /** Writes the next hop of both ears. */
  writeHop(left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/**
 * Makes the bank of the room: inputs with long filters, and the network that they feed, whose sums are two more of
 * them. Hops may end anywhere in those of the convolver, which are longer.
 */
export function createRoomBank(options: RoomBankOptions): RoomBank {
  const { kernels, inputs, network, lateHop, lateFilters } = options;
  const { hopFrames } = network;
  const filters = [...inputs.map((input) => input.filters), ...lateFilters];
  const tapCount = filters.reduce((most, { left, right }) => Math.max(most, left.length, right.length), 1);
  const convolver = kernels.createFixedConvolver({
    filters,
    sendGains: inputs.map(({ lateGain }) => lateGain),
    hopFrames: longHopFrames(tapCount),
  });
  const [first, second] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  let place = 0;

  /** Brings frames [from, to) of all inputs to the convolver. */
  function load(from: number, to: number): void {
    for (let i = 0; i < inputs.length; i++) convolver.load(i, inputs[i]!.audio.hop, from, to, place);
    convolver.send(lateHop, from, place, place + to - from);
    network.process(lateHop, first, second, from, to);
    convolver.load(inputs.length, first, from, to, place);
    convolver.load(inputs.length + 1, second, from, to, place);
  }

  return {
    latencySamples: convolver.hopFrames,
    writeHop(left, right) {
      for (let from = 0; from < hopFrames;) {
        const to = Math.min(hopFrames, from + convolver.hopFrames - place);
        load(from, to);
        convolver.store(left, right, from, place, place + to - from);
        place += to - from;
        from = to;
        if (place < convolver.hopFrames) continue;
        convolver.processHop();
        place = 0;
      }
    },
    reset() {
      place = 0;
      convolver.reset();
      network.reset();
    },
  };
}

/**
 * Hop of four steps, each of which fills what a transform leaves that is at least four times as long as the filters:
 * shorter ones take a tenth more time, and longer ones no less.
 */
function longHopFrames(tapCount: number): number {
  const stepFrames = nextPowerOfTwo(4 * tapCount) - tapCount + 1;
  return 16 * Math.floor(stepFrames / 4);
}
