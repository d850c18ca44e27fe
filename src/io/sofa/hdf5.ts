import type h5wasm from 'h5wasm';
import type { Dataset } from 'h5wasm';
import { HrtfError } from '../../base/errors.ts';

/** A numeric variable of an HDF5 file. */
export interface Hdf5Variable {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** Its attributes that are texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The top level of an HDF5 file. */
export interface Hdf5File {
  /** Global attributes that are texts. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Reads a numeric variable; undefined where there is none of that name. @throws HrtfError for damage */
  variable(name: string): Hdf5Variable | undefined;
}

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Opens the bytes of an HDF5 file and hands them to `use`; afterwards all is closed.
 * @param file name for messages
 * @throws HrtfError "sofa-format" for bytes of another format, "sofa-damaged" for a file that is cut short or broken
 */
export async function withHdf5<Result>(
  bytes: Uint8Array,
  file: string,
  use: (hdf5: Hdf5File) => Result,
): Promise<Result> {
  if (!signature.every((byte, index) => bytes[index] === byte))
    throw new HrtfError('sofa-format', `${file} is not a SOFA file: it does not begin like HDF5`, { file });
  // Loading the library takes a while and four megabytes: only those who read SOFA files pay.
  const { default: library } = (await import('h5wasm')) as { default: typeof h5wasm };
  const { FS, activate_throwing_error_handler } = await library.ready;
  // Otherwise damage is printed, and what could not be read comes back as noise.
  activate_throwing_error_handler();
  const path = '/measurement.sofa';
  const guard = <Value>(read: () => Value): Value => {
    try {
      return read();
    } catch (cause) {
      throw new HrtfError('sofa-damaged', `${file} is damaged: ${lastReason(cause)}`, { file, cause });
    }
  };
  FS.writeFile(path, bytes);
  try {
    const opened = guard(() => new library.File(path, 'r'));
    try {
      return use({
        attributes: guard(() => textsOf(opened.attrs)),
        variable: (name) =>
          guard(() => {
            const found = opened.get(name);
            return found && 'shape' in found && 'value' in found ? readVariable(found as Dataset) : undefined;
          }),
      });
    } finally {
      opened.close();
    }
  } finally {
    FS.unlink(path);
  }
}

function readVariable(dataset: Dataset): Hdf5Variable | undefined {
  const { value, shape } = dataset;
  const values = typeof value === 'number' ? [value] : value;
  if (!ArrayBuffer.isView(values) && !Array.isArray(values)) return undefined;
  return {
    shape: shape ?? [],
    values: Array.from(values as ArrayLike<number | bigint>, Number),
    attributes: textsOf(dataset.attrs),
  };
}

function textsOf(attributes: Readonly<Record<string, { readonly value: unknown }>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, { value }] of Object.entries(attributes))
    if (typeof value === 'string') texts[name] = value;
  return texts;
}

/** The innermost reason of an HDF5 error stack. */
function lastReason(error: unknown): string {
  const reasons = [...String((error as Error).message ?? error).matchAll(/\(\): (.+)/g)];
  return reasons.at(-1)?.[1] ?? 'it cannot be read';
}
