import type { Kernel } from '../../../kernel.ts'
import type { StackResource } from '../../../model/stack/resource.ts'

/**
 * An idempotency key of 64 characters. It is made of the row, the attempt and the use, so it is the
 * same for whoever tries again, and nobody else's.
 */
export function keyOf(
  kernel: Pick<Kernel, 'digest'>,
  row: Pick<StackResource, 'id' | 'attempt' | 'action'>,
  use: string,
): string {
  const text = `stack\n${row.id}\n${row.attempt}\n${row.action}\n${use}`
  return kernel.digest.hash('sha256', text)
}
