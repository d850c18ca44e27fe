import { trimLayouts, type DeliveryMetadata, type LayoutTrim, type TrimLayout } from '../../scene/scene.ts';
import { mapOf } from './yaml-values.ts';

/** Names that DAMF has for what masters say of rendering and delivery, and values of both sides. */

/** Layout classes in the order of `trimLayouts`. */
const trimNames = ['No', 'Some', 'Many'].flatMap((heights) =>
  ['No', 'Some', 'Many'].map((surrounds) => `${surrounds}Surrounds${heights}Heights`),
);

const trimFields = {
  centreDb: 'centerTrim',
  surroundDb: 'surroundTrim',
  heightDb: 'heightTrim',
  overheadFloorBalance: 'frontBackBalanceOverheadFloor',
  listenerBalance: 'frontBackBalanceListener',
} as const satisfies Readonly<Record<Exclude<keyof LayoutTrim, 'automatic'>, string>>;
const trimFieldEntries = Object.entries(trimFields) as [keyof typeof trimFields, string][];

const warpModes = {
  normal: 'normal',
  warping: 'warping',
  proLogicIIx: 'ProLogicIIx',
  loRo: 'LoRo',
} as const satisfies Readonly<Record<NonNullable<DeliveryMetadata['warpMode']>, string>>;
const downmixTypes = {
  loRo: 'LoRo_Stereo',
  ltRtProLogic: 'LtRt_ProLogic',
  ltRtPLII: 'LtRt_PLII',
} as const;
const frameRates = ['23.976', '24', '25', '29.97', '29.97df', '30'] as const;

/** Keys of a presentation that a scene says in its delivery metadata. */
export const deliveryKeys = [
  'ffoa',
  'fps',
  'downmixType_5to2',
  '51-to-20_LsRs90degPhaseShift',
  'warpMode',
  'trimMode',
] as const;

/** A value that means nothing that is known, by its key. */
export type ReportUnknown = (key: string, value: unknown) => void;

/** What a presentation says of rendering and delivery. @param offsetSec time of the first sample */
export function parseDamfDelivery(
  presentation: Readonly<Record<string, unknown>>,
  offsetSec: number,
  report: ReportUnknown,
): DeliveryMetadata {
  const known = <T extends string>(key: string, values: readonly (readonly [T, string])[]): T | undefined => {
    const value = presentation[key];
    if (value === undefined || value === null) return undefined;
    const found = values.find(([, text]) => text === String(value));
    if (!found) report(key, value);
    return found?.[0];
  };
  const { ffoa, '51-to-20_LsRs90degPhaseShift': phaseShift } = presentation;
  if (phaseShift !== undefined && typeof phaseShift !== 'boolean')
    report('51-to-20_LsRs90degPhaseShift', phaseShift);
  const firstFrameSec = typeof ffoa === 'number' ? ffoa - offsetSec : undefined;
  const isWithin = firstFrameSec !== undefined && firstFrameSec >= 0 && Number.isFinite(firstFrameSec);
  if (ffoa !== undefined && ffoa !== null && !isWithin) report('ffoa', ffoa);
  return {
    trims: parseTrims(presentation.trimMode, report),
    warpMode: known('warpMode', entriesOf(warpModes)),
    downmixType: known('downmixType_5to2', entriesOf(downmixTypes)),
    phaseShift90: typeof phaseShift === 'boolean' ? phaseShift : undefined,
    frameRate: known(
      'fps',
      frameRates.map((rate) => [rate, rate]),
    ),
    firstFrameOfActionSec: isWithin ? firstFrameSec : undefined,
  };
}

const entriesOf = <T extends string>(values: Readonly<Record<T, string>>): [T, string][] =>
  Object.entries(values) as [T, string][];

/** Classes that are not stated, or state nothing, are automatic. */
function parseTrims(trimMode: unknown, report: ReportUnknown): DeliveryMetadata['trims'] {
  const stated = mapOf(trimMode);
  if (!stated) {
    if (trimMode !== undefined && trimMode !== null) report('trimMode', trimMode);
    return {};
  }
  const trims = trimLayouts.map((layout, index): [TrimLayout, LayoutTrim] => {
    const fields = mapOf(stated[trimNames[index]!]) ?? {};
    const values = trimFieldEntries.map(([field, key]): [string, number] => {
      const value = fields[key];
      const isNumber = typeof value === 'number' && Number.isFinite(value);
      if (value !== undefined && value !== null && !isNumber) report(key, value);
      return [field, isNumber ? value : 0];
    });
    const automatic = trimFieldEntries.every(([, key]) => fields[key] === undefined);
    return [layout, { automatic, ...Object.fromEntries(values) } as LayoutTrim];
  });
  return Object.fromEntries(trims);
}

/** Keys and values of a presentation; keys without a value are left out by the writer. */
export function formatDamfDelivery(
  delivery: DeliveryMetadata,
  offsetSec: number,
): Readonly<Record<(typeof deliveryKeys)[number], unknown>> {
  const { trims, warpMode, downmixType, phaseShift90, frameRate, firstFrameOfActionSec } = delivery;
  const manual = trimLayouts.flatMap((layout, index) => {
    const trim = trims[layout];
    if (!trim || trim.automatic) return [];
    const fields = trimFieldEntries.map(([field, key]) => [key, trim[field]]);
    return [[trimNames[index]!, Object.fromEntries(fields)]];
  });
  return {
    ffoa: firstFrameOfActionSec === undefined ? undefined : offsetSec + firstFrameOfActionSec,
    fps: frameRate === undefined || frameRate === '29.97df' ? frameRate : Number(frameRate),
    downmixType_5to2:
      downmixType === undefined || downmixType === 'directStereo' ? undefined : downmixTypes[downmixType],
    '51-to-20_LsRs90degPhaseShift': phaseShift90,
    warpMode: warpMode && warpModes[warpMode],
    trimMode: Object.keys(trims).length === 0 ? undefined : Object.fromEntries(manual),
  };
}
