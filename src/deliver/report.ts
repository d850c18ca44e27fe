import type { DeliveredFigures } from './figures.ts';
import type { Fault } from './master-rules/rule.ts';
import type { RecipeIdentity } from './manifest.ts';
import type { Confidence } from './profile.ts';

/** Figures of another render of the same programme, printed beside a deliverable. */
export interface RelatedRender {
  /** What was measured: "5.1 re-render", "7.1.4 decode", "binaural decode". */
  readonly name: string;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  /** Whether the deliverable's limiter had work that these figures do not know of. */
  readonly isBeforeLimiter: boolean;
}

/** What a service's normalisation does to one file. */
export interface PlatformGain {
  /** Id of the profile that the figures come from. */
  readonly platform: string;
  /** Setting of the listener, where the service has several. */
  readonly mode: string | undefined;
  /** Gain of the player; 0 for silence, and where the service plays files as they are. */
  readonly gainDb: number;
  /** Loudness that the listener hears. */
  readonly playedLufs: number;
  /** How deep the service's own limiter works, where it has one. */
  readonly limitedDb: number;
  /** How far the service's figures can be trusted: 'memory' is unverified. */
  readonly confidence: Confidence;
  readonly note: string | undefined;
}

/** What a lossy codec made of a file: an estimate, for services use encoders of their own. */
export interface CodecPreview {
  readonly codec: 'aac' | 'mp3' | 'opus';
  readonly bitrateKbps: number;
  /** Of the decoded file; undefined where there are no figures. */
  readonly integratedLufs: number | undefined;
  readonly truePeakDbtp: number | undefined;
  /** Why there are no figures; undefined where there are. */
  readonly unavailable: string | undefined;
}

/** A fade of a deliverable. */
export interface AppliedFade {
  readonly durationSamples: number;
  readonly curve: string;
}

/** What was done to a deliverable beside its gain and limiting; lengths in samples at its own rate. */
export interface AppliedProcessing {
  /** Frequency of the high-pass that removed DC; undefined where there was none. */
  readonly dcRemovalHz: number | undefined;
  /** Bands of the equaliser as the recipe has them. */
  readonly eq: readonly object[];
  readonly trimHeadSamples: number;
  readonly trimTailSamples: number;
  readonly fadeIn: AppliedFade | undefined;
  readonly fadeOut: AppliedFade | undefined;
  readonly dither: string;
}

/** Outcome of one rule of a delivery profile. */
export interface Check {
  /** Id of the profile. */
  readonly profile: string;
  /** Stable name of the rule: "block-gap", "integratedLufs". */
  readonly id: string;
  /** The rule in words, with its bounds. */
  readonly rule: string;
  readonly result: 'pass' | 'fail' | 'not-verifiable';
  /** What was measured, in the unit of the rule; undefined where nothing was. */
  readonly measured: number | string | undefined;
  /** What was found, or why nothing can be. */
  readonly message: string;
  /** Why the rule matters, where that is known. */
  readonly reason?: string | undefined;
  /** Everything that breaks it, with its place in the file; the list has the first 20. */
  readonly faults?: { readonly count: number; readonly list: readonly Fault[] } | undefined;
  /** Whether the receiver insists on the rule or advises it. */
  readonly strength: 'required' | 'recommended';
  /** How far the rule's figures can be trusted: 'memory' is unverified; undefined for rules without figures. */
  readonly confidence: Confidence | undefined;
}

/** What a check comes to: a rule that is only recommended and is broken is a warning. */
export const verdictOf = ({ result, strength }: Check): Check['result'] | 'warning' =>
  result === 'fail' && strength === 'recommended' ? 'warning' : result;

/** What a true-peak limiter did, and its settings. */
export interface LimiterReport {
  /** Share of its reduction in dB that each group but the LFE makes the others take over. */
  readonly linkPercent: number;
  /** The same between the LFE and all others. */
  readonly lfeLinkPercent: number;
  /** Attack. */
  readonly lookaheadMs: number;
  readonly holdMs: number;
  readonly releaseMs: number;
  readonly groups: readonly {
    readonly name: 'front' | 'surround' | 'height' | 'lfe' | 'all';
    /** Labels of its channels. */
    readonly channels: readonly string[];
    readonly maxReductionDb: number;
    /** Over the time of the programme. */
    readonly meanReductionDb: number;
  }[];
  /** File with the reductions of each 100 ms, relative to the report; undefined where none was asked for. */
  readonly traceFile: string | undefined;
}

