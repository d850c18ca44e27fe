import { checkProfile } from '../deliver/check-profile.ts';
import type { FileFacts } from '../deliver/file-facts.ts';
import type { Profile } from '../deliver/profile.ts';
import { getProfile } from '../deliver/profiles.ts';
import type { Check } from '../deliver/report.ts';
import { measureFiles, type FileMeasurement, type MeasureOptions } from './measure-file.ts';

/** One file and the outcome of every rule of every profile that it was checked against. */
export interface CheckedFile {
  readonly file: string;
  readonly layout: string;
  readonly checks: readonly Check[];
}

/** What `periphon check --json` prints. */
export interface CheckResult {
  readonly version: 1;
  readonly files: readonly CheckedFile[];
}

/** Options of `checkFiles`. */
export interface CheckOptions extends Omit<MeasureOptions, 'reRenders'> {
  /** Ids of the profiles. */
  readonly profiles: readonly string[];
}

/**
 * Measures files, on the layouts that the profiles want, and checks them against each rule.
 * @throws ConfigError "unknown-profile"; what `measureFiles` throws
 */
export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<CheckResult> {
  const profiles = [...new Set(options.profiles)].map(getProfile);
  const measured = await measureFiles(files, { ...options, reRenders: reRendersOf(profiles) });
  return {
    version: 1,
    files: measured.files.map((file) => ({
      file: file.file,
      layout: file.layout,
      checks: profiles.flatMap((profile) => checkProfile(profile, factsOf(file))),
    })),
  };
}

/** Layouts that the rules of profiles are measured on. */
function reRendersOf(profiles: readonly Profile[]): string[] {
  const names = profiles.flatMap(({ rules }) => rules.map((rule) => ('on' in rule ? rule.on : undefined)));
  return [...new Set(names.filter((name) => name !== undefined))];
}

const factsOf = (file: FileMeasurement): FileFacts => ({
  container: file.container,
  layout: file.layout,
  channelCount: file.channels.length,
  sampleRateHz: file.sampleRateHz,
  bitDepth: file.bitDepth,
  tailSilenceSamples: file.silence.tailSamples,
  figures: file,
  reRenders: file.reRenders ?? {},
});
