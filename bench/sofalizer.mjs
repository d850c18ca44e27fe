/**
 * Impulse responses of ffmpeg's sofalizer for a set of our own: written as a SOFA file, heard through virtual
 * loudspeakers at the directions asked for.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm from 'h5wasm';

/**
 * Channels of a run, each a loudspeaker but for the LFE: the first 16 that ffmpeg knows, because some versions take
 * the places of loudspeakers by the number of the channel and not by its name.
 */
const channels = 'FL FR FC LFE BL BR FLC FRC BC SL SR TC TFL TFC TFR TBL'.split(' ');
const speakers = channels.flatMap((name, channel) => (name === 'LFE' ? [] : [{ name, channel }]));

/** From impulse to impulse. */
const spacing = 4096;

/** Whether ffmpeg with sofalizer is installed. */
export function hasSofalizer() {
  const { status } = spawnSync('ffmpeg', ['-hide_banner', '-h', 'filter=sofalizer'], { encoding: 'utf8' });
  return status === 0;
}

/** An attribute of fixed length. */
const addText = (owner, name, text) => owner.create_attribute(name, text, null, `S${text.length}`);

/** A SimpleFreeFieldHRIR file of whole responses, for libmysofa: it insists on attributes that we do without. */
async function sofaBytes({ sampleRateHz, tapCount, directionsDeg, responses }) {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File('/bench.sofa', 'w', { libver: ['v108', 'v108'], track_order: true });
  const count = directionsDeg.length / 2;
  const lengths = { I: 1, C: 3, R: 2, E: 1, N: tapCount, M: count };
  const texts = {
    Conventions: 'SOFA',
    SOFAConventions: 'SimpleFreeFieldHRIR',
    DataType: 'FIR',
    RoomType: 'free field',
  };
  for (const [name, value] of Object.entries({ ...texts, SOFAConventionsVersion: '1.0', Version: '1.0' }))
    addText(file, name, value);
  for (const [name, length] of Object.entries(lengths)) {
    const scale = file.create_dataset({ name, data: new Float64Array(length), shape: [length], dtype: '<d' });
    scale.make_scale(`This is a netCDF dimension but not a netCDF variable.${`${length}`.padStart(10)}`);
  }
  const add = (name, dimensions, data, attributes = {}) => {
    const shape = [...dimensions].map((dimension) => lengths[dimension]);
    const dataset = file.create_dataset({ name, data: Float64Array.from(data), shape, dtype: '<d' });
    [...dimensions].forEach((dimension, i) => dataset.attach_scale(i, `/${dimension}`));
    for (const [key, value] of Object.entries(attributes)) addText(dataset, key, value);
  };
  const cartesian = { Type: 'cartesian', Units: 'metre' };
  const positions = Array.from({ length: count }, (_, i) => [
    (directionsDeg[2 * i] + 360) % 360,
    directionsDeg[2 * i + 1],
    1,
  ]);
  add('ListenerPosition', 'IC', [0, 0, 0], cartesian);
  add('ListenerView', 'IC', [1, 0, 0], cartesian);
  add('ListenerUp', 'IC', [0, 0, 1], cartesian);
  add('EmitterPosition', 'ECI', [0, 0, 0], cartesian);
  add('ReceiverPosition', 'RCI', [0, 0.09, 0, 0, -0.09, 0], cartesian);
  add('SourcePosition', 'MC', positions.flat(), { Type: 'spherical', Units: 'degree, degree, metre' });
  add('Data.SamplingRate', 'I', [sampleRateHz], { Units: 'hertz' });
  add('Data.Delay', 'IR', [0, 0]);
  add('Data.IR', 'MRN', responses);
  file.close();
  const bytes = FS.readFile('/bench.sofa');
  FS.unlink('/bench.sofa');
  return bytes;
}

/** Renders the responses at some directions. @param options more options of the filter, such as interpolate=1 */
export async function sofalizerResponses(set, directionsDeg, options = '') {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-sofa-'));
  try {
    const sofa = join(folder, 'set.sofa');
    writeFileSync(sofa, await sofaBytes(set));
    const { sampleRateHz, tapCount } = set;
    const count = directionsDeg.length / 2;
    const responses = new Float32Array(2 * count * tapCount);
    for (let first = 0; first < count; first += speakers.length) {
      const places = speakers.map(({ name }, i) => {
        const direction = Math.min(first + i, count - 1);
        return `${name} ${(directionsDeg[2 * direction] + 360) % 360} ${directionsDeg[2 * direction + 1]}`;
      });
      const input = new Float32Array(channels.length * spacing * (speakers.length + 1));
      speakers.forEach(({ channel }, i) => {
        input[(i * spacing + spacing / 4) * channels.length + channel] = 1;
      });
      const filter = `sofalizer=sofa=${sofa}:speakers=${places.join('|')}${options && `:${options}`}`;
      const format = ['-f', 'f32le', '-ar', `${sampleRateHz}`];
      const { status, stdout, stderr } = spawnSync(
        'ffmpeg',
        [
          '-v',
          'error',
          ...format,
          '-ch_layout',
          channels.join('+'),
          '-i',
          '-',
          '-af',
          filter,
          ...format,
          '-',
        ],
        { input: Buffer.from(input.buffer), maxBuffer: 1 << 28 },
      );
      if (status !== 0) throw new Error(`sofalizer: ${stderr}`);
      const ears = new Float32Array(
        stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength),
      );
      for (let i = 0; i < speakers.length && first + i < count; i++)
        for (let ear = 0; ear < 2; ear++)
          for (let n = 0; n < tapCount; n++)
            responses[(2 * (first + i) + ear) * tapCount + n] =
              ears[2 * (i * spacing + spacing / 4 + n) + ear];
    }
    return { sampleRateHz, tapCount, directionsDeg, responses };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