/** The album that a deliverable belongs to: several scenes that share the gain of each target. */
export interface AlbumReport {
  readonly sceneCount: number;
  /** Whether its loudness is that of all programmes together, gated as one, or that of the loudest. */
  readonly measured: 'together' | 'loudest';
  /** What was brought to the loudness that was asked for. */
  readonly integratedLufs: number;
  /** Deepest reduction of any programme. */
  readonly maxReductionDb: number;
}

/** One track of a programme that was cut; its figures are those of its file alone. */
export interface TrackReport extends DeliveredFigures {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  /** File name, relative to the report. */
  readonly file: string;
  readonly sha256: string;
  /** From the start of the programme, at the deliverable's sample rate. */
  readonly startSamples: number;
  readonly lengthSamples: number;
  readonly startSec: number;
  readonly durationSec: number;
}

/** One finished deliverable. */
export interface TargetReport extends DeliveredFigures {
  /** Target as the user named it: "7.1.4". */
  readonly target: string;
  /** What the file holds, and how it was made. */
  readonly description: string;
  /** File name, relative to the report; empty where the programme was cut into tracks, and so is the hash. */
  readonly file: string;
  readonly sha256: string;
  readonly channels: readonly string[];
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly durationSec: number;
  readonly applied: AppliedProcessing;
  /** Loudness that was asked for; undefined where the rule is about peaks alone. */
  readonly loudnessTargetLufs: number | undefined;
  /**
   * What was asked for: the loudness within 0.05 LU (target), the same but never above (at-most), turned down to
   * it but never up (maximum), the true peak at the ceiling by one gain (peak), or unity gain (none).
   */
  readonly loudnessRule: 'target' | 'at-most' | 'maximum' | 'peak' | 'none';
  readonly ceilingDbtp: number;
  /**
   * How the target came out: as asked; stopped at the limiting that is allowed; at the nearest loudness below,
   * where the gates make it jump over the one that was asked for; silent; or neither loudness nor ceiling within
   * reach of the passes that are allowed.
   */
  readonly status: 'met' | 'reduction-limited' | 'gate-jump' | 'silent' | 'not-converged';
  /** Passes over the rendered bus that it took. */
  readonly passCount: number;
  /** Gain before the limiter. */
  readonly gainDb: number;
  /** Deepest reduction of the limiter, 0 or more. */
  readonly maxReductionDb: number;
  /** Undefined where gain alone was enough. */
  readonly limiter: LimiterReport | undefined;
  /** How far the loudness stays below what was asked for; 0 where it is met. */
  readonly missedByLu: number;
  /** Undefined where the scene was mastered alone; else status and missedByLu are the album's. */
  readonly album: AlbumReport | undefined;
  /** Undefined where the programme stayed whole; else the figures above are the programme's. */
  readonly tracks: readonly TrackReport[] | undefined;
  readonly related: readonly RelatedRender[];
  /** Ids of the delivery profiles that it was made for. */
  readonly profiles: readonly string[];
  /** Layout on whose re-render loudness and ceiling hold; undefined where they are those of the file. */
  readonly measuredOn: string | undefined;
  /** Every rule of its profiles. */
  readonly checks: readonly Check[];
  /** What the normalisation of services does to it; empty where it is neither mono nor stereo. */
  readonly platforms: readonly PlatformGain[];
  /** What lossy codecs make of it; undefined where that was not asked for, or it is neither mono nor stereo. */
  readonly codecPreviews: readonly CodecPreview[] | undefined;
}

/** What one effect did to a scene before it was rendered. */
export interface SceneEffectReport {
  readonly id: string;
  readonly type: string;
  readonly note: string | undefined;
  /** Share of the effect, 0..1. */
  readonly amount: number;
  /** As the recipe has them. */
  readonly parameters: object;
  /**
   * What it changes of the relations between tracks: nothing, a gain that all have (common-gain); filters alike for all
   * (linear), which give the same as after rendering where nothing moves; or something that does not: linear from track to
   * track (mixing), or dynamics and distortion (non-linear).
   */
  readonly kind: 'linear' | 'common-gain' | 'mixing' | 'non-linear';
  /** Why it did nothing: left out, no share, or no track in its group; undefined where it worked. */
  readonly idle: 'bypass' | 'amount' | 'group' | undefined;
  /** Tracks that it worked on, and how much. */
  readonly members: readonly {
    /** Name of the element. */
    readonly element: string;
    /** Labels of the bed channels that are meant; undefined for the whole element. */
    readonly channels: readonly string[] | undefined;
    /** Over the whole scene, 0..1; they differ where an object moves through the edge of the group. */
    readonly leastWeight: number;
    readonly greatestWeight: number;
  }[];
  /** How far it turned down, where it follows the sound. */
  readonly reductions: readonly {
    /** What was turned down: a band, an element, "all". */
    readonly name: string;
    readonly maxReductionDb: number;
    /** Over the time of the programme. */
    readonly meanReductionDb: number;
  }[];
}

