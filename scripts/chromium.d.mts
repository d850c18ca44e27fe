/** Arguments to start Chromium with. */
export declare const chromiumArguments: string[];

/** Path of a Chromium; undefined where there is none. */
export declare function findChromium(): Promise<string | undefined>;
