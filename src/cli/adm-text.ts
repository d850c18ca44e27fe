import type { AdmSummary, DamfSummary } from '../job/inspect-file.ts';

type Studio = NonNullable<AdmSummary['dbmd']>;
type Trim = NonNullable<Studio['supplement']>['trims']['5.1'];

/** What an ADM file says of its programme and, in a studio master, of rendering and delivery; a line for each. */
export function admText({ version, programme, programmes, dbmd }: AdmSummary): string {
  const id = programme.id === undefined ? '' : ` (${programme.id})`;
  const others = programmes.filter((other) => other.id.toUpperCase() !== programme.id);
  const lines = [`programme: "${programme.name}"${id}${version === undefined ? '' : `, ${version}`}`];
  if (others.length > 0)
    lines.push(`other programmes: ${others.map((other) => `${other.id} "${other.name}"`).join(', ')}`);
  if (!dbmd) return lines.join('\n');
  return [...lines, ...atmosLines(dbmd), ...supplementLines(dbmd), ...digitalPlusLines(dbmd)].join('\n');
}

/** A value of studio metadata in words. */
export const said = (value: string | undefined): string =>
  value === undefined ? 'unknown' : (spelled[value] ?? value);

const spelled: Readonly<Record<string, string>> = {
  notIndicated: 'not indicated',
  loRo: 'Lo/Ro',
  ltRtProLogic: 'Lt/Rt Pro Logic',
  ltRtPLII: 'Lt/Rt Pro Logic II',
  directStereo: 'direct stereo render',
  normal: 'normal (direct render)',
  warping: 'warping (direct render with room balance)',
  proLogicIIx: 'Pro Logic IIx',
};

function atmosLines({ atmos }: Studio): string[] {
  if (!atmos) return [];
  const { creationTool, creationToolVersion, frameRate, firstFrameOfAction: action } = atmos;
  const start = action
    ? `${two(action.hours)}:${two(action.minutes)}:${action.seconds.toFixed(5).padStart(8, '0')}`
    : 'none';
  return [
    `made with: ${creationTool || 'unknown'} ${creationToolVersion.join('.')}`,
    `frame rate: ${said(frameRate)}, first frame of action: ${start}`,
    `5.1 downmix: ${said(atmos.warpMode)}; stereo downmix: ${said(atmos.downmixType)}, 90 degree phase shift: ${said(atmos.phaseShift90)}`,
  ];
}

const two = (value: number): string => String(value).padStart(2, '0');

function supplementLines({ supplement }: Studio): string[] {
  if (!supplement) return [];
  const { channels, trims } = supplement;
  return [
    `binaural modes: ${counted(channels.map(({ binauralMode }) => said(binauralMode)))}`,
    `trims: ${trimsText(trims)}`,
    `trims by channel: ${counted(channels.map(({ trim }) => said(trim)))}`,
  ];
}

/** The trims that are manual, in words. */
export function trimsText(trims: DamfSummary['delivery']['trims']): string {
  const manual = Object.entries(trims).filter(([, trim]) => !trim.automatic);
  return manual.length === 0 ? 'automatic' : `automatic but for ${manual.map(manualText).join('; ')}`;
}

const manualText = ([layout, trim]: [string, Trim]): string =>
  `${layout} (centre ${trim.centreDb.toFixed(1)} dB, surround ${trim.surroundDb.toFixed(1)} dB, height ${trim.heightDb.toFixed(1)} dB, balance ${trim.overheadFloorBalance.toFixed(2)} and ${trim.listenerBalance.toFixed(2)})`;

/** "2 off, 1 near". */
function counted(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ') || 'none';
}

function digitalPlusLines({ digitalPlus }: Studio): string[] {
  if (!digitalPlus) return [];
  const { acmod, lfeOn, dialnorm } = digitalPlus;
  return [`Dolby Digital Plus: acmod ${acmod}${lfeOn ? ' with LFE' : ''}, dialnorm ${dialnorm}`];
}
