import type { SceneElement } from '../../scene/scene.ts';

/**
 * Names of stem files, made of the names of elements: "Drums.wav", "Room.ambix3.wav". Every file system takes them, none
 * is a path, and no two differ by case alone.
 */
export function stemFileNames(elements: readonly SceneElement[]): string[] {
  const used = new Set<string>();
  return elements.map((element, index) => {
    const base = safeName(element.name) || `${element.kind} ${index + 1}`;
    const extension = extensionOf(element);
    let name = `${base}${extension}`;
    for (let count = 2; used.has(keyOf(name)); count++) name = `${base} ${count}${extension}`;
    used.add(keyOf(name));
    return name;
  });
}

/** Names that differ by case or by how accents are written are one file on some systems. */
const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();

/** Room for the extension, a number and what temporary names add, in the 143 bytes that some systems allow. */
const maxNameBytes = 96;

/** Names of devices on Windows. */
const reservedNames = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function safeName(name: string): string {
  const allowed = name
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cs}\u2028\u2029]/gu, '_')
    .replace(/^[\s.]+/u, '');
  let short = '';
  for (const character of allowed) {
    if (Buffer.byteLength(short + character) > maxNameBytes) break;
    short += character;
  }
  const trimmed = short.replace(/[\s.]+$/u, '');
  return reservedNames.test(trimmed) ? `_${trimmed}` : trimmed;
}

/** What a file name says of ambisonic channels is what is read from it. */
function extensionOf(element: SceneElement): string {
  if (element.kind !== 'ambisonic') return '.wav';
  const { order, normalization } = element;
  return `.${{ SN3D: 'ambix', N3D: 'n3d', FuMa: 'fuma' }[normalization]}${order}.wav`;
}
