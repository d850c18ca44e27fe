import { expect, test } from 'vitest';
import {
  AbortedError,
  ConfigError,
  FormatError,
  HrtfError,
  InternalError,
  LayoutError,
  OutputError,
  SceneError,
  UnsupportedError,
} from '../../src/base/errors.ts';
import { exitCodeOf } from '../../src/cli/exit-codes.ts';

test.each([
  [new ConfigError('a', 'm'), 2],
  [new LayoutError('unknown-layout', 'm'), 2],
  [new LayoutError('layout-invalid', 'm'), 3],
  [new SceneError('a', 'm'), 3],
  [new FormatError('a', 'm'), 3],
  [new HrtfError('a', 'm'), 3],
  [new UnsupportedError('a', 'm'), 3],
  [new OutputError('a', 'm'), 4],
  [new InternalError('a', 'm'), 70],
  [new TypeError('m'), 70],
  [new AbortedError(), 130],
])('%s ends with %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
