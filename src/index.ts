/**
 * periphon: masters and renders immersive audio. Everything that the command line does is a function here.
 *
 * @packageDocumentation
 */
export * from './browser.ts';
export type { Session } from './audition/protocol/session.ts';
export { startAudition, type Audition, type AuditionOptions } from './audition/server/start-audition.ts';
export {
  formatJson,
  formatReport,
  type Check,
  type CodecPreview,
  type MasterReport,
  type PlatformGain,
  type SceneEffectReport,
  type TargetReport,
} from './deliver/report.ts';
export type { AudioReader, AudioWriter } from './io/audio-file.ts';
export { fileOrder, type ChannelOrder } from './io/channel-order.ts';
export { openAudioFile } from './io/open-audio-file.ts';
export { loadDefaultHrtf } from './io/packed/packed-hrtf.ts';
export { loadHrtfFile } from './io/sofa/load-hrtf.ts';
export type { SceneReader, StemInfo } from './io/scene-reader.ts';
export { openScene } from './io/stems/open-scene.ts';
export { encodeClip } from './io/wav/clip.ts';
export { createWavWriter, type WavWriterOptions } from './io/wav/wav-writer.ts';
export { checkFiles, type CheckOptions, type CheckResult } from './job/check-file.ts';
export type { AudioComparison } from './job/compare-audio.ts';
export { compareFiles, type CompareOptions, type CompareResult } from './job/compare-files.ts';
export { convertScene, type ConvertOptions, type ConvertResult } from './job/convert-scene.ts';
export { previewCodecs, type CodecPreviewOptions } from './job/codec-preview.ts';
export {
  importHrtf,
  inspectHrtf,
  type HrtfInspection,
  type ImportHrtfOptions,
  type InspectHrtfOptions,
} from './job/hrtf-file.ts';
export {
  explainRecipe,
  type EntryExplanation,
  type ExplainRecipeOptions,
  type RecipeExplanation,
} from './job/explain-recipe.ts';
export { newRecipe, type NewRecipeOptions, type NewRecipeResult } from './job/new-recipe.ts';
export { initScene, type InitOptions, type InitResult } from './job/init-scene.ts';
export { inspectFile, type Inspection, type InspectOptions } from './job/inspect-file.ts';
export type { ListeningFiles } from './job/listening.ts';
export { masterAlbum, type MasterAlbumOptions } from './job/master-album.ts';
export type { MasterSceneOptions } from './job/master-options.ts';
export { masterScene, type MasterResult } from './job/master-scene.ts';
export type { FileMeasurement, MeasureOptions, MeasureResult } from './job/file-measurement.ts';
export { measureFiles } from './job/measure-file.ts';
export type { MetadataChange } from './job/metadata-changes.ts';
export type { BinauralModeEdit, MetadataEdits, TrimEdit } from './job/metadata-edits.ts';
export type { ChannelMetadata, ElementMetadata, FileMetadata } from './job/metadata-file.ts';
export { metadataPresets, withPreset } from './job/metadata-presets.ts';
export {
  setMetadata,
  type EditedFile,
  type SetMetadataOptions,
  type SetMetadataResult,
} from './job/metadata-set.ts';
export {
  showMetadata,
  type ShowMetadataOptions,
  type ShowMetadataResult,
  type ShownMetadata,
} from './job/metadata-show.ts';
export { defaultTargets, renderScene, type RenderResult } from './job/render-scene.ts';
export { readRecipe } from './job/read-recipe.ts';
export { parseTrackMarkers, readTrackMarkers, type TrackMarker } from './job/track-markers.ts';
export type { Progress, ProgressHandler } from './job/progress.ts';
export type { SceneJobOptions } from './job/scene-job.ts';
export { verifyDelivery, type Verification, type VerifyOptions } from './job/verify-delivery.ts';
export { packageVersion } from './job/version.ts';
