import type omnitone from 'omnitone/build/omnitone.esm.js';
import { shRotationMatrix } from '../../../../math/sh-rotation.ts';
import { bufferOf, type Decoder } from './decoder.ts';
import { filterRows, rowPairs } from './filter-layout.ts';

/** Time in which a turn has gone 63 % of its way: short enough to be at once, long enough not to click. */
const glideSec = 0.012;

/** What `createAmbisonicDecoder` needs. */
export interface AmbisonicDecoderOptions {
  readonly context: BaseAudioContext;
  /** The library, which is loaded when it is first needed. */
  readonly library: typeof omnitone;
  readonly order: number;
  /** Left [acn][tap], then right [acn][tap]; ACN, SN3D. */
  readonly filters: Float32Array;
  /** Silence before the filters. */
  readonly delaySamples: number;
}

/**
 * Decodes ambisonics through the nodes of omnitone: its rotator, and one convolver for each ear. One alone would
 * take the right ear for the mirror image of the left. The gains of the rotator are those of `shRotationMatrix`:
 * omnitone's own turn orders 2 and 3 by 180 degrees, and are no rotation at order 3 once a head is tilted.
 */
export function createAmbisonicDecoder(options: AmbisonicDecoderOptions): Decoder {
  const { context, library, order } = options;
  const rotator = library.createHOARotator(context, order);
  const output = new ChannelMergerNode(context, { numberOfInputs: 2 });
  const channelCount = (order + 1) ** 2;
  const { rows } = filterRows(options.filters, 2 * channelCount, options.delaySamples);
  for (let ear = 0; ear < 2; ear++) {
    const own = rowPairs(rows.slice(ear * channelCount, (ear + 1) * channelCount));
    const convolver = library.createHOAConvolver(
      context,
      order,
      own.map((pair) => bufferOf(context, pair)),
    );
    rotator.output.connect(convolver.input);
    // Its left output is the sum of all channels.
    const left = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    convolver.output.connect(left).connect(output, 0, ear);
  }
  return {
    input: rotator.input,
    output,
    turn(matrix, glides) {
      const turn = shRotationMatrix(order, matrix);
      rotator._gainNodeMatrix.forEach((gains, index) => {
        const size = 2 * index + 3;
        const corner = (index + 1) ** 2;
        gains.forEach(({ gain }, place) => {
          const [from, to] = [corner + Math.floor(place / size), corner + (place % size)];
          const value = turn[to * channelCount + from]!;
          if (glides) gain.setTargetAtTime(value, context.currentTime, glideSec);
          else gain.value = value;
        });
      });
    },
  };
}
