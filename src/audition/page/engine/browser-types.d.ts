/** What TypeScript does not declare: the scope of audio worklets, the scope of workers, files that Vite bundles. */
declare const sampleRate: number;
declare const currentFrame: number;

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

declare function registerProcessor(
  name: string,
  processor: new (options: { readonly processorOptions: never }) => AudioWorkletProcessor,
): void;

/** Address of a module that runs apart from the page. */
declare module '*?worker&url' {
  const url: string;
  export { url as default };
}

/** Address of a file of WebAssembly. */
declare module '*.wasm?url' {
  const url: string;
  export { url as default };
}
