import { InternalError } from '../base/errors.ts';
import { findLayout } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import {
  profileSchema,
  type NormalizationDocument,
  type ProfileDocument,
  type ProfileRuleDocument,
} from './profile-schema.ts';

/** How far a figure can be trusted: read on its owner's page, told by somebody else, or from memory. */
export type Confidence = 'owner' | 'secondary' | 'memory';

/** Where a figure was read. */
export type ProfileSource = ProfileDocument['sources'][string];

/** What all figures of a profile carry. */
export interface Evidence {
  readonly source: ProfileSource | undefined;
  /** 'memory' means unverified. */
  readonly confidence: Confidence;
}

type WithEvidence<Document> = Document extends unknown
  ? Readonly<Omit<Document, 'source'>> & Evidence
  : never;

/** One rule of a profile: what is measured, on which layout, its bounds, and who says so. */
export type ProfileRule = WithEvidence<ProfileRuleDocument>;

/** What a player does to the loudness of a file. */
export type Normalization = WithEvidence<NormalizationDocument>;

/** What one receiver (a service, a label, a broadcaster) wants of a delivery. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  /** Day on which the figures were put together, "2026-11-26". */
  readonly asOf: string;
  /** BS.2051 names of the layouts that are taken; undefined where all are. */
  readonly layouts: readonly string[] | undefined;
  /** Targets that mastering for the profile makes; none where periphon makes nothing that it takes. */
  readonly targets: readonly string[];
  readonly keepsLoudness: boolean;
  readonly rules: readonly ProfileRule[];
  readonly normalization: readonly Normalization[];
}

/**
 * Makes a profile of the content of its file.
 * @throws InternalError "profile-invalid": profiles come with periphon, so a fault in one is a fault of periphon
 */
export function parseProfile(json: unknown): Profile {
  const parsed = profileSchema.safeParse(json);
  if (!parsed.success) throw new InternalError('profile-invalid', parsed.error.message);
  const { sources, layouts, rules, normalization = [], ...document } = parsed.data;
  const withEvidence = <D extends ProfileRuleDocument | NormalizationDocument>(entry: D): WithEvidence<D> => {
    const { source: key, ...rest } = entry;
    const source = key === undefined ? undefined : sources[key];
    if (key !== undefined && !source) {
      throw new InternalError('profile-invalid', `profile ${document.id} names no source "${key}"`);
    }
    const confidence = source && !entry.unverified ? source.confidence : 'memory';
    return { ...rest, source, confidence } as unknown as WithEvidence<D>;
  };
  return {
    ...document,
    layouts: layouts?.map((name) => requireLayout(name).name),
    keepsLoudness: document.keepsLoudness ?? false,
    rules: rules.map((rule) => withEvidence(rule)),
    normalization: normalization.map((entry) => withEvidence(entry)),
  };
}

/** Whether a profile takes files of a layout. */
export const takesLayout = ({ layouts }: Profile, layout: Layout): boolean =>
  layouts === undefined || layouts.includes(layout.name);

function requireLayout(name: string): Layout {
  const layout = findLayout(name);
  if (!layout) throw new InternalError('profile-invalid', `a profile names the unknown layout "${name}"`);
  return layout;
}
