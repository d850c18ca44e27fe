/** Options that every periphon error takes beside its message. */
export interface PeriphonErrorOptions {
  /** File that the error is about, as the user named it. */
  readonly file?: string | undefined;
  /** Place inside a document: "objects[3].blocks[2].position". */
  readonly path?: string | undefined;
  /** One sentence that says what to do. */
  readonly hint?: string | undefined;
  /** All faults, where there may be several. */
  readonly issues?: readonly Issue[] | undefined;
  readonly cause?: unknown;
}

/**
 * Base of every error that periphon raises on purpose. The message says what was found and what is
 * allowed; `code` is stable and meant for programs.
 */
export class PeriphonError extends Error {
  /** Stable identifier, lower case with dashes: "wav-truncated". */
  readonly code: string;
  readonly file: string | undefined;
  readonly path: string | undefined;
  readonly hint: string | undefined;
  readonly issues: readonly Issue[];

  constructor(code: string, message: string, options: PeriphonErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.file = options.file;
    this.path = options.path;
    this.hint = options.hint;
    this.issues = options.issues ?? [];
  }
}

/** A file that is damaged or not of its format. */
export class FormatError extends PeriphonError {
  readonly byteOffset: number | undefined;
  readonly chunk: string | undefined;

  constructor(
    code: string,
    message: string,
    options: PeriphonErrorOptions & { readonly byteOffset?: number; readonly chunk?: string } = {},
  ) {
    super(code, message, options);
    this.byteOffset = options.byteOffset;
    this.chunk = options.chunk;
  }
}

/** One fault found by a validator; validators return all of them at once. */
export interface Issue {
  readonly code: string;
  /** Place inside the document: "objects[3].blocks[2].position.azimuth"; empty for the whole. */
  readonly path: string;
  /** What was found and what is allowed. */
  readonly message: string;
}

/** A scene that breaks its rules; `issues` holds every fault. */
export class SceneError extends PeriphonError {}

/** A loudspeaker layout that is unknown, or cannot be rendered to. */
export class LayoutError extends PeriphonError {}

/** An HRTF set that is damaged or cannot serve. */
export class HrtfError extends PeriphonError {}

/** A setting (flag, recipe entry, option) with a value that is not allowed. */
export class ConfigError extends PeriphonError {}

/** Something that a standard allows and periphon does not do; names the feature. */
export class UnsupportedError extends PeriphonError {}

/** A file or folder that could not be written, or a disk that is too small. */
export class OutputError extends PeriphonError {}

/** The job was stopped from outside (Ctrl-C, AbortSignal). */
export class AbortedError extends PeriphonError {
  constructor(message = 'stopped before it was done') {
    super('aborted', message);
  }
}

/** A fault of periphon itself. */
export class InternalError extends PeriphonError {}

/** Repairable trouble: what was found and what was done about it. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly path?: string | undefined;
}

/** Receives warnings; `--strict` passes one that throws. */
export type WarningHandler = (warning: Warning) => void;
