import { bedRules } from './beds.ts';
import { blockRules } from './blocks.ts';
import { containerRules } from './container.ts';
import { elementRules } from './elements.ts';
import { idRules } from './ids.ts';
import type { MasterRule } from './rule.ts';
import { structureRules } from './structure.ts';
import { studioRules } from './studio.ts';
import { trackRules } from './tracks.ts';

/** All rules of container and metadata of studio masters: the Dolby Atmos Master ADM profile, and what importers need. */
export const masterRules: readonly MasterRule[] = Object.freeze([
  ...containerRules,
  ...structureRules,
  ...idRules,
  ...elementRules,
  ...bedRules,
  ...blockRules,
  ...trackRules,
  ...studioRules,
]);
