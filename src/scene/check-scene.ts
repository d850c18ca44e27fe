import { PeriphonError } from '../base/errors.ts';
import { checkBed } from './check-bed.ts';
import { checkBlocks } from './check-blocks.ts';
import type { BlockDocument } from './schema-parts.ts';
import { formatPath, issueAt, quoteValue } from './document-issues.ts';
import type { DocumentPath, LocatedIssue, Pruned } from './document-issues.ts';
import { parsePositionCsv } from './position-csv.ts';
import type { AmbisonicDocument, ObjectDocument, SceneDocument } from './scene-schema.ts';
import { sideFileText } from './side-files.ts';
import type { SideFiles } from './side-files.ts';

/**
 * Checks the rules of a scene document that its schema cannot state: unique names, sources, layouts, and
 * the order of blocks. Returns all faults.
 * @param document of the schema's type, but for values that are missing
 */
export function sceneIssues(document: Pruned<SceneDocument>, sideFiles: SideFiles): LocatedIssue[] {
  const issues = [...checkNames(document), ...checkOrder(document)];
  document.beds?.forEach((bed, index) => bed && issues.push(...checkBed(bed, ['beds', index], sideFiles)));
  document.objects?.forEach(
    (object, index) => object && issues.push(...checkObject(object, ['objects', index], sideFiles)),
  );
  document.ambisonics?.forEach(
    (ambisonic, index) => ambisonic && issues.push(...checkAmbisonic(ambisonic, ['ambisonics', index])),
  );
  const lists = [document.beds, document.objects, document.ambisonics];
  if (lists.every((list) => !list?.length)) {
    issues.push(
      issueAt([], 'scene-empty', 'no element; a scene has at least one of beds, objects, ambisonics'),
    );
  }
  return issues;
}

const kinds = ['beds', 'objects', 'ambisonics'] as const;

/** Identifier of an element that states none: "bed1", "object1", "ambisonic1" ... @param index from 0 in its list */
export const defaultId = (kind: (typeof kinds)[number], index: number): string =>
  `${kind.slice(0, -1)}${index + 1}`;

/** Elements with the path of each, in the order of the document. */
function elementsOf(document: Pruned<SceneDocument>) {
  return kinds.flatMap((kind) =>
    (document[kind] ?? []).flatMap((element, index) =>
      element ? [{ element, location: [kind, index], id: element.id ?? defaultId(kind, index) }] : [],
    ),
  );
}

function checkNames(document: Pruned<SceneDocument>): LocatedIssue[] {
  const named = new Map<string, ReturnType<typeof elementsOf>[number]>();
  const owners = new Map<string, DocumentPath>();
  const issues: LocatedIssue[] = [];
  for (const entry of elementsOf(document)) {
    const { element, location, id } = entry;
    const sameName = element.name === undefined ? undefined : named.get(element.name);
    if (element.name !== undefined && !sameName) named.set(element.name, entry);
    if (sameName && (element.id === undefined || sameName.element.id === undefined)) {
      const message = `found ${quoteValue(element.name)}, which is also the name of ${formatPath(sameName.location)}; names are unique, unless each element has an "id"`;
      issues.push(issueAt([...location, 'name'], 'name-duplicate', message));
    }
    const owner = owners.get(id);
    if (!owner) owners.set(id, location);
    else {
      const message = `found ${quoteValue(id)}, which is also the identifier of ${formatPath(owner)}; identifiers are unique`;
      issues.push(issueAt([...location, 'id'], 'id-duplicate', message));
    }
  }
  return issues;
}

