import { bufferOf, type Decoder } from './decoder.ts';
import { filterRows, rowPairs } from './filter-layout.ts';

/** What `createLoudspeakerDecoder` needs. */
export interface LoudspeakerDecoderOptions {
  readonly context: BaseAudioContext;
  readonly loudspeakerCount: number;
  /** [loudspeaker][ear][tap] */
  readonly filters: Float32Array;
  /** Silence before the filters. */
  readonly delaySamples: number;
}

/** Lets every channel of a bed sound from its loudspeaker: one convolver each, of one channel in and two out. */
export function createLoudspeakerDecoder(options: LoudspeakerDecoderOptions): Decoder {
  const { context, loudspeakerCount, filters, delaySamples } = options;
  const input = new ChannelSplitterNode(context, { numberOfOutputs: loudspeakerCount });
  const output = new GainNode(context);
  const { rows } = filterRows(filters, 2 * loudspeakerCount, delaySamples);
  rowPairs(rows).forEach((ears, loudspeaker) => {
    const convolver = new ConvolverNode(context, {
      buffer: bufferOf(context, ears),
      disableNormalization: true,
    });
    input.connect(convolver, loudspeaker).connect(output);
  });
  return { input, output, turn: () => undefined };
}
