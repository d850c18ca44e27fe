import { PeriphonError } from '../base/errors.ts';
import { checkBed } from './check-bed.ts';
import { checkBlocks } from './check-blocks.ts';
import type { BlockDocument } from './schema-parts.ts';
import { issueAt, quoteValue } from './document-issues.ts';
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
  const issues = uniqueNames(document);
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

function uniqueNames(document: Pruned<SceneDocument>): LocatedIssue[] {
  const owners = new Map<string, string>();
  const issues: LocatedIssue[] = [];
  for (const kind of ['beds', 'objects', 'ambisonics'] as const) {
    document[kind]?.forEach((element, index) => {
      if (element?.name === undefined) return;
      const owner = owners.get(element.name);
      if (owner === undefined) owners.set(element.name, `${kind}[${index}]`);
      else {
        const message = `found ${quoteValue(element.name)}, which is also the name of ${owner}; names are unique`;
        issues.push(issueAt([kind, index, 'name'], 'name-duplicate', message));
      }
    });
  }
  return issues;
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
    const inner = 'issues' in error ? (error.issues as readonly { code: string; message: string }[]) : [];
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
