import { Document, Scalar } from 'yaml';
import type { Scene } from '../../scene/scene.ts';
import type { SceneWriterOptions } from '../scene-writer.ts';
import { formatDamfDelivery } from './damf-delivery.ts';
import { damfExtrasOf } from './damf-extras.ts';
import type { PlannedElement } from './plan-damf.ts';

const damfVersion = '0.5.1';

/** Text of the root file of a master. @param names of the files that belong to it */
export function formatDamfRoot(
  scene: Scene,
  planned: readonly PlannedElement[],
  names: { readonly metadata: string; readonly audio: string },
  tool: SceneWriterOptions['tool'],
): string {
  const extras = damfExtrasOf(scene);
  const offsetSec = extras?.offsetSec ?? 0;
  const { ffoa, fps, ...delivery } = formatDamfDelivery(scene.delivery, offsetSec);
  const { type, simplified, scNumberOfElements, scBedConfiguration, ...others } = extras?.presentation ?? {};
  const beds = planned.filter(({ channelNames }) => channelNames !== undefined);
  const objects = planned.filter(({ channelNames }) => channelNames === undefined);
  const presentation = {
    type: type ?? 'home',
    simplified: simplified ?? false,
    metadata: names.metadata,
    audio: names.audio,
    offset: decimal(offsetSec),
    ffoa: ffoa === undefined ? undefined : decimal(ffoa as number),
    fps: fps ?? 24,
    scNumberOfElements,
    scBedConfiguration,
    ...others,
    creationTool: tool.name,
    creationToolVersion: tool.version.join('.'),
    ...withoutKeys(delivery, others),
    bedInstances: beds.map((bed) => ({
      ...namesOf(bed),
      channels: bed.tracks.map(({ id }, index) => ({ channel: bed.channelNames![index], ID: id })),
    })),
    objects: objects.map((object) => ({ ...namesOf(object), ID: object.tracks[0]!.id })),
  };
  const document = {
    ...(scene.programme.language === undefined ? {} : { language: scene.programme.language }),
    version: damfVersion,
    ...extras?.document,
    presentations: [stated(presentation)],
  };
  return textOf(document);
}

const namesOf = ({ name, groupName }: PlannedElement) => stated({ description: name, groupName });

const stated = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** A value that was not understood stays as it was, unless the scene says another by now. */
const withoutKeys = (
  values: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== undefined || !(key in others)),
  );

/** Seconds, always with a point. */
function decimal(value: number): Scalar {
  const scalar = new Scalar(Math.round(value * 1e5) / 1e5);
  scalar.minFractionDigits = 1;
  return scalar;
}

/**
 * Quoted by the rules of YAML 1.1, so that a name such as "No" is a text for readers of either version; short lists of
 * numbers in one line.
 */
function textOf(content: unknown): string {
  const document = new Document(content, { version: '1.1', aliasDuplicateObjects: false });
  const presentation = document.getIn(['presentations', 0], true);
  for (const key of ['scBedConfiguration']) {
    const node = (presentation as { get(key: string, keepScalar: true): unknown }).get(key, true);
    if (typeof node === 'object' && node !== null) (node as { flow?: boolean }).flow = true;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
