import { z } from 'zod';
import { fileRules } from './file-rules.ts';

const dateSchema = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

const sourceSchema = z.strictObject({
  title: z.string().min(1),
  /** Address, or where else it is found. */
  where: z.string().min(1),
  /** When it was published, as far as it says: year, month or day. */
  date: dateSchema.optional(),
  /** 'owner': the page of whoever made the rule; 'secondary': somebody who tells of it. */
  confidence: z.enum(['owner', 'secondary']),
});

const commonShape = {
  /** Key of the profile's sources; a rule without one is from memory. */
  source: z.string().optional(),
  /** Whether a part of it is from memory although it has a source. */
  unverified: z.boolean().optional(),
  strength: z.enum(['required', 'recommended']).optional(),
  note: z.string().min(1).optional(),
};

const measuredShape = {
  ...commonShape,
  /** Layout whose re-render is measured, where the file has more channels than that; otherwise the file itself. */
  on: z.string().optional(),
  /** What must hold for the rule to apply, where periphon cannot tell whether it does. */
  condition: z.string().min(1).optional(),
};

const levelMeasures = z.enum([
  'integratedLufs',
  'momentaryMaxLufs',
  'shortTermMaxLufs',
  'loudnessRangeLu',
  'truePeakDbtp',
  'dialogueLufs',
]);

const ruleSchema = z.union([
  z.strictObject({
    ...measuredShape,
    measure: levelMeasures,
    target: z.number(),
    tolerance: z.number().min(0),
  }),
  z
    .strictObject({
      ...measuredShape,
      measure: levelMeasures,
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      /** Error of measurement that is let pass beyond the bounds. */
      tolerance: z.number().min(0).optional(),
    })
    .refine(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined),
  z.strictObject({
    ...commonShape,
    measure: z.literal('sampleRateHz'),
    /** Rates that are allowed, the preferred one first. */
    allowed: z.array(z.int().positive()).min(1),
  }),
  z.strictObject({
    ...commonShape,
    measure: z.literal('sampleRateHz'),
    minimum: z.int().positive(),
    maximum: z.int().positive(),
  }),
  z.strictObject({
    ...commonShape,
    measure: z.literal('bitDepth'),
    /** Word lengths that are allowed, the preferred one first; 32 is 32-bit float. */
    allowed: z.array(z.literal([16, 20, 24, 32])).min(1),
  }),
  z.strictObject({
    ...commonShape,
    /** Silence behind the last sample that can be heard, at the file's own rate. */
    measure: z.literal('tailSilenceSamples'),
    minimum: z.int().min(0).optional(),
    maximum: z.int().min(0),
  }),
  /** A rule of `fileRules`, by its id. */
  z.strictObject({
    ...commonShape,
    measure: z.literal('rule'),
    rule: z.string().refine((id) => fileRules.has(id), 'names no rule that there is'),
  }),
  /** A rule that only a human being, or metadata that is not read, can confirm. */
  z.strictObject({ ...commonShape, measure: z.literal('text'), text: z.string().min(1) }),
]);

const normalizationSchema = z
  .strictObject({
    /** Setting of the listener, where there are several. */
    mode: z.string().min(1).optional(),
    /** Loudness that the player aims at; null where it plays files as they are. */
    referenceLufs: z.number().nullable(),
    /** 'never'; 'to-peak': until the true peak is at peakDbtp; 'limited': all the way, a limiter holds peakDbtp. */
    raises: z.enum(['never', 'to-peak', 'limited']),
    peakDbtp: z.number().optional(),
    source: commonShape.source,
    unverified: commonShape.unverified,
    note: commonShape.note,
  })
  .refine(({ raises, peakDbtp }) => (raises === 'never') === (peakDbtp === undefined));

/** Content of a file in `profiles/`: what one receiver wants of a delivery, and who says so. */
export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string().min(1),
  /** Day on which the figures were put together. */
  asOf: z.iso.date(),
  /** Layouts that are taken; all where left out, none that periphon makes where empty. */
  layouts: z.array(z.string()).optional(),
  /** Targets that mastering for the profile makes. */
  targets: z.array(z.string()),
  /** Whether the programme keeps its loudness, rather than taking the one that is usual for its target. */
  keepsLoudness: z.boolean().optional(),
  sources: z.record(z.string(), sourceSchema),
  rules: z.array(ruleSchema),
  /** What the receiver's players do to the loudness of a file, one entry for each setting. */
  normalization: z.array(normalizationSchema).optional(),
});

/** A profile as its file says it. */
export type ProfileDocument = z.infer<typeof profileSchema>;

/** One rule as a profile's file says it. */
export type ProfileRuleDocument = z.infer<typeof ruleSchema>;

/** What a player does to loudness, as a profile's file says it. */
export type NormalizationDocument = z.infer<typeof normalizationSchema>;
