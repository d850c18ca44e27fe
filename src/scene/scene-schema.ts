import { z } from 'zod';
import { trimLayouts } from './scene.ts';
import { screenSchema } from '../layouts/screen-schema.ts';
import {
  blockSchema,
  channelPositionSchema,
  gainDb,
  positionOffsetSchema,
  renderingShape,
  seconds,
  text,
} from './schema-parts.ts';

/**
 * The document `*.scene.json`, version 1: a scene over stem files, pleasant to write by hand. Names end in
 * their unit (Deg, Db, Sec); what is left out has the default that its description states; unknown keys are
 * faults. Rules that a schema cannot state (unique names, blocks in order ...) are in `parse-scene.ts`.
 */

const modesShape = {
  binauralMode: z
    .enum(['off', 'near', 'mid', 'far'])
    .optional()
    .describe('Room of the binaural render, as studio masters carry it.'),
  trimBypass: z
    .boolean()
    .optional()
    .describe("true: the trims of the master leave it alone. Default: the master's trims hold."),
  headTracking: z
    .enum(['scene', 'head'])
    .optional()
    .describe(
      'What a binaural render with head tracking holds it to, as studio masters carry it; renders do not use it.',
    ),
};

const elementShape = {
  id: text(
    'Identifier, unique within the scene; data of other formats refers to it. Default: "bed1", "object1", "ambisonic1" ...',
  ).optional(),
  name: text('Name, unique within the scene unless the elements that share it have an "id".'),
  gainDb: gainDb('Gain of the element.').optional(),
  mute: z.boolean().optional().describe('true: the element is not heard. Default false.'),
  ...modesShape,
  importance: z.int().min(0).max(10).optional().describe('Importance, 0 to 10 (default 10).'),
  startSec: seconds(
    'Where the audio starts in the scene. Default: the time stamps of the files (bext), counted from the ' +
      'earliest in the scene; 0 without them.',
  ).optional(),
};

const bedChannelSchema = z
  .union([
    text('Loudspeaker label: "L", "Lss", "Ltf", "LFE", "M+030" ...'),
    z.strictObject({
      label: text('Loudspeaker label, or a free name if there is a position.'),
      position: channelPositionSchema.optional(),
      lfe: z.boolean().optional().describe('true: low-frequency effects. Default: as the label says.'),
      gainDb: gainDb('Gain of the channel.').optional(),
      ...modesShape,
    }),
  ])
  .describe(
    'One channel of the bed: a loudspeaker label, or {label, position, lfe, gainDb}, with modes that differ from those of the bed.',
  );

const bedSchema = z
  .strictObject({
    id: elementShape.id,
    name: elementShape.name,
    layout: text(
      'Loudspeaker layout of the bed: "7.1.2", "5.1", "4+7+0" ..., or the path of a layout file (*.json).',
    ).optional(),
    channels: z
      .array(bedChannelSchema)
      .min(1)
      .max(128)
      .optional()
      .describe('The channels in the order of the file, instead of (or to reorder) a layout.'),
    file: text('One file with all channels, relative to the scene file.').optional(),
    files: z
      .record(z.string(), text('Mono file.'))
      .optional()
      .describe('One mono file a channel: {"L": "bed.L.wav", "R": "bed.R.wav", ...}.'),
    pattern: text(
      'One mono file a channel, found by name: in "Bed.*.wav" the star stands for the label (L, R, Lss, Ltf ...).',
    ).optional(),
    channelOrder: z
      .enum(['itu', 'wav', 'film'])
      .optional()
      .describe(
        'Channel order of the file. Default: what its channel mask says; "itu" (BS.2051 order) without one.',
      ),
    gainDb: elementShape.gainDb,
    mute: elementShape.mute,
    ...modesShape,
    importance: elementShape.importance,
    startSec: elementShape.startSec,
  })
  .describe('Channels that belong to loudspeakers. Takes its audio from one of: file, files, pattern.');

const objectSchema = z
  .strictObject({
    ...elementShape,
    file: text('Audio file, relative to the scene file.'),
    channel: z
      .int()
      .min(1)
      .max(128)
      .optional()
      .describe('Channel of the file, counted from 1. May be left out if the file is mono.'),
    ...renderingShape,
    positionOffset: positionOffsetSchema.optional(),
    path: text(
      'CSV file with the columns time, azimuth, elevation, distance: the object moves from row to row.',
    ).optional(),
    blocks: z.array(blockSchema).min(1).optional().describe('Automation, in order of time.'),
  })
  .describe('A mono source with a place: position if it rests, path or blocks if it moves.');

