import { z } from 'zod';

const aspectRatio = z.number().min(0.1).max(10).optional().describe('Width by height. Default 1.78.');

/** A screen as layout files and scene files write it: polar, or in the unit cube. */
export const screenSchema = z
  .union([
    z
      .strictObject({
        azimuthDeg: z.number().min(-90).max(90).optional().describe('Azimuth of its centre. Default 0.'),
        elevationDeg: z.number().min(-90).max(90).optional().describe('Elevation of its centre. Default 0.'),
        distance: z.number().min(0.01).max(100).optional().describe('Distance of its centre. Default 1.'),
        widthAzimuthDeg: z.number().min(0.1).max(179).describe('Angle from its left to its right edge.'),
        aspectRatio,
      })
      .describe('A screen, as seen from the listener.'),
    z
      .strictObject({
        x: z.number().min(-1).max(1).optional().describe('x of its centre. Default 0.'),
        y: z.number().min(-1).max(1).optional().describe('y of its centre. Default 1.'),
        z: z.number().min(-1).max(1).optional().describe('z of its centre. Default 0.'),
        widthX: z.number().min(0.01).max(2).describe('Width along x; 2 is from wall to wall.'),
        aspectRatio,
      })
      .describe('A screen in the room.'),
  ])
  .describe('A screen: {azimuthDeg, elevationDeg, widthAzimuthDeg, ...} or {x, y, z, widthX, ...}.');

/** A screen as written in a document. */
export type ScreenDocument = z.infer<typeof screenSchema>;
