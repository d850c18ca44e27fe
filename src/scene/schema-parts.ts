import { z } from 'zod';

/**
 * The small pieces that the schema of `*.scene.json` is built from. Every piece is described, because the
 * descriptions are what an editor shows while a scene is written.
 */

/** A fraction of two whole numbers, for times that no decimal number states exactly: "1001/30000". */
export const fractionPattern = /^\d{1,30}\/0*[1-9]\d{0,29}$/;

/** Text that is not empty. @param description what an editor shows */
export const text = (description: string) => z.string().min(1).describe(description);

/** Exact seconds, not negative: a number, or a fraction as text. @param description what an editor shows */
export const seconds = (description: string) =>
  z
    .union([
      z.number().min(0).max(1e6),
      z.string().regex(fractionPattern, { error: 'seconds as a fraction look like "1001/30000"' }),
    ])
    .describe(`${description} In seconds; a number, or an exact fraction such as "1001/30000".`);

/** A gain in decibels; null is silence. @param description what an editor shows */
export const gainDb = (description: string) =>
  z.number().min(-200).max(40).nullable().describe(`${description} In dB, default 0; null is silence.`);

const range = (min: number, max: number, description: string) =>
  z
    .tuple([z.number().min(min).max(max), z.number().min(min).max(max)])
    .describe(`${description} [from, to], each ${min} to ${max}.`);

const screenEdgeLock = z
  .strictObject({
    horizontal: z.enum(['left', 'right']).optional().describe('Edge of the screen to hold on to sideways.'),
    vertical: z.enum(['top', 'bottom']).optional().describe('Edge of the screen to hold on to in height.'),
  })
  .describe('Keeps the object on an edge of the screen (BS.2076 screenEdgeLock).');

const polarPosition = z
  .strictObject({
    azimuthDeg: z
      .number()
      .min(-180)
      .max(180)
      .describe('Angle around the listener in degrees: 0 is front, positive is LEFT, 180 is behind.'),
    elevationDeg: z
      .number()
      .min(-90)
      .max(90)
      .optional()
      .describe('Angle above the listener in degrees; 90 is overhead. Default 0.'),
    distance: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('Distance from the listener; 1 is the distance of the loudspeakers. Default 1.'),
    screenEdgeLock: screenEdgeLock.optional(),
  })
  .describe('Polar position (ADM): azimuthDeg, elevationDeg, distance.');

const unitCoordinate = (description: string) => z.number().min(-1).max(1).describe(description);

const cartesianPosition = z
  .strictObject({
    x: unitCoordinate('Left -1 to right 1.'),
    y: unitCoordinate('Rear -1 to front 1.'),
    z: unitCoordinate('Floor -1, ear height 0, ceiling 1. Default 0.').optional(),
    screenEdgeLock: screenEdgeLock.optional(),
  })
  .describe('Cartesian position in the room (ADM, allocentric): x, y, z from -1 to 1.');

/** Position of an object: polar or cartesian. */
export const positionSchema = z
  .union([polarPosition, cartesianPosition])
  .describe('Where it is: {azimuthDeg, elevationDeg, distance} or {x, y, z}.');

/** Position of a bed channel that its label does not place. */
export const channelPositionSchema = z
  .union([
    polarPosition.extend({
      bounds: z
        .strictObject({
          azimuthDeg: range(-180, 180, 'Azimuths, counted anticlockwise.').optional(),
          elevationDeg: range(-90, 90, 'Elevations.').optional(),
          distance: range(0, 100, 'Distances.').optional(),
        })
        .optional()
        .describe('Where a loudspeaker may stand to play the channel alone. Default: at the position only.'),
    }),
    cartesianPosition.extend({
      bounds: z
        .strictObject({
          x: range(-1, 1, 'Left to right.').optional(),
          y: range(-1, 1, 'Rear to front.').optional(),
          z: range(-1, 1, 'Floor to ceiling.').optional(),
        })
        .optional()
        .describe('Where a loudspeaker may stand to play the channel alone. Default: at the position only.'),
    }),
  ])
  .describe('Where the channel belongs, if its label does not say it.');

