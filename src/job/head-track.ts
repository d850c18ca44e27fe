import { notLaterIssue, parseCsvTable, type ColumnRule } from '../base/csv-table.ts';
import { FormatError } from '../base/errors.ts';
import type { HeadPose } from '../render/binaural/head-orientation.ts';

const angle = (name: string): ColumnRule => ({
  aliases: [name, `${name}deg`],
  min: -360,
  max: 360,
  fallback: '0',
});

/** Columns in the order that they have without a header. */
const columnRules = {
  time: { aliases: ['time', 't', 'timesec', 'sec', 'seconds'], min: 0, max: 1e6 },
  yaw: { ...angle('yaw'), fallback: undefined },
  pitch: angle('pitch'),
  roll: angle('roll'),
} satisfies Record<string, ColumnRule>;

/**
 * Parses a head track: a CSV table of time (seconds from the start of the scene), yaw (degrees, positive to the
 * left), pitch (up) and roll (towards the right shoulder), as `parseCsvTable` reads it; pitch and roll may be
 * left out.
 * @param name file name, for messages
 * @throws FormatError 'head-track' that names line and column of the first fault, and how many there are
 */
export function parseHeadTrack(text: string, name: string): HeadPose[] {
  const table = parseCsvTable(text, columnRules);
  const issues = [...table.issues];
  const poses: HeadPose[] = [];
  for (const { line, cells } of table.rows) {
    const timeSec = Number(cells.time);
    const before = poses.at(-1);
    if (before && timeSec <= before.timeSec) issues.push(notLaterIssue(line));
    else
      poses.push({
        timeSec,
        yawDeg: Number(cells.yaw),
        pitchDeg: Number(cells.pitch),
        rollDeg: Number(cells.roll),
      });
  }
  if (issues.length === 0) return poses;
  const more = issues.length > 1 ? `, and ${issues.length - 1} more faults` : '';
  throw new FormatError('head-track', `${name}: ${issues[0]!.message}${more}`, { file: name });
}
