import type { WarningHandler } from '../../base/errors.ts';
import { ConfigError } from '../../base/errors.ts';
import type { Check } from '../../deliver/report.ts';
import { layoutNames } from '../../layouts/built-in.ts';
import type { AuditionFolder } from './list-folder.ts';
import type { StatedFile } from './read-reports.ts';

/** A file of a folder that may be heard. */
export interface Deliverable {
  readonly name: string;
  /** Programme that it is of: its name up to the target. */
  readonly programme: string;
  /** What it was made for ("7.1.4", "binaural", "adm"); undefined where nothing says it. */
  readonly target: string | undefined;
  /** What tells it from others of the same target: profiles or a track; empty for nothing. */
  readonly variant: string;
  readonly targetLufs?: number | undefined;
  readonly checks: readonly Check[];
}

/** Names of files that may hold audio, or a scene. */
const audioName = /\.(?:wav|wave|bwf|rf64|bw64|caf|aiff?|flac|ogg|oga|opus|mp3|m4a|mp4|aac|wv|amb)$/i;
const sceneName = /\.(?:scene\.json|atmos)$/i;

/** Targets that no layout names. */
const otherTargets = ['binaural', 'stereo', 'adm', 'adm-dolby', 'adm-itu', 'damf', 'stems'];

/** Targets that are scenes. */
export const isSceneTarget = (target: string | undefined): boolean =>
  target !== undefined && /^(?:adm(?:-dolby|-itu)?|damf|stems)$/.test(target);

/**
 * The deliverables of one programme of a folder, by what its documents say of them, else by their names
 * (NAME.TARGET.EXTENSION). Where nothing in the folder is known as a deliverable, all its audio is one programme.
 * @param programme to choose where there are several; the first of them where undefined, with the warning
 * 'several-programmes'
 * @throws ConfigError 'unknown-programme'
 */
export function findDeliverables(
  folder: AuditionFolder,
  stated: readonly StatedFile[],
  programme: string | undefined,
  onWarning: WarningHandler,
): Deliverable[] {
  const files = folder.names.filter((name) => audioName.test(name) || sceneName.test(name));
  const found = files.map((name) =>
    describe(
      name,
      stated.find((file) => file.name === name),
    ),
  );
  const known = withProgrammes(found.filter(({ target }) => target !== undefined));
  const deliverables = known.length > 0 ? known : found;
  const programmes =
    known.length > 0 ? [...new Set(deliverables.map((deliverable) => deliverable.programme))] : [];
  if (programme !== undefined && !programmes.includes(programme))
    throw new ConfigError(
      'unknown-programme',
      `${folder.path} holds no programme "${programme}"; it holds ${programmes.map((name) => `"${name}"`).join(', ') || 'none that is named'}`,
    );
  if (programmes.length < 2) return deliverables;
  const [first, ...others] = programmes;
  if (programme === undefined)
    onWarning({
      code: 'several-programmes',
      file: folder.path,
      message: `${folder.path} holds ${programmes.length} programmes; "${first}" is heard, --programme-name chooses another: ${others.map((name) => `"${name}"`).join(', ')}`,
    });
  return deliverables.filter((deliverable) => deliverable.programme === (programme ?? first));
}

/** Takes a name apart. "song.7.1.4.spotify.wav" is of the programme "song", made for 7.1.4, of the variant "spotify". */
function describe(name: string, stated: StatedFile | undefined): Deliverable {
  const base = name.replace(sceneName, '').replace(audioName, '');
  const target = stated?.target ?? targetInName(base);
  const at = target === undefined ? -1 : base.indexOf(`.${target}`);
  const { targetLufs, checks = [] } = stated ?? {};
  if (at < 0) return { name, programme: base, target, variant: '', targetLufs, checks };
  const variant = base.slice(at + 1 + target!.length).replace(/^\./, '');
  const track = /^\d{2,}(?:-|$)/.test(variant);
  // The tracks of a programme that was cut are programmes of their own.
  const programme = track ? `${base.slice(0, at)} ${variant}` : base.slice(0, at);
  return { name, programme, target, variant: track ? '' : variant, targetLufs, checks };
}

/** Files whose names do not hold their target are of the programme whose name they begin with. */
function withProgrammes(known: readonly Deliverable[]): Deliverable[] {
  const programmes = [...new Set(known.map(({ programme }) => programme))];
  return known.map((deliverable) => {
    const { programme } = deliverable;
    const longer = programmes.find((name) => programme.startsWith(`${name}.`));
    return longer === undefined ? deliverable : { ...deliverable, programme: longer };
  });
}

/** The target that a name without its extension states behind a dot. */
function targetInName(base: string): string | undefined {
  const targets = [...layoutNames(), ...otherTargets].sort((a, b) => b.length - a.length);
  const ends = (target: string): number => {
    const at = base.toLowerCase().indexOf(`.${target.toLowerCase()}`);
    return at < 0 ? -1 : at + 1 + target.length;
  };
  const found = targets.find((target) => {
    const end = ends(target);
    return end > 0 && (end === base.length || base[end] === '.');
  });
  return found ?? /\.(ambix[1-7])(?=\.|$)/i.exec(base)?.[1]?.toLowerCase();
}
