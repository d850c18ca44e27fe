/** Everything that the TypeScript side calls. */
export * from './limiter-gain';
export * from './memory';
export * from './mix';
export * from './pcm';
export * from './peak';
export * from './stereo-convolver';
export * from './precise-peak';
export * from './weighted-energy';
