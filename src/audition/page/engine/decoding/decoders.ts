import type { HrtfChoice, Session } from '../../../protocol/session.ts';
import type { HeadOrientation } from '../engine.ts';
import { inverseRotation, rotationMatrix } from '../../../../math/rotation.ts';
import { commonDelaySamples, delaySamplesOf, type PlayerOutput } from '../playback/output-table.ts';
import { createAmbisonicDecoder } from './ambisonic-decoder.ts';
import type { Decoder } from './decoder.ts';
import { DecoderPath } from './decoder-path.ts';
import { createLoudspeakerDecoder } from './loudspeaker-decoder.ts';

/** What decoders are made of. */
export interface DecodersOptions {
  readonly context: BaseAudioContext;
  readonly session: Session;
  readonly outputs: readonly PlayerOutput[];
  readonly player: AudioNode;
  readonly ears: AudioNode;
  /** Reads filters. @param address relative to the page */
  readonly fetchFilters: (address: string) => Promise<Float32Array>;
}

/** The ways from the outputs of the player to the ears, made when they are first needed. */
export class Decoders {
  private readonly paths = new Map<number, DecoderPath>();
  /** By output: what was asked for last, and whether it is there. */
  private readonly ready = new Map<number, Promise<void>>();
  private readonly filters = new Map<string, Promise<Float32Array>>();
  private matrix = rotationMatrix({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 });
  private readonly options: DecodersOptions;
  private hrtfId: string;

  constructor(options: DecodersOptions, hrtfId: string) {
    this.options = options;
    this.hrtfId = hrtfId;
  }

  /** Resolves when an output can be heard. Rejects where its filters do not come; it may be asked again then. */
  ensure(output: number): Promise<void> {
    const known = this.ready.get(output);
    if (known) return known;
    const { context, player, ears, outputs } = this.options;
    if (outputs[output]!.kind === 'direct') return Promise.resolve();
    const path = this.paths.get(output) ?? new DecoderPath(context, player, output, ears);
    this.paths.set(output, path);
    path.turn(this.matrix);
    const made = this.prepare(path, outputs[output]!);
    this.ready.set(output, made);
    made.catch(() => this.ready.delete(output));
    return made;
  }

  /** Lets an output through. */
  open(output: number): void {
    this.paths.get(output)?.setOpen(true);
  }

  /** Cuts off all outputs but these. */
  keepOpen(outputs: readonly number[]): void {
    for (const [output, path] of this.paths) if (!outputs.includes(output)) path.setOpen(false);
  }

  /** Decodes with another HRTF set from now on. */
  async setHrtf(hrtfId: string): Promise<void> {
    this.hrtfId = hrtfId;
    const known = [...this.ready.keys()];
    this.ready.clear();
    await Promise.all(known.map((output) => this.ensure(output)));
  }

  /** Turns the head. */
  turn(head: HeadOrientation): void {
    this.matrix = inverseRotation(rotationMatrix(head)) as Float64Array<ArrayBuffer>;
    for (const path of this.paths.values()) path.turn(this.matrix);
  }

  private async prepare(path: DecoderPath, output: PlayerOutput): Promise<void> {
    const { hrtfId } = this;
    const hrtf = this.options.session.hrtfs.find(({ id }) => id === hrtfId);
    if (!hrtf) throw new Error(`no HRTF set "${hrtfId}" is installed`);
    const decoder = await this.createDecoder(output, hrtf);
    // Another set may have been asked for meanwhile.
    if (decoder && hrtfId === this.hrtfId) path.setDecoder(decoder);
  }

  private async createDecoder(output: PlayerOutput, hrtf: HrtfChoice): Promise<Decoder | undefined> {
    const { context, session } = this.options;
    const delaySamples = commonDelaySamples(session) - delaySamplesOf(output, hrtf);
    const base = `api/hrtfs/${encodeURIComponent(hrtf.id)}`;
    switch (output.kind) {
      case 'direct':
        return undefined;
      case 'loudspeakers': {
        const { layout, channelCount: loudspeakerCount } = output;
        const filters = await this.fetch(`${base}/loudspeakers?layout=${encodeURIComponent(layout)}`);
        return createLoudspeakerDecoder({ context, loudspeakerCount, filters, delaySamples });
      }
      case 'ambisonics': {
        const { order } = output;
        const [{ default: library }, filters] = await Promise.all([
          import('omnitone/build/omnitone.esm.js'),
          this.fetch(`${base}/ambisonic?order=${order}`),
        ]);
        return createAmbisonicDecoder({ context, library, order, filters, delaySamples });
      }
    }
  }

  private fetch(address: string): Promise<Float32Array> {
    let filters = this.filters.get(address);
    if (!filters) {
      filters = this.options.fetchFilters(address);
      this.filters.set(address, filters);
      filters.catch(() => this.filters.delete(address));
    }
    return filters;
  }
}
