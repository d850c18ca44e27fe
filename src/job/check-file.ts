import { PeriphonError } from '../base/errors.ts';
import { checkProfile, needsAudio } from '../deliver/check-profile.ts';
import type { FileFacts, StereoMasterFacts } from '../deliver/file-facts.ts';
import type { Profile } from '../deliver/profile.ts';
import { getProfile } from '../deliver/profiles.ts';
import type { Check } from '../deliver/report.ts';
import { isDamfName } from '../io/damf/damf-files.ts';
import { openInputFile } from '../io/input-file.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { openScene } from '../io/stems/open-scene.ts';
import type { WavReader } from '../io/wav/wav-reader.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { deliveryOfMaster, deliveryOfScene } from './delivery-facts.ts';
import type { FileMeasurement, MeasureOptions, SceneRender } from './file-measurement.ts';
import { readMasterFile, type MasterFile } from './master-facts.ts';
import { measureFiles } from './measure-file.ts';
import { isSceneFile } from './measure-scene.ts';

/** One file and the outcome of every rule of every profile that it was checked against. */
export interface CheckedFile {
  readonly file: string;
  readonly layout: string;
  /** How a scene was rendered to be measured; undefined for finished audio, and for what was not rendered. */
  readonly render: SceneRender | undefined;
  readonly checks: readonly Check[];
}

/** What `periphon check --json` prints. */
export interface CheckResult {
  readonly version: 1;
  readonly files: readonly CheckedFile[];
}

/** Options of `checkFiles`. */
export interface CheckOptions extends Omit<MeasureOptions, 'reRenders' | 'withBinaural'> {
  /** Ids of the profiles. */
  readonly profiles: readonly string[];
  /** The stereo version of the programme; that which a scene names where undefined. */
  readonly stereoMaster?: string | undefined;
}

/**
 * Measures files, on the layouts that the profiles want, and checks them against each rule. ADM BWF files are checked
 * as they lie in their file, also where they cannot be rendered.
 * @throws ConfigError "unknown-profile"; what `measureFiles` throws
 */
export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<CheckResult> {
  const profiles = [...new Set(options.profiles)].map(getProfile);
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const { facts, render } = await factsOf(file, profiles, options);
    checked.push({
      file,
      layout: facts.layout,
      render,
      checks: profiles.flatMap((profile) => checkProfile(profile, facts)),
    });
  }
  return { version: 1, files: checked };
}

/** Layouts that the rules of profiles are measured on. */
function reRendersOf(profiles: readonly Profile[]): string[] {
  const names = profiles.flatMap(({ rules }) => rules.map((rule) => ('on' in rule ? rule.on : undefined)));
  return [...new Set(names.filter((name) => name !== undefined))];
}

interface KnownFile {
  readonly facts: FileFacts;
  readonly render: SceneRender | undefined;
}

async function factsOf(
  file: string,
  profiles: readonly Profile[],
  options: CheckOptions,
): Promise<KnownFile> {
  if (isSceneFile(file)) return sceneFacts(file, profiles, options);
  const master = await masterOf(file, options);
  return master ? masterFacts(file, master, profiles, options) : audioFacts(file, profiles, options);
}

async function audioFacts(
  file: string,
  profiles: readonly Profile[],
  options: CheckOptions,
): Promise<KnownFile> {
  const measured = await measure(file, profiles, options);
  const facts = measuredFacts(measured, await stereoMasterOf(options.stereoMaster, options));
  const { container, channels } = measured;
  const channelWord = channels.length === 1 ? 'channel' : 'channels';
  return {
    facts: { ...facts, insteadOfMaster: `a ${container} file of ${channels.length} ${channelWord}` },
    render: undefined,
  };
}

async function sceneFacts(
  file: string,
  profiles: readonly Profile[],
  options: CheckOptions,
): Promise<KnownFile> {
  const { allowOutside } = options;
  const kernels = await loadKernels({ onWarning: options.onWarning });
  // Warnings come when it is opened to be measured.
  const reader = await openScene(file, { kernels, allowOutside });
  await reader.close();
  const stereoMaster = await stereoMasterOf(options.stereoMaster ?? reader.stereoMasterFile, options);
  const measured = await measure(file, profiles, options);
  const facts = measuredFacts(measured, stereoMaster);
  return {
    facts: {
      ...facts,
      delivery: deliveryOfScene(reader.scene),
      insteadOfMaster: isDamfName(file) ? 'a master in DAMF' : 'a scene file',
    },
    render: measured.render,
  };
}

