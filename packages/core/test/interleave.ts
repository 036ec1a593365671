import type { Store } from '../src/ports/store.ts'
import { boundStore } from './address-holders.ts'

/**
 * A rival that strikes once: after a read that matches has seen the store, and before its reader
 * goes on.
 */
export interface Rival {
  /** Arms it. */
  strike(read: 'get' | 'counters', of: string, rival: () => Promise<unknown>): void
  /** True when it has struck. */
  readonly struck: boolean
  overStore(store: Store): Store
}

/** @returns a rival; `of` is the name of the kind, or the beginning of a counter scope. */
export function rival(): Rival {
  let armed: { read: string; of: string; run: () => Promise<unknown> } | undefined
  let struck = false
  const after = async <T>(
    answer: Promise<T>,
    read: string,
    names: readonly string[],
  ): Promise<T> => {
    const value = await answer
    const wanted = armed
    if (wanted?.read === read && names.some((name) => name.startsWith(wanted.of))) {
      armed = undefined
      await wanted.run()
      struck = true
    }
    return value
  }
  return {
    get struck() {
      return struck
    },
    strike: (read, of, run) => {
      armed = { read, of, run }
    },
    overStore: (store) => ({
      ...boundStore(store),
      get: (kind, ids) => after(store.get(kind, ids), 'get', [kind.name]),
      counters: (scopes) => after(store.counters(scopes), 'counters', scopes),
    }),
  }
}
