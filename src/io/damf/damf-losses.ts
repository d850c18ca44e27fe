import type { Scene, SceneElement } from '../../scene/scene.ts';
import type { DamfPlanOptions } from './plan-damf.ts';

/** Warns, with 'damf-lossy', of what a scene says beside the automation of its objects that a master has no place for. */
export function warnOfDamfLosses(scene: Scene, { file, onWarning }: DamfPlanOptions): void {
  const warn = (subject: string, path: string, losses: readonly string[]): void => {
    if (losses.length === 0) return;
    const message = `${file}: ${subject} loses ${losses.join(', ')}, which a master in DAMF does not state`;
    onWarning({ code: 'damf-lossy', message, file, path });
  };
  const { name, programme } = scene;
  warn('the scene', 'programme', [
    ...(programme.name === name ? [] : [`the name of its programme ("${programme.name}")`]),
    ...(programme.referenceScreen ? ['its reference screen'] : []),
  ]);
  const others = Object.keys(scene.extras).filter((format) => format !== 'damf');
  warn(
    'the scene',
    'extras',
    others.map((format) => `data of the format "${format}"`),
  );
  for (const element of scene.elements)
    warn(`${element.kind} "${element.name}"`, element.id, elementLosses(element));
}

const elementLosses = (element: SceneElement): string[] => [
  ...(element.mute ? ['its mute (its gain is 0)'] : []),
  ...(element.kind === 'object' && element.importance !== undefined
    ? ['its own importance (which goes into its blocks)']
    : []),
];
