import type { JSX } from 'preact';
import type { Source } from '../../protocol/session.ts';
import type { Audition } from '../state/audition-state.ts';
import { formatFigure, formatNumber } from '../state/number-text.ts';

const Row = ({ audition, source }: { readonly audition: Audition; readonly source: Source }): JSX.Element => {
  const known = audition.overviews.value.get(source.id);
  const overview = known?.last;
  const isHeard = audition.blind.value === undefined && audition.heardId.value === source.id;
  const unknown = known?.answer.state === 'failed' ? '\u2013' : '\u2026';
  const figure = (value: number | null | undefined): string => (overview ? formatFigure(value) : unknown);
  return (
    <tr class={isHeard ? 'is-heard' : ''}>
      <th scope="row" title={source.file}>
        {source.label}
      </th>
      <td>{figure(overview?.integratedLufs)}</td>
      <td class="is-muted">{source.targetLufs === undefined ? '' : formatNumber(source.targetLufs)}</td>
      <td>{figure(overview?.loudnessRangeLu)}</td>
      <td>{figure(overview?.truePeakDbtp)}</td>
    </tr>
  );
};

/** What was measured of each source: loudness, its target, range, true peak. */
export const Deliverables = ({ audition }: { readonly audition: Audition }): JSX.Element => (
  <table class="figures">
    <thead>
      <tr>
        <th scope="col">Source</th>
        <th scope="col">
          <abbr title="Integrated loudness of the file">LUFS</abbr>
        </th>
        <th scope="col">
          <abbr title="Loudness that it was made for">Target</abbr>
        </th>
        <th scope="col">
          <abbr title="Loudness range in LU">LRA</abbr>
        </th>
        <th scope="col">
          <abbr title="True peak">dBTP</abbr>
        </th>
      </tr>
    </thead>
    <tbody>
      {audition.session.sources.map((source) => (
        <Row key={source.id} audition={audition} source={source} />
      ))}
    </tbody>
  </table>
);
