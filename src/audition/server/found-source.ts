import { basename } from 'node:path';
import type { Check } from '../../deliver/report.ts';
import type { Source } from '../protocol/session.ts';
import type { ProbedSource } from './source-plan.ts';

/** A file that can be heard, before ids and lengths are settled. */
export interface FoundSource {
  readonly probed: ProbedSource;
  /** Id that it would like to have. */
  readonly id: string;
  /** What the listener reads. */
  readonly label: string;
  /** Name of its file in the folder; undefined where it lies elsewhere. */
  readonly file: string | undefined;
  readonly targetLufs?: number | undefined;
  readonly checks: readonly Check[];
}

/** What is known of a file beside its contents. */
export interface FileRole {
  /** Target that it was made for, or "stereo-master"; undefined where nothing says it. */
  readonly target: string | undefined;
  /** What tells it from others of the same target; empty for nothing. */
  readonly variant?: string | undefined;
  readonly file?: string | undefined;
  readonly targetLufs?: number | undefined;
  readonly checks?: readonly Check[] | undefined;
}

/** Names a file by its role and by what it turned out to be. */
export function nameSource(probed: ProbedSource, role: FileRole): FoundSource {
  const { target, variant = '', file, targetLufs, checks = [] } = role;
  const { kind } = probed.plan;
  const stem = basename(probed.plan.path).replace(/\.[^.]*$/, '');
  const id = kind === 'scene' ? 'scene' : (target ?? stem);
  const what = kindLabel(probed, target);
  const more = target === undefined && kind !== 'scene' ? `${stem}` : variant;
  return {
    probed,
    id: variant === '' ? id : `${id}.${variant}`,
    label: target === undefined && isPair(kind) ? stem : more === '' ? what : `${what} (${more})`,
    file,
    targetLufs,
    checks,
  };
}

const isPair = (kind: Source['kind']): boolean => kind === 'binaural' || kind === 'stereo';

function kindLabel({ plan, layout, order, fileOrder }: ProbedSource, target: string | undefined): string {
  switch (plan.kind) {
    case 'binaural':
      return 'Binaural';
    case 'stereo':
      return target === 'stereo-master'
        ? 'Stereo master'
        : target === 'stereo'
          ? 'Stereo fold-down'
          : 'Stereo';
    case 'loudspeakers':
      return `${layout === 'mono' ? 'Mono' : layout} virtualised`;
    case 'ambisonics':
      return fileOrder === order
        ? `Ambisonics, order ${order}`
        : `Ambisonics, order ${fileOrder}, heard to ${order}`;
    case 'scene':
      return 'Scene, live';
  }
}

/** The order in which sources are shown; of loudspeaker beds the largest comes first. */
export function inOrder(sources: readonly FoundSource[]): FoundSource[] {
  const kinds: Source['kind'][] = ['binaural', 'stereo', 'loudspeakers', 'ambisonics', 'scene'];
  const rank = ({ id, probed }: FoundSource): number =>
    kinds.indexOf(probed.plan.kind) + (id === 'stereo-master' ? 0.5 : 0);
  const size = ({ probed }: FoundSource): number => probed.plan.channels.length;
  return sources.toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a));
}
