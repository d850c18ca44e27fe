import type { z } from 'zod';
import type { WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { Scene, SceneTrack } from '../../scene/scene.ts';
import type { ParameterFault } from '../parameter-faults.ts';
import type { GroupMembers } from './group-members.ts';
import type { Group } from './group-schema.ts';

/** A render of the scene that a detector listens to: all tracks in, the channels of a layout or two ears out. */
export interface DetectorRender {
  readonly processor: Processor;
  /** Layout of the channels; undefined for binaural. */
  readonly layout: Layout | undefined;
}

/**
 * Makes renders for detectors: "7.1.4", "5.1", "stereo", "binaural". The stage itself knows no renderer; the job hands
 * it this.
 * @param startSample sample of the scene that the first input sample is
 * @throws ConfigError for names that are no render
 */
export type DetectorRenderer = (render: string, startSample: number) => DetectorRender;

/** What an effect is made for. */
export interface EffectContext {
  readonly scene: Scene;
  /** The tracks of the scene: the first channels of every block. */
  readonly tracks: readonly SceneTrack[];
  readonly group: GroupMembers;
  /** How much of the effect is wanted, above 0 up to 1; what that scales is each effect's own, 0.5 is half its dB. */
  readonly amount: number;
  readonly sampleRateHz: number;
  readonly kernels: Kernels;
  /** Sample of the scene that the first input sample is; below 0 where effects before it have latency. */
  readonly startSample: number;
  /** Channels of a block: the tracks, then the channels of side chains, which pass through every effect. */
  readonly channelCount: number;
  /** Channels of each side chain by its name. */
  readonly sideChains: ReadonlyMap<string, readonly number[]>;
  readonly createDetectorRender: DetectorRenderer;
  readonly onWarning: WarningHandler;
}

/** How far an effect turned something down. */
export interface EffectReduction {
  /** What: a band, an element, "all". */
  readonly name: string;
  readonly maxReductionDb: number;
  /** Mean in dB over the programme. */
  readonly meanReductionDb: number;
}

/**
 * Works on all channels of the scene stage: members of the group are changed, all others come out as they went in, as
 * late as the members do. As every processor it gives the same bits at any block size.
 */
export interface EffectProcessor extends Processor {
  /** Since construction or reset; empty where nothing is turned down by the sound itself. */
  reductions(): readonly EffectReduction[];
}

/**
 * Relations between tracks that an effect changes: 'linear' ones leave render(effect(scene)) = effect(render(scene))
 * where nothing moves and all tracks have it; 'common-gain' ones always; 'mixing' ones (linear, but from track to track)
 * and 'non-linear' ones do not, which is reported.
 */
export type EffectKind = 'linear' | 'common-gain' | 'mixing' | 'non-linear';

/**
 * One kind of effect: a file in `effects/` and a line in the registry. Its parameters stand in the recipe beside
 * `type`, `group`, `amount`, `bypass` and `note`.
 */
export interface Effect<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Value of `type` in the recipe. */
  readonly type: string;
  /** What it does, in one sentence, for help and editors. */
  readonly description: string;
  /** Shape of its parameters; units are in their names, defaults in their descriptions. */
  readonly parameters: Shape;
  /** Tracks that it works on where a recipe names none; all but the LFE unless given. */
  readonly defaultGroup?: Group | undefined;
  readonly kind: EffectKind;
  /** Its kind where that depends on the parameters; `kind` where undefined. */
  kindOf?(parameters: z.infer<z.ZodObject<Shape>>): EffectKind;
  /**
   * What its schema cannot see: parameters that do not fit each other or the sample rate.
   * @param sampleRateHz undefined where it is not known yet
   */
  faultsOf?(
    parameters: z.infer<z.ZodObject<Shape>>,
    sampleRateHz: number | undefined,
  ): readonly ParameterFault[];
  /** @param parameters without faults @throws ConfigError where they do not fit the scene */
  create(parameters: z.infer<z.ZodObject<Shape>>, context: EffectContext): EffectProcessor;
}

/** Keeps the types of an effect's parameters for its `create`. */
export const defineEffect = <Shape extends z.ZodRawShape>(effect: Effect<Shape>): Effect<Shape> => effect;
