import { LayoutError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import system010 from '../../layouts/0+1+0.json' with { type: 'json' };
import system020 from '../../layouts/0+2+0.json' with { type: 'json' };
import system050 from '../../layouts/0+5+0.json' with { type: 'json' };
import system070 from '../../layouts/0+7+0.json' with { type: 'json' };
import system230 from '../../layouts/2+3+0.json' with { type: 'json' };
import system250 from '../../layouts/2+5+0.json' with { type: 'json' };
import system270 from '../../layouts/2+7+0.json' with { type: 'json' };
import system370 from '../../layouts/3+7+0.json' with { type: 'json' };
import system450 from '../../layouts/4+5+0.json' with { type: 'json' };
import system451 from '../../layouts/4+5+1.json' with { type: 'json' };
import system470 from '../../layouts/4+7+0.json' with { type: 'json' };
import system490 from '../../layouts/4+9+0.json' with { type: 'json' };
import system690 from '../../layouts/6+9+0.json' with { type: 'json' };
import system9103 from '../../layouts/9+10+3.json' with { type: 'json' };
import { buildLayout } from './build-layout.ts';
import type { Layout } from './layout.ts';
import type { LayoutDocument } from './layout-schema.ts';

/**
 * All built-in layouts: the ten systems of BS.2051-3, mono, 3.1.2, 7.1.2 and 9.1.6, smallest first. Tests check them by
 * the schema of layout files, so that nobody who only uses them needs it.
 */
export const builtInLayouts: readonly Layout[] = Object.freeze(
  [
    system010,
    system020,
    system230,
    system050,
    system250,
    system070,
    system270,
    system450,
    system451,
    system370,
    system470,
    system490,
    system690,
    system9103,
  ].map((json) => buildLayout(json as LayoutDocument, 'built-in')),
);

const layoutsByName = new Map(
  builtInLayouts.flatMap((layout) => [layout.name, ...layout.aliases].map((name) => [name, layout] as const)),
);

/** All names that `getLayout` knows, aliases included. */
export const layoutNames = (): string[] => [...layoutsByName.keys()];

/** Finds a built-in layout by its BS.2051 name ("4+7+0") or an alias ("7.1.4"). */
export const findLayout = (nameOrAlias: string): Layout | undefined => layoutsByName.get(nameOrAlias);

/**
 * Finds a built-in layout by its BS.2051 name ("4+7+0") or an alias ("7.1.4").
 * @throws LayoutError "unknown-layout" with the nearest name as a suggestion
 */
export function getLayout(nameOrAlias: string): Layout {
  const layout = findLayout(nameOrAlias);
  if (layout) return layout;
  const names = layoutNames();
  const near = nearestName(nameOrAlias, names);
  throw new LayoutError(
    'unknown-layout',
    `unknown layout "${nameOrAlias}"; known are ${names.join(', ')}, or the path of a layout file`,
    { hint: near && `did you mean "${near}"?` },
  );
}
