/**
 * Everything of periphon that needs no file system: it runs in browsers and in Node.js alike.
 *
 * @packageDocumentation
 */
export { createAudioBlock, type AudioBlock } from './base/audio-block.ts';
export {
  cartesianToPolar,
  polarToCartesian,
  wrapAzimuthDeg,
  type PolarPosition,
  type Vec3,
} from './base/coordinates.ts';
export {
  AbortedError,
  ConfigError,
  FormatError,
  HrtfError,
  InternalError,
  LayoutError,
  OutputError,
  PeriphonError,
  SceneError,
  UnsupportedError,
  type Issue,
  type Warning,
  type WarningHandler,
} from './base/errors.ts';
export type { Processor } from './base/processor.ts';
export { rationalFromDecimal, type RationalSeconds } from './base/time.ts';
export { dbToGain, gainToDb, powerToDb } from './base/units.ts';
export { checkProfile } from './deliver/check-profile.ts';
export type { FileFacts } from './deliver/file-facts.ts';
export { platformGains } from './deliver/platform-gain.ts';
export type { Profile, ProfileRule } from './deliver/profile.ts';
export { getProfile, profiles } from './deliver/profiles.ts';
export type { HrtfSet } from './hrtf/hrtf-set.ts';
export type { SampleFormat } from './kernels/interfaces/pcm.ts';
export type { Kernels } from './kernels/kernels.ts';
export { loadKernels } from './kernels/load-kernels.ts';
export { builtInLayouts, findLayout, getLayout, layoutNames } from './layouts/built-in.ts';
export { parseLayout } from './layouts/custom.ts';
export { isLfeLabel, nominalPosition, normalizeLabel } from './layouts/labels.ts';
export { channelCountOf, type Layout, type Loudspeaker } from './layouts/layout.ts';
export { createDither, ditherSeed, type BitDepth, type DitherKind } from './master/dither.ts';
export { createEqualizer, designEqualizer, type ChannelEqBand } from './master/equalizer.ts';
export { createFader, type Fade, type FadeCurve } from './master/fades.ts';
export { createLayoutStage, type LayoutStage, type LayoutStageOptions } from './master/layout-stage.ts';
export { createLimiter, limiterDefaults, type Limiter, type LimiterOptions } from './master/limiter.ts';
export { solveLoudness, type LoudnessProblem, type LoudnessSolution } from './master/loudness-solver.ts';
export { parseRecipe, type Recipe } from './master/recipe.ts';
export type { SceneEntry } from './master/scene-stage/entry-schema.ts';
export { resolveTargetSettings, targetDefaults, type TargetSettings } from './master/target-settings.ts';
export { parseTarget, type Target } from './master/targets.ts';
export type { LoudnessCurve, LoudnessMaxima } from './meter/loudness-curve.ts';
export { createLoudnessMeter, type LoudnessMeter, type LoudnessResult } from './meter/loudness-meter.ts';
export { createProgrammeMeter, type ProgrammeMeter, type ProgrammeMeterOptions } from './meter/measure.ts';
export type { ChannelMeasurement, Measurement, PairMeasurement } from './meter/measurement.ts';
export { createTruePeakMeter, type TruePeakMeter, type TruePeakMode } from './meter/true-peak-meter.ts';
export { designBs2127Decoder, designLoudspeakerDecoder } from './render/ambisonic/loudspeaker-decoder.ts';
export { foldDownMatrix, type FoldDownOptions } from './render/downmix/fold-down.ts';
export { designStereoFold, type FoldDown, type StereoFoldOptions } from './render/downmix/stereo-rules.ts';
export { createPointSourcePanner } from './render/panner/point-source.ts';
export type { RenderFormat } from './render/render-format.ts';
export type { RenderSettings } from './render/render-settings.ts';
export { createRenderer } from './render/renderer.ts';
export { formatScene } from './scene/format-scene.ts';
export { createScene, elementDefaults, objectBlockDefaults } from './scene/make-scene.ts';
export { parseScene } from './scene/parse-scene.ts';
export { sceneTracks, trackCountOf, type Scene, type SceneElement } from './scene/scene.ts';
export { trajectorySvg } from './scene/trajectory-svg.ts';
