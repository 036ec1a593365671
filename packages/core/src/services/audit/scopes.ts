import { limits } from '../../base/limits.ts'
import type { Counter, Store } from '../../ports/store.ts'

/** Counters of every scope that begins with a prefix, page by page, each scope whole. */
export async function* everyScope(
  store: Store,
  prefix: string,
): AsyncGenerator<readonly Counter[]> {
  let after: string | undefined
  do {
    const page: Counter[] = await store.scan(prefix, {
      limit: limits.pageRows,
      ...(after !== undefined && { after }),
    })
    if (page.length > 0) yield page
    after = page.at(-1)?.scope
  } while (after !== undefined)
}
