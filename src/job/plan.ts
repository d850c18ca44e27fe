import { ConfigError } from '../base/errors.ts';
import { fileOrder, type ChannelOrder } from '../io/channel-order.ts';
import { getLayout } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import type { Target } from '../master/targets.ts';
import {
  ambisonicChannelCount,
  ambisonicChannelLabels,
  describeAmbisonics,
  type AmbisonicSettings,
} from '../render/ambisonic/ambisonic-format.ts';
import { planLayout, planStereo, type FoldPlan, type FoldPlanOptions } from '../render/downmix/fold-plan.ts';
import type { FoldDown } from '../render/downmix/stereo-rules.ts';
import type { RenderFormat } from '../render/render-format.ts';

/** One render of the scene; several targets may be made from it. */
export interface PlannedBus {
  readonly format: RenderFormat;
  readonly channelCount: number;
}

/** What one target is made from, and how its file lies. */
export interface PlannedTarget {
  readonly target: Target;
  /** What stands in the names of its files between scene and extension: the target's name, or a little more. */
  readonly suffix: string;
  /** Place in the plan's buses. */
  readonly busIndex: number;
  /** Fold-down of the bus; undefined where the bus is the target. */
  readonly fold: FoldDown | undefined;
  /** Layout of the target's channels; the stereo pair for binaural, undefined for ambisonics. */
  readonly layout: Layout | undefined;
  readonly channelCount: number;
  /** Channel of the target for each channel of the file. */
  readonly fileChannels: readonly number[];
  /** Label of each channel of the file. */
  readonly fileLabels: readonly string[];
  /** WAVE channel mask; 0 where none is legal. */
  readonly channelMask: number;
  /** What the file holds, and how it was made, for reports. */
  readonly description: string;
  /** Layout that the bed is re-rendered to where its loudness and ceiling are those of the re-render. */
  readonly measuredOn: Layout | undefined;
}

/** How one of several files of the same target differs from the others. */
export interface TargetVariant {
  /** What is added to the names of its files; undefined for nothing. */
  readonly suffix: string | undefined;
  /** Name of the layout on whose re-render it is measured; undefined where it is measured itself. */
  readonly measuredOn: string | undefined;
}

/** Buses to render, each once, and the targets that are made from them. */
export interface Plan {
  readonly buses: readonly PlannedBus[];
  readonly targets: readonly PlannedTarget[];
}

/** Settings of a plan. */
export interface PlanOptions extends FoldPlanOptions {
  readonly channelOrder: ChannelOrder;
  /** How ambisonic targets are rendered. */
  readonly ambisonics?: AmbisonicSettings | undefined;
}

/** Layout that stereo is folded from, and whose figures are printed beside loudspeaker beds. */
export const reRenderLayout = (): Layout => getLayout('0+5+0');

/**
 * Decides which renders are needed for the targets; the same render serves all targets made from it.
 * @param variants [target]; targets may be repeated whose variants name their files apart
 */
export function planTargets(
  targets: readonly Target[],
  options: PlanOptions,
  variants: readonly TargetVariant[] = [],
): Plan {
  const buses: PlannedBus[] = [];
  const planned = targets.map((target, index): PlannedTarget => {
    const { suffix, measuredOn } = variants[index] ?? {};
    const plain = planTarget(target, options, buses);
    return {
      ...plain,
      suffix: suffix === undefined ? plain.suffix : `${plain.suffix}.${suffix}`,
      measuredOn: measuredOn === undefined ? undefined : getLayout(measuredOn),
    };
  });
  const suffixes = planned.map(({ suffix }) => suffix);
  const repeated = suffixes.find((suffix, index) => suffixes.indexOf(suffix) !== index);
  if (repeated !== undefined) {
    throw new ConfigError('repeated-target', `target "${repeated}" is named twice`);
  }
  return { buses, targets: planned };
}

/**
 * Adds a bus unless it is there already.
 * @param ambisonics how ambisonic buses are rendered
 * @returns its index
 */
export function addBus(
  buses: PlannedBus[],
  format: RenderFormat,
  ambisonics: AmbisonicSettings = {},
): number {
  const found = buses.findIndex((bus) => formatKey(bus.format) === formatKey(format));
  if (found >= 0) return found;
  return buses.push({ format, channelCount: channelCountOfFormat(format, ambisonics) }) - 1;
}

type PlainTarget = Omit<PlannedTarget, 'measuredOn'>;

function planTarget(target: Target, options: PlanOptions, buses: PlannedBus[]): PlainTarget {
  switch (target.kind) {
    case 'ambisonics':
      return planAmbisonics(target, options.ambisonics ?? {}, buses);
    case 'binaural':
      return {
        target,
        suffix: target.name,
        busIndex: addBus(buses, { kind: 'binaural' }),
        fold: undefined,
        ...layoutChannels(getLayout('0+2+0'), options.channelOrder),
        description: 'binaural for headphones, direct HRTF convolution',
      };
    case 'stereo':
      return planFolded(target, getLayout('0+2+0'), planStereo(options), 'stereo', options, buses);
    case 'loudspeakers': {
      const { layout } = target;
      return planFolded(target, layout, planLayout(layout, options), layout.description, options, buses);
    }
  }
}

function planAmbisonics(
  target: Target & { readonly kind: 'ambisonics' },
  settings: AmbisonicSettings,
  buses: PlannedBus[],
): PlainTarget {
  const { order } = target;
  const fileLabels = ambisonicChannelLabels(order, settings);
  return {
    target,
    // AmbiX is SN3D by definition: a name that says otherwise keeps players from taking one for the other.
    suffix: settings.normalization === 'N3D' ? `${target.name}-n3d` : target.name,
    busIndex: addBus(buses, { kind: 'ambisonics', order }, settings),
    fold: undefined,
    layout: undefined,
    channelCount: fileLabels.length,
    fileChannels: fileLabels.map((_, channel) => channel),
    fileLabels,
    channelMask: 0,
    description: describeAmbisonics(order, settings),
  };
}

function planFolded(
  target: Target,
  layout: Layout,
  { format, fold, description }: FoldPlan,
  what: string,
  { channelOrder }: PlanOptions,
  buses: PlannedBus[],
): PlainTarget {
  return {
    target,
    suffix: target.name,
    busIndex: addBus(buses, format),
    fold,
    ...layoutChannels(layout, channelOrder),
    description: `${what}, ${description}`,
  };
}

function layoutChannels(layout: Layout, channelOrder: ChannelOrder) {
  const { order, mask } = fileOrder(layout, channelOrder);
  return {
    layout,
    channelCount: layout.loudspeakers.length,
    fileChannels: order,
    fileLabels: order.map((channel) => layout.loudspeakers[channel].label),
    channelMask: mask,
  };
}

function channelCountOfFormat(format: RenderFormat, ambisonics: AmbisonicSettings): number {
  switch (format.kind) {
    case 'loudspeakers':
      return format.layout.loudspeakers.length;
    case 'binaural':
      return 2;
    case 'ambisonics':
      return ambisonicChannelCount(format.order, ambisonics);
  }
}

function formatKey(format: RenderFormat): string {
  switch (format.kind) {
    case 'loudspeakers': {
      const { layout, trimsOf = layout, meetsInFold = false } = format;
      return JSON.stringify([layout.name, layout.loudspeakers, trimsOf.name, meetsInFold]);
    }
    case 'binaural':
      return 'binaural';
    case 'ambisonics':
      return `ambisonics ${format.order}`;
  }
}
