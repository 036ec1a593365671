import type { Settings } from '@nephos/core'
import type { CrashClient } from './client.ts'

/**
 * Something that the cloud does, to be crashed at every one of its awaits. What `prepare` does is
 * not crashed; it returns the deed that is.
 */
export interface Scenario {
  /** Kebab-case: part of the name of a crash. */
  readonly name: string
  readonly prepare: (client: CrashClient) => Promise<() => Promise<void>>
  /** Settings of the processes, where the usual ones make it long. */
  readonly settings?: Partial<Settings>
  /**
   * Kinds and fields of rows, and counters, that may end otherwise after a crash. Say why where
   * they are named.
   */
  readonly loose?: readonly string[]
}

/** Where a process dies. */
export interface CrashPoint {
  readonly process: string
  /** Its call since the deed began, or since its own restart, counted from 1. */
  readonly call: number
  /** Before the world has seen the call, or after, with the answer lost. */
  readonly when: 'before' | 'after'
}

export const mainProcess = 'cloud'

/** `create-batch:17:after,4:before`; a process other than the only one stands before its call. */
export function printCrash(scenario: string, points: readonly CrashPoint[]): string {
  const parts = points.map(({ process, call, when }) => {
    return `${process === mainProcess ? '' : `${process}/`}${call}:${when}`
  })
  return `${scenario}:${parts.join(',')}`
}

/** Reads what `printCrash` printed, no crash at all too; undefined for anything else. */
export function parseCrash(
  text: string,
): { readonly scenario: string; readonly points: readonly CrashPoint[] } | undefined {
  const colon = text.indexOf(':')
  if (colon < 1) return undefined
  const points: CrashPoint[] = []
  const list = text.slice(colon + 1)
  for (const part of list === '' ? [] : list.split(',')) {
    const match = /^(?:([\w-]+)\/)?(\d+):(before|after)$/.exec(part)
    if (!match) return undefined
    const [, process = mainProcess, call, when] = match
    points.push({ process, call: Number(call), when: when as CrashPoint['when'] })
  }
  return { scenario: text.slice(0, colon), points }
}
