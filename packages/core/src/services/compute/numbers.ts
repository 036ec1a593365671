import type { Kernel } from '../../kernel.ts'
import type { Kind, Stored } from '../../model/kind.ts'

interface Numbered extends Stored {
  readonly number?: number
}

/**
 * The number after the largest one. Two that take it at once: the index refuses one of them, and
 * its operation is run again.
 */
export async function nextNumber<T extends Numbered>(
  kernel: Kernel,
  kind: Kind<T>,
): Promise<number> {
  const [last] = await kernel.store.query<T>(kind, { index: 'byNumber', reverse: true, limit: 1 })
  return (last?.number ?? 0) + 1
}