function checkOrder(document: Pruned<SceneDocument>): LocatedIssue[] {
  const { order } = document;
  // Elements that are faulty themselves would be missed here.
  if (!order || kinds.some((kind) => document[kind]?.includes(undefined))) return [];
  const ids = elementsOf(document).map(({ id }) => id);
  const strange = order.flatMap((id, index) => {
    if (id === undefined || (ids.includes(id) && order.indexOf(id) === index)) return [];
    const what = ids.includes(id) ? `found ${quoteValue(id)} a second time` : `found ${quoteValue(id)}`;
    return [issueAt(['order', index], 'order-id', `${what}; allowed: each of ${ids.join(', ')} once`)];
  });
  const missing = ids.filter((id) => !order.includes(id));
  if (missing.length === 0) return strange;
  return [...strange, issueAt(['order'], 'order-id', `lacks ${missing.join(', ')}; it names all elements`)];
}

function checkObject(
  object: Pruned<ObjectDocument>,
  location: DocumentPath,
  sideFiles: SideFiles,
): LocatedIssue[] {
  const issues = [...checkExtent(object, object.position, location)];
  if (object.path !== undefined) {
    for (const key of ['position', 'blocks'] as const) {
      if (object[key] === undefined) continue;
      const message = `found beside "path"; an object takes its positions from either "path" or "${key}"`;
      issues.push(issueAt([...location, key], 'position-source', message));
    }
    issues.push(...checkPath(object.path, [...location, 'path'], sideFiles));
  } else if (!object.position && !object.blocks) {
    const message = 'is missing; an object has a position, a path or blocks';
    issues.push(issueAt([...location, 'position'], 'position-missing', message));
  }
  object.blocks?.forEach((block, index) => {
    if (!block) return;
    const at = [...location, 'blocks', index];
    if (!block.position && !object.position) {
      const message = 'is missing; a block has a position, or its object has';
      issues.push(issueAt([...at, 'position'], 'position-missing', message));
    }
    issues.push(...checkExtent(block, block.position ?? object.position, at));
  });
  return object.blocks ? [...issues, ...checkBlocks(object.blocks, [...location, 'blocks'])] : issues;
}

function checkPath(name: string, location: DocumentPath, sideFiles: SideFiles): LocatedIssue[] {
  try {
    parsePositionCsv(sideFileText(name, sideFiles), name);
    return [];
  } catch (error) {
    if (!(error instanceof PeriphonError)) throw error;
    const inner = error.issues;
    return inner.length === 0
      ? [issueAt(location, error.code, error.message)]
      : inner.map(({ code, message }) => issueAt(location, code, `${name} ${message}`));
  }
}

/** Extent and divergence are stated in degrees for polar positions and in room units for cartesian ones. */
function* checkExtent(
  block: Pruned<Pick<BlockDocument, 'width' | 'height' | 'divergence'>>,
  position: Pruned<BlockDocument['position']> | undefined,
  location: DocumentPath,
): Generator<LocatedIssue> {
  if (!position) return;
  const cartesian = 'x' in position || 'y' in position;
  for (const key of ['width', 'height'] as const) {
    const value = block[key];
    if (cartesian && value !== undefined && value > 1) {
      const message = `found ${value}; allowed: 0 to 1 for a cartesian position`;
      yield issueAt([...location, key], 'extent-range', message);
    }
  }
  const divergence = block.divergence;
  if (typeof divergence !== 'object') return;
  const wrong = cartesian ? 'azimuthRangeDeg' : 'positionRange';
  if (wrong in divergence) {
    const message = cartesian
      ? 'belongs to polar positions; allowed here: "positionRange"'
      : 'belongs to cartesian positions; allowed here: "azimuthRangeDeg"';
    yield issueAt([...location, 'divergence', wrong], 'divergence-range', message);
  }
}

function checkAmbisonic(ambisonic: Pruned<AmbisonicDocument>, location: DocumentPath): LocatedIssue[] {
  if (ambisonic.normalization !== 'FuMa' || ambisonic.order === undefined || ambisonic.order <= 3) return [];
  const message = `found ${ambisonic.order}; allowed: 1 to 3 with "FuMa"`;
  return [issueAt([...location, 'order'], 'order-range', message)];
}