/** A file that has any of the chunks of a master is checked as one. */
async function masterOf(file: string, { onWarning }: CheckOptions): Promise<MasterFile | undefined> {
  const kernels = await loadKernels({ onWarning });
  const reader = await openAudioFile(file, { kernels });
  try {
    const wav = reader as Partial<WavReader> as WavReader;
    if (!wav.chunks?.some(({ id }) => masterChunks.has(id))) return undefined;
    const input = await openInputFile(file);
    await input.close();
    return await readMasterFile(wav, input.sizeBytes);
  } finally {
    await reader.close();
  }
}

const masterChunks = new Set(['axml', 'chna', 'dbmd']);

async function masterFacts(
  file: string,
  master: MasterFile,
  profiles: readonly Profile[],
  options: CheckOptions,
): Promise<KnownFile> {
  const { sampleRateHz, bitDepth, channelCount, frameCount, container, model, tracks } = master.facts;
  const common = { master: master.facts, delivery: deliveryOfMaster(master) };
  const isAdm = model.fault === undefined && tracks.fault === undefined;
  const outcome = isAdm
    ? await measureOrRefuse(file, profiles, options)
    : { unmeasured: model.fault ?? tracks.fault };
  const stereoMaster = await stereoMasterOf(options.stereoMaster, options);
  if (outcome.measured) {
    const facts = measuredFacts(outcome.measured, stereoMaster);
    return { facts: { ...facts, ...common, sampleRateHz, bitDepth }, render: outcome.measured.render };
  }
  return {
    facts: {
      ...common,
      ...{ container, layout: 'ADM BWF', channelCount, sampleRateHz, bitDepth, frameCount, stereoMaster },
      tailSilenceSamples: undefined,
      figures: undefined,
      reRenders: {},
      unmeasured: outcome.unmeasured,
    },
    render: undefined,
  };
}

/** Measures a master, or says why it cannot be rendered. Where no rule needs its sound, it is only opened. */
async function measureOrRefuse(
  file: string,
  profiles: readonly Profile[],
  options: CheckOptions,
): Promise<{ readonly measured?: FileMeasurement; readonly unmeasured?: string | undefined }> {
  try {
    if (profiles.some(({ rules }) => rules.some(needsAudio)))
      return { measured: await measure(file, profiles, options) };
    const kernels = await loadKernels({ onWarning: options.onWarning });
    const { programme, onWarning } = options;
    await (await openScene(file, { kernels, programme, onWarning })).close();
    return {};
  } catch (error) {
    const isRefused =
      error instanceof PeriphonError &&
      /^(?:adm|xml|scene)-/.test(error.code) &&
      error.code !== 'adm-programme';
    if (!isRefused) throw error;
    return { unmeasured: `cannot be rendered: ${error.message.replace(`${file}: `, '')}` };
  }
}

async function measure(
  file: string,
  profiles: readonly Profile[],
  options: MeasureOptions,
): Promise<FileMeasurement> {
  const { files } = await measureFiles([file], { ...options, reRenders: reRendersOf(profiles) });
  return files[0]!;
}

const measuredFacts = (
  measured: FileMeasurement,
  stereoMaster: StereoMasterFacts | undefined,
): FileFacts => ({
  container: measured.container,
  layout: measured.layout,
  channelCount: measured.channels.length,
  sampleRateHz: measured.sampleRateHz,
  bitDepth: measured.bitDepth,
  frameCount: Math.round(measured.durationSec * measured.sampleRateHz),
  headSilenceSamples: measured.silence.headSamples,
  tailSilenceSamples: measured.silence.tailSamples,
  figures: measured,
  reRenders: measured.reRenders ?? {},
  tracks: measured.tracks ?? [],
  stereoMaster,
});

async function stereoMasterOf(
  file: string | undefined,
  { onWarning, onProgress, signal }: CheckOptions,
): Promise<StereoMasterFacts | undefined> {
  if (file === undefined) return undefined;
  const { files } = await measureFiles([file], { onWarning, onProgress, signal });
  const { durationSec, silence } = files[0]!;
  return { file, durationSec, headSilenceSec: silence.headSec };
}
