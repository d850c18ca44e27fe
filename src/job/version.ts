import manifest from '../../package.json' with { type: 'json' };
import type { CreationTool } from '../io/adm/format-dbmd.ts';

/** Version of this package. */
export const packageVersion: string = (manifest as { version: string }).version;

/** "periphon 0.1.0": named in reports and in the files that are written. */
export const generatorName = `periphon ${packageVersion}`;

const [major = 0, minor = 0, micro = 0] = packageVersion
  .split(/[.-]/)
  .map((part) => Number.parseInt(part, 10) || 0);

/** As masters name the program that wrote them. */
export const creationTool: CreationTool = { name: 'periphon', version: [major, minor, micro] };