/** Offset of an object: what is added to all its positions of the same kind. */
export const positionOffsetSchema = z
  .union([
    z
      .strictObject({
        azimuthDeg: z.number().min(-180).max(180).optional().describe('Added to azimuths. Default 0.'),
        elevationDeg: z.number().min(-90).max(90).optional().describe('Added to elevations. Default 0.'),
        distance: z.number().min(-1).max(1).optional().describe('Added to distances. Default 0.'),
      })
      .describe('Offset of polar positions.'),
    z
      .strictObject({
        x: z.number().min(-2).max(2).optional().describe('Added to x. Default 0.'),
        y: z.number().min(-2).max(2).optional().describe('Added to y. Default 0.'),
        z: z.number().min(-2).max(2).optional().describe('Added to z. Default 0.'),
      })
      .describe('Offset of cartesian positions.'),
  ])
  .describe('Moves the whole object (BS.2076-2 positionOffset).');

const zoneSchema = z
  .union([
    z
      .strictObject({
        azimuthDeg: range(-180, 180, 'Azimuths, counted anticlockwise.'),
        elevationDeg: range(-90, 90, 'Elevations.'),
      })
      .describe('Polar zone.'),
    z
      .strictObject({
        x: range(-1, 1, 'Left to right.'),
        y: range(-1, 1, 'Rear to front.'),
        z: range(-1, 1, 'Floor to ceiling.'),
      })
      .describe('Box in the room.'),
  ])
  .describe('A zone whose loudspeakers stay free of the object.');

const divergenceValue = z.number().min(0).max(1);

/** What an object may say once for its whole length, or anew in each block. */
export const renderingShape = {
  position: positionSchema.optional(),
  width: z
    .number()
    .min(0)
    .max(360)
    .optional()
    .describe('Horizontal extent: degrees 0 to 360 (polar) or 0 to 1 (cartesian). Default 0.'),
  height: z
    .number()
    .min(0)
    .max(360)
    .optional()
    .describe('Vertical extent: degrees 0 to 360 (polar) or 0 to 1 (cartesian). Default 0.'),
  depth: z.number().min(0).max(1).optional().describe('Extent in distance, 0 to 1. Default 0.'),
  diffuse: z.number().min(0).max(1).optional().describe('0 (direct, the default) to 1 (fully diffuse).'),
  channelLock: z
    .union([
      z.boolean(),
      z.strictObject({
        maxDistance: z
          .number()
          .min(0)
          .max(2)
          .optional()
          .describe('Locks only to loudspeakers within this distance, 0 to 2; without it always.'),
      }),
    ])
    .optional()
    .describe('Snaps the object to the nearest loudspeaker. Default false.'),
  divergence: z
    .union([
      divergenceValue,
      z.strictObject({
        value: divergenceValue.describe('0 (one source) to 1 (only the pair beside it).'),
        azimuthRangeDeg: z
          .number()
          .min(0)
          .max(180)
          .optional()
          .describe('Polar: angle from the object to each of the pair, 0 to 180 degrees.'),
        positionRange: z
          .number()
          .min(0)
          .max(1)
          .optional()
          .describe('Cartesian: distance from the object to each of the pair, 0 to 1.'),
      }),
    ])
    .optional()
    .describe('Spreads the object to a pair on both sides of it, 0 (the default) to 1.'),
  zoneExclusion: z.array(zoneSchema).max(64).optional().describe('Zones that stay free of the object.'),
  screenRef: z.boolean().optional().describe('The position is relative to the screen. Default false.'),
};

/** One stretch of an object's automation. */
export const blockSchema = z
  .strictObject({
    startSec: seconds(
      'When the block starts, counted from the start of its object. Default: the end of the block before it.',
    ).optional(),
    durationSec: seconds(
      'How long the block lasts. Default: to the start of the next block, or to the end of the scene.',
    ).optional(),
    ...renderingShape,
    gainDb: gainDb('Gain of the block, beside that of the object.').optional(),
    jumpPosition: z
      .boolean()
      .optional()
      .describe(
        'false (the default): glides from the block before it during its whole length. true: jumps at its start.',
      ),
    interpolationLengthSec: seconds(
      'Length of the ramp at the start of a jumping block, at most its duration. Default 0.',
    ).optional(),
    importance: z.int().min(0).max(10).optional().describe('Importance of the block, 0 to 10 (default 10).'),
  })
  .describe(
    'One block of automation. What it does not say is taken from its object: position, width, height, depth, ' +
      'diffuse, channelLock, divergence, zoneExclusion, screenRef.',
  );

/** Offset of an object as written in a document. */
export type PositionOffsetDocument = z.infer<typeof positionOffsetSchema>;

/** Position of a bed channel as written in a document. */
export type ChannelPositionDocument = z.infer<typeof channelPositionSchema>;

/** A block as written in a document. */
export type BlockDocument = z.infer<typeof blockSchema>;

/** A position as written in a document. */
export type PositionDocument = z.infer<typeof positionSchema>;
