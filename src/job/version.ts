import manifest from '../../package.json' with { type: 'json' };

/** Version of this package. */
export const packageVersion: string = (manifest as { version: string }).version;

/** "periphon 0.1.0": named in reports and in the files that are written. */
export const generatorName = `periphon ${packageVersion}`;
