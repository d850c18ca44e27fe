import type { Decoder } from './decoder.ts';

/** Time in which one set of filters takes over from another. */
const crossfadeSec = 0.03;

/** The way from one output of the player to the ears, whose decoder can be exchanged while it sounds. */
export class DecoderPath {
  private current: { readonly decoder: Decoder; readonly level: GainNode } | undefined;
  private matrix: Float64Array | undefined;
  private isOpen = false;
  /** When the last exchange has come to its end: the next begins then at the earliest. */
  private settledSec = 0;
  private readonly gate: GainNode;
  private readonly context: BaseAudioContext;
  private readonly player: AudioNode;
  private readonly playerOutput: number;
  private readonly ears: AudioNode;

  constructor(context: BaseAudioContext, player: AudioNode, playerOutput: number, ears: AudioNode) {
    this.context = context;
    this.player = player;
    this.playerOutput = playerOutput;
    this.ears = ears;
    this.gate = new GainNode(context);
  }

  /** Puts a decoder in, gently where there was one. */
  setDecoder(decoder: Decoder): void {
    const { context, current } = this;
    const now = context.currentTime;
    const level = new GainNode(context, { gain: current ? 0 : 1 });
    if (this.matrix) decoder.turn(this.matrix, false);
    decoder.output.connect(level).connect(this.ears);
    this.gate.connect(decoder.input);
    this.current = { decoder, level };
    if (!current) return;
    // Filters that have just been put in have heard nothing yet: they first fill.
    const startSec = Math.max(now + crossfadeSec, this.settledSec);
    this.settledSec = startSec + crossfadeSec;
    fade(level.gain, 0, 1, startSec);
    fade(current.level.gain, 1, 0, startSec);
    this.removeAt(current, this.settledSec);
  }

  /** Connects the decoder with the player, or cuts it off: without input it rests and costs nothing. */
  setOpen(isOpen: boolean): void {
    if (isOpen === this.isOpen) return;
    this.isOpen = isOpen;
    if (isOpen) this.player.connect(this.gate, this.playerOutput);
    else this.player.disconnect(this.gate, this.playerOutput);
  }

  /** Turns the head; see `Decoder.turn`. */
  turn(matrix: Float64Array): void {
    const glides = this.matrix !== undefined;
    this.matrix = matrix;
    this.current?.decoder.turn(matrix, glides);
  }

  /** Takes a decoder out at a time of the context, which stands still in a pause: silence that ends then tells. */
  private removeAt(
    { decoder, level }: { readonly decoder: Decoder; readonly level: GainNode },
    timeSec: number,
  ): void {
    const silence = new ConstantSourceNode(this.context, { offset: 0 });
    silence.onended = () => {
      this.gate.disconnect(decoder.input);
      level.disconnect();
    };
    silence.connect(level);
    silence.start();
    silence.stop(timeSec);
  }
}

function fade(gain: AudioParam, from: number, to: number, startSec: number): void {
  gain.setValueAtTime(from, startSec);
  gain.linearRampToValueAtTime(to, startSec + crossfadeSec);
}