const ambisonicSchema = z
  .strictObject({
    ...elementShape,
    file: text('Audio file with (order + 1)^2 channels, relative to the scene file.'),
    order: z.int().min(1).max(7).describe('Ambisonic order, 1 to 7.'),
    normalization: z
      .enum(['SN3D', 'N3D', 'FuMa'])
      .optional()
      .describe('SN3D (AmbiX, the default) and N3D are in ACN order; FuMa goes up to order 3.'),
  })
  .describe('Ambisonic (spherical-harmonic) channels.');

const levelDb = (description: string) =>
  z.number().min(-60).max(20).optional().describe(`${description} In dB, default 0.`);
const balance = (description: string) =>
  z.number().min(-1).max(1).optional().describe(`${description} -1 to 1, default 0.`);

const trimSchema = z
  .strictObject({
    automatic: z
      .boolean()
      .optional()
      .describe('true (the default): the renderer chooses; false: as stated here.'),
    centreDb: levelDb('Trim of the centre.'),
    surroundDb: levelDb('Trim of the surrounds.'),
    heightDb: levelDb('Trim of the heights.'),
    overheadFloorBalance: balance('Balance between overhead and floor.'),
    listenerBalance: balance('Balance between front and rear.'),
  })
  .describe('Trim of one class of layouts.');

const deliverySchema = z
  .strictObject({
    trims: z
      .strictObject(Object.fromEntries(trimLayouts.map((name) => [name, trimSchema.optional()])))
      .optional()
      .describe('Trims by class of layout: "2.0", "5.1" ... "7.1.4".'),
    warpMode: z
      .enum(['normal', 'warping', 'proLogicIIx', 'loRo'])
      .optional()
      .describe('How 5.1 renders place the rear.'),
    downmixType: z
      .enum(['loRo', 'ltRtProLogic', 'ltRtPLII', 'directStereo'])
      .optional()
      .describe('Rule of the 5.1-to-2.0 downmix; "directStereo" renders stereo without 5.1 between.'),
    phaseShift90: z
      .boolean()
      .optional()
      .describe('true: the surrounds are turned by 90 degrees in the downmix to stereo.'),
    frameRate: z
      .enum(['23.976', '24', '25', '29.97', '29.97df', '30'])
      .optional()
      .describe('Frame rate of the master.'),
    firstFrameOfActionSec: z
      .number()
      .min(0)
      .optional()
      .describe('First frame of action, in seconds from the start.'),
  })
  .describe('What a studio master says about its rendering.');

/** Zod schema of the document. */
export const sceneDocumentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Location of the JSON Schema, for editors.'),
    version: z.literal(1).describe('Version of the document format: 1.'),
    name: text('Name of the scene; names the deliverables. Default: the name of the file.').optional(),
    programme: z
      .strictObject({
        name: text('Title. Default: the name of the scene.').optional(),
        language: text('Language (BCP 47): "en", "de" ...').optional(),
        referenceScreen: screenSchema
          .optional()
          .describe('The screen that it was mixed to. Default: 58 degrees wide, 16 by 9, in front.'),
      })
      .optional()
      .describe('The programme that the scene belongs to.'),
    beds: z.array(bedSchema).optional().describe('Beds.'),
    objects: z.array(objectSchema).optional().describe('Objects.'),
    ambisonics: z.array(ambisonicSchema).optional().describe('Ambisonic beds.'),
    order: z
      .array(text('Identifier of an element.'))
      .optional()
      .describe('Identifiers of all elements in their order. Default: beds, objects, ambisonic beds.'),
    stereoMaster: text('The approved stereo master, to compare with; relative to the scene file.').optional(),
    delivery: deliverySchema.optional(),
    extras: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Data of other formats, kept as it is; the key is the name of the format.'),
  })
  .describe('A scene of beds, objects and ambisonics over stem files.');

/** The document as written. */
export type SceneDocument = z.infer<typeof sceneDocumentSchema>;
/** A bed as written. */
export type BedDocument = z.infer<typeof bedSchema>;
/** An object as written. */
export type ObjectDocument = z.infer<typeof objectSchema>;
/** An ambisonic bed as written. */
export type AmbisonicDocument = z.infer<typeof ambisonicSchema>;
/** Channel orders that a bed's file may have. */
export type FileChannelOrder = NonNullable<BedDocument['channelOrder']>;

/** The JSON Schema of the document, for editors; `schema/scene.schema.json` is this, written to a file. */
export function sceneJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(sceneDocumentSchema, {
    io: 'input',
    target: 'draft-2020-12',
  });
  return { $schema, title: 'periphon scene', ...schema };
}
