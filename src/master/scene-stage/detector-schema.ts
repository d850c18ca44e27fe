import { z } from 'zod';
import { boundsFaults, faultsUnder, type ParameterFault } from '../parameter-faults.ts';

/** Renders of the scene that detectors can listen to. */
export const detectorRenders = ['7.1.4', '5.1', 'stereo', 'binaural'] as const;

/** Name of a render that detectors can listen to. */
export type DetectorRenderName = (typeof detectorRenders)[number];

/** Schema of the name of a render. YAML reads 5.1 without quotes as a number. */
export const detectorRenderSchema = z.union([
  z.enum(detectorRenders),
  z.literal(5.1).transform(() => '5.1' as const),
]);

/** What the detector of an effect hears; a recipe's `detector`, the same for all dynamics. */
export const detectorSchema = z
  .strictObject({
    mode: z
      .enum(['own', 'group-max', 'group-sum', 'render', 'side-chain'])
      .describe(
        'own: each member itself. group-max: the strongest member. group-sum: the power of all members. render: the K-weighted sum of the channels of a render, in LUFS. side-chain: the power of the channels of a file.',
      ),
    render: detectorRenderSchema.optional().describe('With mode render: the render. Default "7.1.4".'),
    file: z.string().optional().describe('With mode side-chain: the file.'),
    linkPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe(
        'Share of the common reduction in dB; the rest is that of each member alone. Default 100: one gain for all.',
      ),
    linkLfe: z
      .boolean()
      .optional()
      .describe('Whether LFE channels of the group are linked too; else each goes by itself. Default false.'),
    highpassHz: z
      .number()
      .min(10)
      .max(20000)
      .optional()
      .describe('The detector does not hear what is below, 12 dB an octave. Default: hears all.'),
    lowpassHz: z
      .number()
      .min(20)
      .max(20000)
      .optional()
      .describe('The detector does not hear what is above, 12 dB an octave. Default: hears all.'),
  })
  .optional();

/** A detector as a recipe states it. */
export type DetectorSettings = NonNullable<z.infer<typeof detectorSchema>>;

/** Whether one gain is common to all members but the LFE. */
export const isLinked = ({ mode, linkPercent = 100 }: DetectorSettings): boolean =>
  mode !== 'own' && linkPercent === 100;

/** What is said for one mode, and the modes that hear it. */
const heardBy = {
  render: ['render'],
  file: ['side-chain'],
  linkPercent: ['group-max', 'group-sum', 'render', 'side-chain'],
} as const satisfies Partial<Record<keyof DetectorSettings, readonly DetectorSettings['mode'][]>>;

/** What does not fit together in a detector, seen from the effect that has it. */
export function detectorFaults(settings: DetectorSettings | undefined): ParameterFault[] {
  if (!settings) return [];
  const { mode, file, highpassHz, lowpassHz } = settings;
  const unheard = (Object.keys(heardBy) as (keyof typeof heardBy)[]).flatMap((key) => {
    const modes: readonly string[] = heardBy[key];
    if (settings[key] === undefined || modes.includes(mode)) return [];
    const message = `says nothing with mode ${mode}; allowed with ${modes.join(', ')}`;
    return [{ code: 'detector-unheard', path: [key], message }];
  });
  const nameless =
    mode === 'side-chain' && file === undefined
      ? [{ code: 'detector-no-file', path: ['mode'], message: 'found side-chain, and no file is named' }]
      : [];
  const bounds = boundsFaults('detector-filter', ['highpassHz', highpassHz], ['lowpassHz', lowpassHz]);
  return faultsUnder('detector', [...unheard, ...nameless, ...bounds]);
}
