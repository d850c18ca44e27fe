import { basename } from 'node:path';
import type { WarningHandler } from '../../base/errors.ts';
import { designResampler, resampledFrames } from '../../dsp/resampler.ts';
import { defaultHrtfRatesHz } from '../../io/packed/packed-hrtf.ts';
import type { Session, Source, SourceCheck, SpeakerPlace } from '../protocol/session.ts';
import { inOrder, type FoundSource } from './found-source.ts';
import { createHrtfLibrary, hrtfChoices, type HrtfPlace } from './hrtf-library.ts';
import type { SourcePlan } from './source-plan.ts';
import { uniqueId } from './unique-id.ts';

/** What a session is described by, beside its sources. */
export interface SessionContext {
  /** Name of the programme, where files state it. */
  readonly title: string | undefined;
  readonly hrtfs: readonly HrtfPlace[];
  /** As the listener named it. */
  readonly input: string;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Describes a session: ids, lengths at one sample rate, layouts, checks and HRTF sets.
 * @param found at least one
 * @throws the errors of loading HRTF sets
 */
export async function describeSession(
  found: readonly FoundSource[],
  { title, hrtfs, input, onWarning }: SessionContext,
): Promise<{ readonly session: Session; readonly sources: Readonly<Record<string, SourcePlan>> }> {
  const sampleRateHz = sessionRate(found);
  const sources: Source[] = [];
  const plans: Record<string, SourcePlan> = {};
  const layouts: Record<string, readonly SpeakerPlace[]> = {};
  const checks: SourceCheck[] = [];
  for (const source of inOrder(found)) {
    const id = uniqueId(source.id, Object.keys(plans));
    const layout = source.probed.layout && layoutKey(layouts, source.probed.layout, source.probed.speakers);
    if (layout !== undefined) layouts[layout] = source.probed.speakers;
    plans[id] = source.probed.plan;
    sources.push(describeSource(source, id, layout, sampleRateHz));
    checks.push(
      ...source.checks.map(({ profile, rule, result, strength, message }) => ({
        ...{ sourceId: id, profile, rule, result, strength, message },
      })),
    );
  }
  const scene = found.find(({ probed }) => probed.plan.kind === 'scene')?.probed.plan.scene;
  const library = createHrtfLibrary(hrtfs, sampleRateHz, onWarning);
  const session: Session = {
    version: 1,
    title: title ?? (scene?.programme.name || scene?.name || nameOf(input)),
    sampleRateHz,
    frameCount: Math.max(...sources.map(({ frameCount }) => frameCount)),
    sources,
    hrtfs: await hrtfChoices(hrtfs, library),
    layouts,
    checks,
  };
  return { session, sources: plans };
}

const nameOf = (path: string): string => basename(path).replace(/(?:\.scene)?\.[^.]*$/, '') || 'audition';

function describeSource(
  { probed, label, file, targetLufs }: FoundSource,
  id: string,
  layout: string | undefined,
  sampleRateHz: number,
): Source {
  const { plan, order, labels, frameCount } = probed;
  const fileRateHz = probed.sampleRateHz;
  return {
    id,
    label,
    kind: plan.kind,
    layout,
    order,
    channelCount: plan.channels.length,
    channelLabels: labels,
    beds: probed.beds,
    frameCount:
      fileRateHz === sampleRateHz
        ? frameCount
        : resampledFrames(frameCount, designResampler(fileRateHz, sampleRateHz)),
    file,
    fileSampleRateHz: fileRateHz,
    targetLufs,
  };
}

/** The name of a layout, with a number where another layout has that name. */
function layoutKey(
  layouts: Readonly<Record<string, readonly SpeakerPlace[]>>,
  name: string,
  speakers: readonly SpeakerPlace[],
): string {
  const same = JSON.stringify(speakers);
  let key = name;
  for (let count = 2; layouts[key] && JSON.stringify(layouts[key]) !== same; count++)
    key = `${name} (${count})`;
  return key;
}

/** The rate of the scene, else that of most files; brought to one that all HRTF sets have. */
function sessionRate(found: readonly FoundSource[]): number {
  const scene = found.find(({ probed }) => probed.plan.kind === 'scene');
  const rates = found.map(({ probed }) => probed.sampleRateHz);
  const count = (rateHz: number): number => rates.filter((other) => other === rateHz).length;
  const rateHz =
    scene?.probed.sampleRateHz ?? rates.reduce((most, other) => (count(other) > count(most) ? other : most));
  if (defaultHrtfRatesHz.includes(rateHz)) return rateHz;
  const descending = defaultHrtfRatesHz.toSorted((a, b) => b - a);
  return (
    descending.find((known) => rateHz % known === 0) ??
    defaultHrtfRatesHz.find((known) => known >= rateHz) ??
    descending[0]!
  );
}
