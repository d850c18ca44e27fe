import { z } from 'zod';
import { screenSchema } from './screen-schema.ts';

/**
 * Schema of a layout file: those of `layouts/` and those that users write. Descriptions are what an editor
 * shows while a layout is written.
 */

const azimuth = (description: string) => z.number().min(-180).max(180).describe(description);
const elevation = (description: string) => z.number().min(-90).max(90).describe(description);

/** One loudspeaker of a layout file. */
export const loudspeakerSchema = z
  .strictObject({
    label: z.string().min(1).describe('BS.2051 label ("M+030", "U-110", "LFE1"), or a name of your own.'),
    azimuthDeg: azimuth('Angle around the listener in degrees: 0 is front, positive is LEFT, 180 is behind.'),
    elevationDeg: elevation('Angle above the listener in degrees; 90 is overhead.'),
    nominalAzimuthDeg: azimuth('Where the standard puts it; default the position itself.').optional(),
    nominalElevationDeg: elevation('Where the standard puts it; default the position itself.').optional(),
    azimuthRangeDeg: z
      .tuple([azimuth('From'), azimuth('To, counted anticlockwise')])
      .describe('Azimuths that are allowed; default the nominal one only.')
      .optional(),
    elevationRangeDeg: z
      .tuple([elevation('From'), elevation('To')])
      .describe('Elevations that are allowed; default the nominal one only.')
      .optional(),
    lfe: z
      .boolean()
      .describe('True for a low-frequency effects loudspeaker; default by its label.')
      .optional(),
  })
  .describe('One loudspeaker; its place in the list is its channel.');

/** A layout file. */
export const layoutSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().min(1).describe('Name of the layout.').optional(),
    aliases: z.array(z.string().min(1)).describe('Other names.').optional(),
    description: z.string().optional(),
    source: z.string().describe('Where the positions come from.').optional(),
    foldFrom: z
      .string()
      .describe(
        'Name of a layout that is rendered and folded down to this one, where this one cannot surround the listener.',
      )
      .optional(),
    screen: screenSchema
      .nullable()
      .optional()
      .describe('The screen of the room, null for none. Default: 58 degrees wide, 16 by 9, in front.'),
    loudspeakers: z.array(loudspeakerSchema).min(1).max(64).describe('Loudspeakers in channel order.'),
  })
  .describe('A loudspeaker layout of periphon.');

/** Content of a layout file. */
export type LayoutDocument = z.infer<typeof layoutSchema>;
