import type { DamfSummary } from '../job/inspect-file.ts';
import { said, trimsText } from './adm-text.ts';

/** What a master in DAMF says of itself, of rendering and of delivery; a line for each. */
export function damfText({ version, type, creationTool, delivery }: DamfSummary): string {
  const { frameRate, firstFrameOfActionSec, warpMode, downmixType, phaseShift90, trims } = delivery;
  const start = firstFrameOfActionSec === undefined ? 'none' : `${firstFrameOfActionSec.toFixed(3)} s`;
  const stated = (value: string | undefined): string => (value === undefined ? 'not indicated' : said(value));
  const phaseShift = phaseShift90 === undefined ? undefined : phaseShift90 ? 'on' : 'off';
  return [
    `master: DAMF ${version || 'of no stated version'}${type === undefined ? '' : `, ${type}`}`,
    `made with: ${creationTool ?? 'unknown'}`,
    `frame rate: ${stated(frameRate)}, first frame of action: ${start}`,
    `5.1 downmix: ${stated(warpMode)}; stereo downmix: ${stated(downmixType)}, 90 degree phase shift: ${stated(phaseShift)}`,
    `trims: ${Object.keys(trims).length === 0 ? 'not indicated' : trimsText(trims)}`,
  ].join('\n');
}
