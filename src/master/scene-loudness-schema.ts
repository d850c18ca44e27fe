import { z } from 'zod';
import { limiterMotionShape } from './finishing-schema.ts';
import { loudnessRules } from './loudness-solver.ts';

/** YAML reads 5.1 without quotes as a number. */
const renderName = z
  .union([z.string(), z.literal([5.1, 7.1, 10.2, 22.2]).transform(String)])
  .describe('A layout ("7.1.4"), "stereo", "0+2+0" or "binaural".');

/** Schema of a recipe's `sceneLoudness`. */
export const sceneLoudnessSchema = z
  .strictObject({
    on: z
      .union([renderName, z.array(renderName).min(1).max(8)])
      .optional()
      .describe(
        'Render whose loudness counts, as delivery specifications name it; of several the loudest. Default "5.1".',
      ),
    loudnessLufs: z
      .number()
      .min(-70)
      .max(0)
      .nullable()
      .optional()
      .describe('Integrated loudness of that render in LUFS. Default -18; null: only the ceiling counts.'),
    loudnessRule: z
      .enum(loudnessRules)
      .optional()
      .describe(
        'What the level is to be, as for targets. Default at-most: within 0.1 LU below the loudness.',
      ),
    ceilingDbtp: z
      .number()
      .min(-40)
      .max(0)
      .optional()
      .describe('Highest true peak of all renders in dBTP. Default -1.'),
    renders: z
      .array(renderName)
      .max(16)
      .optional()
      .describe(
        'Renders that stay below the ceiling and are measured, beside those whose loudness counts. Default "5.1", "stereo", "7.1.4" and "binaural".',
      ),
    limiter: z
      .strictObject(limiterMotionShape)
      .optional()
      .describe('How the one gain moves that keeps the renders below the ceiling.'),
    note: z.string().optional().describe('Anything that readers of the recipe should know.'),
  })
  .optional()
  .describe(
    'Level of the scene where it is written itself (adm, damf, stems): one gain of all tracks, solved so that a render of it meets a loudness, and limited so that all of its renders stay below a ceiling. Without it the scene is written as its effects leave it.',
  );

/** A recipe's `sceneLoudness`. */
export type SceneLoudnessDocument = NonNullable<z.infer<typeof sceneLoudnessSchema>>;
