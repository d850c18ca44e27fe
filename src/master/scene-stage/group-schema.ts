import { z } from 'zod';

/** Names that stand for a group. */
export const groupNames = [
  'all',
  'front',
  'surround',
  'height',
  'centre',
  'lfe',
  'beds',
  'objects',
  'ambisonics',
] as const;

/** Name that stands for a group. */
export type GroupName = (typeof groupNames)[number];

/** Regions of directions that have a name. */
export const regionNames = ['front', 'surround', 'height', 'centre'] as const;

/** Region of directions that has a name. */
export type RegionName = (typeof regionNames)[number];

/** Tracks that fulfil all that is said. */
export interface GroupQuery {
  readonly names?: readonly string[] | undefined;
  readonly kinds?: readonly ('bed' | 'object' | 'ambisonic')[] | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly azimuthDeg?: readonly [from: number, to: number] | undefined;
  readonly elevationDeg?: readonly [from: number, to: number] | undefined;
  readonly edgeDeg?: number | undefined;
  readonly not?: Group | undefined;
}

/** Tracks of a scene as a recipe names them; of a list those that any entry names. */
export type Group = GroupName | GroupQuery | readonly Group[];

/** Width in degrees of the soft edge of a range of directions where none is stated. */
export const defaultEdgeDeg = 15;

/** Conditions of a query; `edgeDeg` alone says nothing. */
const conditions = ['names', 'kinds', 'channels', 'regions', 'azimuthDeg', 'elevationDeg', 'not'] as const;

const angleDeg = (most: number) => z.number().min(-most).max(most);

/** Schema of `GroupQuery`, which `groupSchema` holds and is held by. */
const querySchema: z.ZodType<GroupQuery> = z
  .strictObject({
    names: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Names of elements; * stands for any text, ? for one character. Case does not matter.'),
    kinds: z
      .array(z.enum(['bed', 'object', 'ambisonic']))
      .min(1)
      .optional()
      .describe('Kinds of elements.'),
    channels: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        'Bed channels by their labels, in any common spelling: "M+030", "L", "Ltf". Names the LFE too.',
      ),
    regions: z.array(z.enum(regionNames)).min(1).optional().describe('Regions of directions, by name.'),
    azimuthDeg: z
      .tuple([angleDeg(180), angleDeg(180)])
      .optional()
      .describe(
        'Directions from the first azimuth anticlockwise to the second, in degrees; left is positive.',
      ),
    elevationDeg: z
      .tuple([angleDeg(90), angleDeg(90)])
      .refine(([from, to]) => from <= to, 'goes from the lower to the higher elevation')
      .optional()
      .describe('Directions from the lower elevation to the higher, in degrees.'),
    edgeDeg: z
      .number()
      .min(1)
      .max(90)
      .optional()
      .describe(`Width of the soft edge outside of the ranges, in degrees. Default ${defaultEdgeDeg}.`),
    get not() {
      return groupSchema.optional().describe('All but these.');
    },
  })
  .refine((query) => conditions.some((key) => query[key] !== undefined), {
    error: `says nothing; allowed: at least one of ${conditions.join(', ')}`,
    // A condition with a fault is one.
    when: ({ issues }) => issues.length === 0,
  });

/** Schema of a recipe's `group`. */
export const groupSchema: z.ZodType<Group> = z
  .lazy(() => z.union([z.enum(groupNames), querySchema, z.array(groupSchema).min(1)]))
  .meta({
    id: 'group',
    description:
      'Tracks that are worked on: a name; an object, all of whose conditions hold; or a list, any of which does. LFE channels belong only to "lfe" and to queries whose channels name them.',
  });
