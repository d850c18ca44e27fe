import { openSharedState } from '../stream/shared-state.ts';
import { openCapture, OutputStage } from './output-stage.ts';
import { Player } from './player.ts';
import type { PlayerMessage } from './player-messages.ts';
import type { OutputOptions, PlayerNodeOptions } from './worklet-options.ts';

const silence = new Float32Array(128);

registerProcessor(
  'audition-player',
  class extends AudioWorkletProcessor {
    private readonly player: Player;

    constructor(options: { readonly processorOptions: PlayerNodeOptions }) {
      super();
      const { memory, trackCount, leadFrames } = options.processorOptions;
      this.player = new Player({
        state: openSharedState(memory, trackCount),
        sampleRateHz: sampleRate,
        leadFrames,
        tell: (note) => this.port.postMessage(note),
      });
      this.port.onmessage = ({ data }: MessageEvent<PlayerMessage>) => this.player.handle(data);
    }

    process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
      this.player.process(outputs, currentFrame);
      return true;
    }
  },
);

registerProcessor(
  'audition-output',
  class extends AudioWorkletProcessor {
    private readonly stage: OutputStage;

    constructor(options: { readonly processorOptions: OutputOptions }) {
      super();
      const { memory, trackCount, capture } = options.processorOptions;
      this.stage = new OutputStage(
        openSharedState(memory, trackCount),
        sampleRate,
        capture && openCapture(capture),
      );
    }

    process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
      const left = input?.[0] ?? silence;
      const right = input?.[1] ?? left;
      this.stage.take(left, right);
      output?.[0]?.set(left);
      output?.[1]?.set(right);
      return true;
    }
  },
);
