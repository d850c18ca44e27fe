import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Audition } from '../state/audition-state.ts';
import { shortChannelNames } from '../state/channel-names.ts';
import { emptyBar, moveBar } from '../state/meter-ballistics.ts';
import type { MeterBar } from '../state/meter-ballistics.ts';
import { designSpectrumColumns, settleSpectrum, spectrumCurve } from '../state/spectrum-curve.ts';
import type { SpectrumColumns } from '../state/spectrum-curve.ts';
import { Canvas } from './canvas.tsx';
import type { Picture } from './canvas.tsx';
import { drawCorrelation, drawMeter } from './meter-draw.ts';
import { drawSpectrum } from './spectrum-draw.ts';

interface MetersProps {
  readonly audition: Audition;
}

const moveBars = (bars: readonly MeterBar[], peaks: Float32Array, elapsedSec: number): readonly MeterBar[] =>
  Array.from(peaks, (peak, index) => moveBar(bars[index] ?? emptyBar, peak, elapsedSec));

const OutputMeter = ({ audition }: MetersProps): JSX.Element => {
  const bars = useRef<readonly MeterBar[]>([emptyBar, emptyBar]);
  const draw = (picture: Picture): void => {
    bars.current = moveBars(bars.current, audition.levels().outputPeaks, picture.elapsedSec);
    drawMeter(picture, bars.current, { labels: ['L', 'R'], hasScale: true, hasMaxima: true });
  };
  return (
    <button
      type="button"
      class="meter-output"
      aria-label="Output peaks: reset the maxima"
      title="Output, dBFS; click to reset the maxima"
      onClick={() => (bars.current = [emptyBar, emptyBar])}
    >
      <Canvas class="fill" theme={audition.theme.shown} draw={draw} isLive />
    </button>
  );
};

const ChannelMeter = ({ audition }: MetersProps): JSX.Element => {
  const source = audition.shown.value;
  const bars = useRef<{ id: string | undefined; list: readonly MeterBar[] }>({ id: undefined, list: [] });
  const labels = useMemo(() => shortChannelNames(source?.channelLabels ?? []), [source]);
  const draw = (picture: Picture): void => {
    const { channelPeaks } = audition.levels();
    const old = bars.current.id === source?.id ? bars.current.list : [];
    bars.current = { id: source?.id, list: moveBars(old, channelPeaks, picture.elapsedSec) };
    drawMeter(picture, bars.current.list, { labels, hasScale: false, hasMaxima: false });
  };
  return (
    <Canvas
      class="meter-channels"
      label={`Levels of the channels of ${source?.label ?? 'the source'}`}
      theme={audition.theme.shown}
      draw={draw}
      isLive
    />
  );
};

interface SpectrumState {
  columns: SpectrumColumns;
  current: Float32Array;
  shown: Float32Array;
}

const Spectrum = ({ audition }: MetersProps): JSX.Element => {
  const { engine } = audition;
  const bins = useMemo(() => new Float32Array(engine.spectrumShape.binCount), [engine]);
  const state = useRef<SpectrumState | undefined>(undefined);
  const draw = (picture: Picture): void => {
    const columnCount = Math.max(2, Math.floor(picture.width / 2));
    if (state.current?.shown.length !== columnCount) {
      state.current = {
        columns: designSpectrumColumns(columnCount, engine.spectrumShape),
        current: new Float32Array(columnCount),
        shown: new Float32Array(columnCount).fill(-Infinity),
      };
    }
    const { columns, current, shown } = state.current;
    engine.spectrum(bins);
    spectrumCurve(bins, columns, current);
    settleSpectrum(shown, current, picture.elapsedSec);
    drawSpectrum(picture, shown);
  };
  return (
    <Canvas class="spectrum" label="Spectrum of the output" theme={audition.theme.shown} draw={draw} isLive />
  );
};

const Correlation = ({ audition }: MetersProps): JSX.Element => (
  <Canvas
    class="correlation"
    label="Correlation of left and right"
    theme={audition.theme.shown}
    draw={(picture) => drawCorrelation(picture, audition.levels().outputCorrelation)}
    isLive
  />
);

/** Levels, spectrum and correlation at screen rate; they rest in a blind test, which they would give away. */
export const Meters = ({ audition }: MetersProps): JSX.Element => (
  <section class="panel meters" aria-label="Meters">
    {audition.blind.value ? (
      <p class="empty">Meters rest while the blind test runs.</p>
    ) : (
      <>
        <OutputMeter audition={audition} />
        <ChannelMeter audition={audition} />
        <Spectrum audition={audition} />
        <Correlation audition={audition} />
      </>
    )}
  </section>
);
