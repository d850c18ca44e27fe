/**
 * The text of layouts/README.md: the built-in layouts, and what becomes of every bed channel on each of them. Made from
 * the code that renders, so that the table cannot be wrong.
 */
const intro = `# Layouts

Each file holds one loudspeaker layout with its source. \`npm run build:layouts\` makes this page from them and from the
bed router.
`;

/** @param modules what the page is made of: builtInLayouts, mappingRules, createBedRouter, elementDefaults */
export function layoutPage({ builtInLayouts, mappingRules, createBedRouter, elementDefaults }) {
  const surrounding = builtInLayouts.filter(({ foldFrom }) => foldFrom === undefined);
  const own = new Set(surrounding.flatMap(({ loudspeakers }) => loudspeakers.map(({ label }) => label)));
  const labels = [...new Set([...mappingRules.keys(), ...own])].filter((label) => !/-(\d|SC)/.test(label));
  const routers = surrounding.map((layout) => ({ layout, route: createBedRouter(layout) }));
  const cell = ({ layout, route }, label) => {
    const isLfe = label.startsWith('LFE');
    const channel = { label, position: undefined, isLfe, gainDb: 0 };
    const bed = {
      ...elementDefaults,
      kind: 'bed',
      id: 'bed',
      name: 'bed',
      layout: undefined,
      channels: [channel],
    };
    const [{ rule, gains }] = route(bed);
    if (rule === 'own loudspeaker') return '=';
    const outputs = layout.loudspeakers.flatMap(({ label: to }, index) =>
      gains[index] > 1e-6 ? [{ to, gainDb: 20 * Math.log10(gains[index]) }] : [],
    );
    const text = outputs
      .map(({ to, gainDb }) => `${to}${gainDb > -0.05 ? '' : ` ${gainDb.toFixed(1)}`}`)
      .join('<br>');
    return (text || 'dropped') + (rule === 'panned' ? '<br>(panned)' : '');
  };
  const title = ({ name, aliases }) => (aliases.length > 0 ? `${aliases[0]}<br>${name}` : name);
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [
    intro,
    row(['layout', 'names', 'loudspeakers', 'source']),
    row(['---', '---', '---', '---']),
    ...builtInLayouts.map(({ name, aliases, loudspeakers, foldFrom, source }) =>
      row([
        name,
        aliases.join(', '),
        loudspeakers.map(({ label }) => label).join(' ') + (foldFrom ? ` (folded from ${foldFrom})` : ''),
        source,
      ]),
    ),
    '',
    '## Where bed channels go',
    '',
    'A channel whose loudspeaker the layout has goes there alone (`=`). Else the mapping rules of ITU-R BS.2127-1 clause 8.4',
    'say which loudspeakers play it, at which gain in dB (0 dB where none is given); a channel that they do not know is panned',
    'to its position. Channels on the right mirror those on the left. Beds of 22.2 have a few rules of their own (clause 8.4).',
    'Stereo here is `0+2+0`, rendered directly; the target `stereo` is the Lo/Ro fold-down of 5.1 (ITU-R BS.775-3): L and R as',
    'they are, C and the surrounds at -3 dB, LFE dropped. Mono is (Lo + Ro) at -3 dB, 3.1.2 is folded from 5.1.2.',
    'An LFE goes to LFEs only; of a bed with two (22.2, 10.2) both join the one at -3 dB. `periphon render --explain` says it for a scene.',
    '',
    row(['channel', ...surrounding.map(title)]),
    row(['---', ...surrounding.map(() => '---')]),
    ...labels.map((label) => row([label, ...routers.map((router) => cell(router, label))])),
    '',
  ].join('\n');
}
