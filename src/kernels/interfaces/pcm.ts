/** Sample formats of PCM files, interleaved. `uint8` is offset binary. */
export type SampleFormat = 'uint8' | 'int16' | 'int24' | 'int32' | 'float32' | 'float64';

/** Bytes of one sample of each format. */
export const bytesPerSample: Readonly<Record<SampleFormat, number>> = Object.freeze({
  uint8: 1,
  int16: 2,
  int24: 3,
  int32: 4,
  float32: 4,
  float64: 8,
});

/** Order of the bytes of a sample in a file, least or most significant first. */
export type ByteOrder = 'little' | 'big';
