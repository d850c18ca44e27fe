import type { LayoutTrim, TrimLayout } from '../scene/scene.ts';
import { notFinished, type DeliveryFacts, type FileFacts } from './file-facts.ts';
import type { FileRule } from './file-rule.ts';
import type { Fault } from './master-rules/rule.ts';

/** Rules of what a master or a scene says of its rendering and delivery. */

const flatTrims: readonly TrimLayout[] = ['2.0', '5.1', '5.1.2', '5.1.4', '7.1'];

const deliveryRule = (
  id: string,
  text: string,
  reason: string,
  check: (delivery: DeliveryFacts) => Fault[],
  found?: (delivery: DeliveryFacts) => string,
): FileRule => ({
  id,
  text,
  reason,
  check: ({ delivery, insteadOfMaster }) => {
    if (delivery) return check(delivery);
    return insteadOfMaster === undefined ? notFinished : 'the file says nothing of it';
  },
  found: ({ delivery }) => (delivery && found ? found(delivery) : ''),
});

/** Channels that a listener hears from somewhere: the LFE is "off" in most masters. */
const placed = ({ channels }: DeliveryFacts) => channels.filter(({ isLfe }) => !isLfe);

const isFlat = (trim: LayoutTrim | undefined): boolean =>
  trim !== undefined &&
  !trim.automatic &&
  [trim.centreDb, trim.surroundDb, trim.heightDb, trim.overheadFloorBalance, trim.listenerBalance].every(
    (value) => value === 0,
  );

const trimText = (trim: LayoutTrim | undefined): string => {
  if (!trim) return 'not stated';
  if (trim.automatic) return 'automatic';
  const balances = [trim.overheadFloorBalance, trim.listenerBalance].map((value) => value.toFixed(2));
  return `centre ${trim.centreDb} dB, surround ${trim.surroundDb} dB, height ${trim.heightDb} dB, balances ${balances.join(' and ')}`;
};

/** All channels that are heard from somewhere have one mode. */
const allHave = (delivery: DeliveryFacts, mode: 'off' | 'mid'): Fault[] => {
  const heard = placed(delivery);
  const isSo = heard.length > 0 && heard.every(({ binauralMode }) => binauralMode === mode);
  return isSo ? [{ place: heard[0]!.place, found: `all ${heard.length} ${mode}` }] : [];
};

const modesText = (delivery: DeliveryFacts): string => {
  const counts = new Map<string, number>();
  for (const { binauralMode = 'not stated' } of placed(delivery))
    counts.set(binauralMode, (counts.get(binauralMode) ?? 0) + 1);
  return [...counts].map(([mode, count]) => `${count} ${mode}`).join(', ');
};

const spelledWarp: Readonly<Record<string, string>> = {
  normal: 'direct render',
  warping: 'direct render with room balance',
  proLogicIIx: 'Pro Logic IIx',
  loRo: 'Lo/Ro',
  notIndicated: 'not indicated',
};

/** Rules of delivery metadata. */
export const deliveryRules: readonly FileRule[] = [
  {
    id: 'adm-bwf',
    text: 'an ADM BWF',
    reason: 'beds and objects with their metadata are what is wanted, not a render',
    check: ({ master, insteadOfMaster }: FileFacts) => {
      if (!master)
        return insteadOfMaster === undefined
          ? notFinished
          : [{ place: '', found: `not an ADM BWF: ${insteadOfMaster}` }];
      const missing = [master.model.fault, master.tracks.fault].filter((fault) => fault !== undefined);
      return missing.map((found) => ({ place: '', found: `not an ADM BWF: ${found}` }));
    },
    found: ({ master }) => (master ? `ADM BWF of ${master.channelCount} channels` : ''),
  },
  deliveryRule(
    'frame-rate-24',
    '24 frames a second',
    'music is delivered at one rate, so that all tracks of an album fit',
    ({ frameRate, place }) =>
      frameRate === '24' ? [] : [{ place, found: frameRate === undefined ? 'not stated' : frameRate }],
    () => '24',
  ),
  deliveryRule(
    'no-first-frame',
    'no first frame of action',
    'players would start there',
    ({ hasFirstFrameOfAction, place }) =>
      hasFirstFrameOfAction ? [{ place, found: 'a first frame of action' }] : [],
    () => 'none',
  ),
  deliveryRule(
    'direct-render',
    '5.1 downmix by direct render',
    'loudness is measured on it, and stereo is made of it',
    ({ warpMode, place }) =>
      warpMode === 'normal' ? [] : [{ place, found: spelledWarp[warpMode ?? ''] ?? 'not stated' }],
    () => 'direct render',
  ),
  deliveryRule(
    'manual-trims',
    `trims of ${flatTrims.slice(0, -1).join(', ')} and ${flatTrims.at(-1)} manual, at 0 dB and without balance`,
    'automatic trims turn down what stands behind and above',
    ({ trims, trimPlace }) =>
      flatTrims
        .filter((layout) => !isFlat(trims[layout]))
        .map((layout) => ({ place: trimPlace, found: `${layout} ${trimText(trims[layout])}` })),
    () => 'manual at 0 dB',
  ),
  deliveryRule(
    'binaural-stated',
    'a binaural mode for every bed channel and object',
    'headphones are how most listeners hear it',
    ({ channels }) =>
      channels
        .filter(({ binauralMode }) => binauralMode === undefined)
        .map(({ name, place }) => ({ place, found: `${name} has none` })),
    modesText,
  ),
  deliveryRule(
    'binaural-not-all-off',
    'binaural modes are not all off',
    'headphones would play a plain stereo downmix',
    (delivery) => allHave(delivery, 'off'),
    modesText,
  ),
  deliveryRule(
    'binaural-not-all-mid',
    'binaural modes are not all mid',
    'that is what a master looks like that nobody has set for headphones',
    (delivery) => allHave(delivery, 'mid'),
    modesText,
  ),
];
