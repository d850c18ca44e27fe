import { z } from 'zod';

/** What the detector of an effect hears; a recipe's `detector`, the same for all dynamics. */
export const detectorSchema = z
  .strictObject({
    mode: z
      .enum(['own', 'group-max', 'group-sum', 'render', 'side-chain'])
      .describe(
        'own: each member itself. group-max: the strongest member. group-sum: the power of all members. render: the K-weighted sum of the channels of a render, in LUFS. side-chain: the power of the channels of a file.',
      ),
    render: z
      .string()
      .optional()
      .describe('With mode render: "7.1.4", "5.1", "stereo", "binaural". Default "7.1.4".'),
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
