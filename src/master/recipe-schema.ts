import { z } from 'zod';
import { loudnessRules } from './loudness-solver.ts';
import { ditherKinds } from './dither.ts';
import { eqSchema, fadeSchema, trimSchema } from './finishing-schema.ts';
import { sceneLoudnessSchema } from './scene-loudness-schema.ts';
import { sceneSchema } from './scene-stage/entry-schema.ts';

/** Lowest and highest levels that may be asked for. */
export const levelRanges = { loudnessLufs: [-70, 0], ceilingDbtp: [-40, 0] } as const;

const limiterSchema = z
  .strictObject({
    linkPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe(
        'How much of its reduction in dB each of the groups front, surround and height makes the others take over, in percent. Default 50.',
      ),
    lfeLinkPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('The same between the LFE and all others, both ways. Default 0.'),
    lookaheadMs: z
      .number()
      .min(0.5)
      .max(50)
      .optional()
      .describe('Attack: time over which the gain bends down before a peak, in ms. Default 5.'),
    holdMs: z
      .number()
      .min(0)
      .max(200)
      .optional()
      .describe(
        'How long the gain stays down: half a period of the lowest tone that it must not bend, in ms. Default 10, for 50 Hz.',
      ),
    releaseMs: z
      .number()
      .min(1)
      .max(2000)
      .optional()
      .describe(
        'Time constant of the release after a short peak, in ms; dense passages let go up to ten times as slowly. Default 60.',
      ),
  })
  .describe('How the true-peak limiter moves. What is left out has its default.');

/** Schema of one entry of a recipe's targets. */
export const targetSchema = z
  .strictObject({
    loudnessLufs: z
      .number()
      .min(levelRanges.loudnessLufs[0])
      .max(levelRanges.loudnessLufs[1])
      .nullable()
      .optional()
      .describe(
        'Integrated loudness (ITU-R BS.1770-5) in LUFS. The highest allowed for loudspeaker beds, met from below; the value to meet for stereo and binaural; null: only the ceiling counts.',
      ),
    loudnessRule: z
      .enum(loudnessRules)
      .optional()
      .describe(
        'What the level is to be: the loudness within 0.05 LU (target, the default of stereo and binaural); at most the loudness, within 0.1 LU below it (at-most, that of loudspeaker beds); turned down to the loudness, never up (maximum); one gain that brings the true peak to the ceiling without limiting (peak); or unity gain, turned down where the ceiling asks for it (none, the default of ambisonics).',
      ),
    ceilingDbtp: z
      .number()
      .min(levelRanges.ceilingDbtp[0])
      .max(levelRanges.ceilingDbtp[1])
      .optional()
      .describe('Highest true peak of any channel in dBTP. Default -1.'),
    sampleRateHz: z
      .int()
      .min(8000)
      .max(192000)
      .optional()
      .describe('Sample rate of the file in Hz. Default: that of the scene.'),
    bitDepth: z
      .literal([16, 20, 24, 32])
      .optional()
      .describe('Bits of a sample; 32 is floating point. Default 24.'),
    dither: z
      .enum(ditherKinds)
      .optional()
      .describe(
        'Noise added before rounding: none; tpdf, white with a triangular distribution (the default); high-pass, the same moved to high frequencies; shaped, for 16 bits: the error where it is heard least.',
      ),
    limiter: limiterSchema.optional(),
    dcRemoval: z
      .boolean()
      .optional()
      .describe('Whether DC is removed, by a high-pass of the first order at 2 Hz. Default false.'),
    eq: eqSchema,
    trimHead: trimSchema('head'),
    trimTail: trimSchema('tail'),
    fadeIn: fadeSchema('Fade from silence at the head'),
    fadeOut: fadeSchema('Fade to silence at the tail'),
  })
  .describe('How one deliverable is finished. What is left out has the default of its kind of target.');

/** Version 1 of the recipe: what is done to a scene and to each deliverable. */
export const recipeSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Place of the JSON Schema, for editors.'),
    version: z.literal(1).describe('Version of this form: 1.'),
    scene: sceneSchema,
    sceneLoudness: sceneLoudnessSchema,
    targets: z
      .record(z.string(), targetSchema)
      .optional()
      .describe(
        'Settings of each deliverable by its target: a layout ("7.1.4"), the path of a layout file, "stereo", "0+2+0", "binaural", "ambix1" to "ambix7"; or the mastered scene itself, without settings: "adm", "adm-dolby", "adm-itu", "damf", "stems".',
      ),
  })
  .describe('A periphon recipe.');

/** The JSON Schema of a recipe, for editors; `schema/recipe.schema.json` is this, written to a file. */
export function recipeJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(recipeSchema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: 'periphon recipe', ...schema };
}

/** A recipe as it is written. */
export type RecipeDocument = z.infer<typeof recipeSchema>;

/** One entry of a recipe's targets. */
export type RecipeTarget = z.infer<typeof targetSchema>;
