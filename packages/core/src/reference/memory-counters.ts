import { afterPrefix, compareText } from '../ports/store-order.ts'
import { mergeAdds } from '../ports/store-batch.ts'
import type { Conflict, Counter, CounterAdd, CounterConflict, WriteBatch } from '../ports/store.ts'
import { MemoryList } from './memory-list.ts'
import type { Undo } from './memory-table.ts'

/** Bounded counters by scope and name; frozen, replaced when they change. */
export class MemoryCounters {
  readonly #scopes = new Map<string, Map<string, Counter>>()
  readonly #order = new MemoryList<string>(compareText)

  of(scopes: readonly string[]): Counter[] {
    const found: Counter[] = []
    for (const scope of new Set(scopes)) {
      for (const counter of this.#scopes.get(scope)?.values() ?? []) found.push(counter)
    }
    return found
  }

  scan(prefix: string, after: string | undefined, limit: number): Counter[] {
    const end = afterPrefix(prefix)
    const scopes = this.#order.range(
      (scope) =>
        compareText(scope, prefix) >= 0 && (after === undefined || compareText(scope, after) > 0),
      (scope) => end !== undefined && compareText(scope, end) >= 0,
      limit,
      false,
    )
    return scopes.flatMap((scope) => this.#inScope(scope))
  }

  /** Limits, then adds, then drops. Stops at the first conflict. */
  write(batch: WriteBatch, undo: Undo[]): Conflict | undefined {
    for (const { scope, name, limit } of batch.limit ?? []) {
      const value = this.#get(scope, name)?.value ?? 0
      this.#set(scope, name, Object.freeze({ scope, name, value, limit }), undo)
    }
    const conflict = this.#add(mergeAdds(batch.add ?? []), undo)
    if (conflict) return conflict
    for (const scope of batch.drop ?? []) {
      for (const { name } of this.#inScope(scope)) this.#set(scope, name, undefined, undo)
    }
    return undefined
  }

  #add(adds: readonly CounterAdd[], undo: Undo[]): Conflict | undefined {
    const counters = adds.flatMap((add) => this.#conflict(add) ?? [])
    if (counters.length > 0) return { type: 'counter', counters }
    for (const { scope, name, add, limit = 0, transient } of adds) {
      const before = this.#get(scope, name) ?? { scope, name, value: 0, limit }
      const value = before.value + add
      const after = value === 0 && transient ? undefined : Object.freeze({ ...before, value })
      this.#set(scope, name, after, undo)
    }
    return undefined
  }

  #conflict(add: CounterAdd): CounterConflict | undefined {
    const { scope, name } = add
    const counter = this.#get(scope, name)
    const limit = counter?.limit ?? add.limit
    const value = (counter?.value ?? 0) + add.add
    if (limit !== undefined && value >= 0 && (add.add <= 0 || value <= limit)) return undefined
    return {
      scope,
      name,
      add: add.add,
      ...(counter && { value: counter.value }),
      ...(limit !== undefined && { limit }),
    }
  }

  #inScope(scope: string): Counter[] {
    return [...(this.#scopes.get(scope)?.values() ?? [])]
  }

  #get(scope: string, name: string): Counter | undefined {
    return this.#scopes.get(scope)?.get(name)
  }

  #set(scope: string, name: string, counter: Counter | undefined, undo: Undo[]): void {
    const before = this.#get(scope, name)
    this.#write(scope, name, counter)
    undo.push(() => this.#write(scope, name, before))
  }

  #write(scope: string, name: string, counter: Counter | undefined): void {
    const counters = this.#scopes.get(scope)
    if (counter) {
      if (counters) counters.set(name, counter)
      else {
        this.#scopes.set(scope, new Map([[name, counter]]))
        this.#order.add(scope)
      }
      return
    }
    counters?.delete(name)
    if (counters?.size !== 0) return
    this.#scopes.delete(scope)
    this.#order.remove(scope)
  }
}