/** The mastered scene as it was written: its metadata, and its tracks as they come out of the scene stage. */
export interface SceneFileReport {
  /** Target as the user named it: "adm". */
  readonly target: string;
  /** Format of the files, as `periphon convert` names it. */
  readonly format: string;
  /** The one that stands for the scene first. */
  readonly files: readonly {
    /** Relative to the report, with forward slashes. */
    readonly file: string;
    /** Empty in a dry run. */
    readonly sha256: string;
  }[];
  /** How it came to its level; undefined where it is written as the effects leave it. */
  readonly loudness: SceneLoudnessReport | undefined;
}

/** Figures of one render of a scene; silence is -Infinity. */
export interface SceneRenderFigures {
  readonly integratedLufs: number;
  readonly shortTermMaxLufs: number;
  readonly loudnessRangeLu: number;
  readonly truePeakDbtp: number;
}

/** How a scene came to its level: one gain on all tracks, and what all renders of the files measure. */
export interface SceneLoudnessReport extends Pick<
  TargetReport,
  'loudnessRule' | 'loudnessTargetLufs' | 'ceilingDbtp' | 'status' | 'passCount' | 'gainDb' | 'missedByLu'
> {
  /** Renders whose loudness counts: the loudest of them. */
  readonly on: readonly string[];
  /** Loudness of that one; of an album that of all scenes. */
  readonly integratedLufs: number;
  /** Undefined where the scene was mastered alone; else status and missedByLu are the album's. */
  readonly album: AlbumReport | undefined;
  /** How the one gain moved that kept all renders below the ceiling. */
  readonly limiter: {
    /** Attack. */
    readonly lookaheadMs: number;
    readonly holdMs: number;
    readonly releaseMs: number;
    /** Of all tracks but LFE channels; 0 where gain alone was enough. */
    readonly maxReductionDb: number;
    /** Over the time of the programme. */
    readonly meanReductionDb: number;
    /** Of LFE channels, which turn nothing down but themselves; undefined where gain alone was enough. */
    readonly lfe: { readonly maxReductionDb: number; readonly meanReductionDb: number } | undefined;
    /** File with the reductions of each 100 ms, relative to the report; undefined where none was asked for or made. */
    readonly traceFile: string | undefined;
  };
  /** What was measured of the files, as they say themselves how they are rendered; none where nothing was made yet. */
  readonly renders: readonly {
    readonly name: string;
    /** As the effects leave the scene. */
    readonly before: SceneRenderFigures;
    readonly after: SceneRenderFigures;
  }[];
}

/** Everything that one mastering job did. */
export interface MasterReport {
  /** Version of this document's form. */
  readonly version: 1;
  /** Version of periphon. */
  readonly generator: string;
  readonly scene: string;
  /** The recipe, which deliverables name by its hash; undefined where there is none. */
  readonly recipe: RecipeIdentity | undefined;
  /** What the recipe did to the scene before it was rendered, in order; undefined where it says nothing of that. */
  readonly sceneStage: readonly SceneEffectReport[] | undefined;
  /** Files that hold the mastered scene itself; undefined where none were asked for. */
  readonly sceneFiles: readonly SceneFileReport[] | undefined;
  readonly targets: readonly TargetReport[];
}

/** Text of report.json: two-space JSON in which numbers that are not finite (silence) are null. */
export function formatReport(report: MasterReport): string {
  return formatJson(report);
}

/** JSON text of any measuring document: numbers that are not finite (silence is -Infinity) become null. */
export function formatJson(document: unknown): string {
  return `${JSON.stringify(
    document,
    (_key, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value),
    2,
  )}\n`;
}
