import { PeriphonError } from '../base/errors.ts';
import { normalizeBedLabels, normalizeLabel } from '../layouts/labels.ts';
import type { Layout } from '../layouts/layout.ts';
import { issueAt, quoteValue } from './document-issues.ts';
import type { DocumentPath, LocatedIssue, Pruned } from './document-issues.ts';
import type { BedDocument } from './scene-schema.ts';
import { bedLayout, isLayoutFile } from './side-files.ts';
import type { SideFiles } from './side-files.ts';

/**
 * The one spelling of the channel labels of a bed: BS.2051 labels where there are such, else as written.
 * @param layout decides names such as "Ls", which differ between layouts
 */
export const canonicalLabels = (labels: readonly string[], layout: Layout | undefined): string[] =>
  normalizeBedLabels(labels, layout).map((label, index) => label ?? labels[index] ?? '');

/** Checks where a bed takes its audio from, its layout and its channel labels. */
export function checkBed(
  bed: Pruned<BedDocument>,
  location: DocumentPath,
  sideFiles: SideFiles,
): LocatedIssue[] {
  const { layout, issues } = findLayout(bed, location, sideFiles);
  issues.push(...checkSource(bed, location), ...checkLabels(bed, layout, location));
  return issues;
}

function findLayout(
  bed: Pruned<BedDocument>,
  location: DocumentPath,
  sideFiles: SideFiles,
): { layout: Layout | undefined; issues: LocatedIssue[] } {
  const at = [...location, 'layout'];
  if (bed.layout === undefined) {
    const needed = !bed.channels && !bed.files;
    const message = 'is missing; a bed has a layout ("7.1.2") or a list of channels';
    return { layout: undefined, issues: needed ? [issueAt(at, 'layout-missing', message)] : [] };
  }
  try {
    return { layout: bedLayout(bed.layout, sideFiles), issues: [] };
  } catch (error) {
    if (!(error instanceof PeriphonError)) throw error;
    const hint = error.hint ? `; ${error.hint}` : '';
    return {
      layout: undefined,
      issues: [issueAt(at, 'layout-unknown', `found ${quoteValue(bed.layout)}: ${error.message}${hint}`)],
    };
  }
}

function checkSource(bed: Pruned<BedDocument>, location: DocumentPath): LocatedIssue[] {
  const issues: LocatedIssue[] = [];
  const [first, ...others] = (['file', 'files', 'pattern'] as const).filter((key) => bed[key] !== undefined);
  if (first === undefined) {
    const message = 'is missing; a bed takes its audio from one of "file", "files", "pattern"';
    issues.push(issueAt([...location, 'file'], 'bed-source', message));
  }
  for (const key of others) {
    const message = `found beside "${first}"; a bed takes its audio from one of "file", "files", "pattern"`;
    issues.push(issueAt([...location, key], 'bed-source', message));
  }
  if (bed.pattern !== undefined && bed.pattern.split('*').length !== 2) {
    const message = `found ${quoteValue(bed.pattern)}; allowed: a file name with one star, as in "Bed.*.wav"`;
    issues.push(issueAt([...location, 'pattern'], 'bed-pattern', message));
  }
  const ownOrder = bed.channels !== undefined || bed.file === undefined || isLayoutFile(bed.layout ?? '');
  if (bed.channelOrder !== undefined && ownOrder) {
    const message =
      'belongs to a bed with "file" and the name of a layout; here the channels are listed one by one';
    issues.push(issueAt([...location, 'channelOrder'], 'bed-order', message));
  }
  return issues;
}

function* checkLabels(
  bed: Pruned<BedDocument>,
  layout: Layout | undefined,
  location: DocumentPath,
): Generator<LocatedIssue> {
  const layoutLabels = layout && canonicalLabels(layoutLabelsOf(layout), layout);
  const channels = (bed.channels ?? []).flatMap((channel, index) => {
    const label = typeof channel === 'string' ? channel : channel?.label;
    const placed = typeof channel === 'object' && (channel.position !== undefined || channel.lfe === true);
    return label === undefined ? [] : [{ label, placed, location: [...location, 'channels', index] }];
  });
  yield* checkLabelList(channels, layout, layoutLabels);
  if (layoutLabels && bed.channels && bed.channels.length !== layoutLabels.length) {
    const message = `found ${bed.channels.length} channels; layout ${bed.layout} has ${layoutLabels.length}: ${layoutLabels.join(', ')}`;
    yield issueAt([...location, 'channels'], 'bed-channels', message);
  }
  if (!bed.files) return;
  const channelLabels = channels.map(({ label }) => label);
  const wanted = bed.channels ? canonicalLabels(channelLabels, layout) : layoutLabels;
  const labels = Object.keys(bed.files);
  const entries = labels.map((label) => ({ label, placed: false, location: [...location, 'files', label] }));
  yield* checkLabelList(entries, layout, wanted);
  const given = new Set(canonicalLabels(labels, layout));
  const missing = wanted?.filter((label) => !given.has(label)) ?? [];
  if (missing.length > 0 || labels.length === 0) {
    const message = labels.length === 0 ? 'found no files' : `no file for ${missing.join(', ')}`;
    yield issueAt([...location, 'files'], 'bed-files', `${message}; allowed: one file for each channel`);
  }
}

/** Labels of a layout in its channel order. */
export const layoutLabelsOf = (layout: Layout): string[] =>
  layout.loudspeakers.map((loudspeaker) => loudspeaker.label);

interface LabelledChannel {
  readonly label: string;
  /** Whether it says itself where it belongs, so that its label may be any name. */
  readonly placed: boolean;
  readonly location: DocumentPath;
}

function* checkLabelList(
  channels: readonly LabelledChannel[],
  layout: Layout | undefined,
  allowed: readonly string[] | undefined,
): Generator<LocatedIssue> {
  const seen = new Set<string>();
  const canonical = canonicalLabels(
    channels.map(({ label }) => label),
    layout,
  );
  for (const [index, { label, placed, location }] of channels.entries()) {
    const name = canonical[index] ?? label;
    if (seen.has(name)) {
      yield issueAt(location, 'label-duplicate', `found ${quoteValue(label)} (${name}) a second time`);
    } else if (allowed && !allowed.includes(name)) {
      yield issueAt(location, 'label-unknown', `found ${quoteValue(label)}; allowed: ${allowed.join(', ')}`);
    } else if (!allowed && !placed && normalizeLabel(label) === undefined) {
      const message = `found ${quoteValue(label)}; allowed: a loudspeaker label such as "L", "Lss", "M+030", or any name with a position`;
      yield issueAt(location, 'label-unknown', message);
    }
    seen.add(name);
  }
}
