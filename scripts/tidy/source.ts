/** A file of the project, as the tidy rules see it. `path` is relative to the root, with `/`. */
export interface Source {
  readonly path: string
  readonly text: string
}

export interface Finding {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly message: string
}

export const limits = {
  /** Longer files hold more than one idea. */
  fileLines: 400,
  /** A function fits on a screen. */
  functionLines: 70,
  columns: 100,
  /** Half of the files are shorter than this: many small modules, few large ones. */
  medianLines: 100,
} as const

export function isCode(path: string): boolean {
  return /\.(?:ts|mts|cts|js|mjs|cjs)$/.test(path)
}

export function isTest(path: string): boolean {
  return /\.test\.ts$|^packages\/[^/]+\/test\/|^tests\//.test(path)
}

/** Core code that must take time, chance and the outside from its ports. */
export function isPure(path: string): boolean {
  const core = 'packages/core/src/'
  return path.startsWith(core) && !path.startsWith(`${core}reference/`) && !isTest(path)
}

/** Lines without the empty one after the last newline. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}
