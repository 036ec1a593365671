import type { Kernel } from '../../kernel.ts'
import type { User } from '../../model/identity/user.ts'
import type { Store } from '../../ports/store.ts'

/** Users whose failures are kept; who failed longest ago is forgotten first. */
const most = 100_000

interface Failures {
  readonly count: number
  /** Of the last one. */
  readonly at: number
}

/** One memory for each store: ids of users of two stores say nothing of each other. */
const memories = new WeakMap<Store, Map<string, Failures>>()

/**
 * True if the password is the user's, and not too many were wrong. Those that were tried at once
 * count before this one is believed.
 */
export async function isProven(kernel: Kernel, user: User, password: string): Promise<boolean> {
  if (user.passwordHash === null || isLockedOut(kernel, user.id)) {
    return wasteHash(kernel, password)
  }
  const isRight = await kernel.passwords.verify(password, user.passwordHash)
  if (isLockedOut(kernel, user.id)) return false
  noteProof(kernel, user.id, isRight)
  return isRight
}

/** Costs what it costs to prove a password. */
export async function wasteHash(kernel: Kernel, password: string): Promise<false> {
  // A password that cannot be hashed is refused as fast by `verify`.
  await kernel.passwords.hash(password).catch(() => undefined)
  return false
}

/**
 * True while a user may not prove himself by a password, right or wrong: too many were wrong. To be
 * asked after a password was verified as well, for others may have failed meanwhile.
 */
function isLockedOut(kernel: Kernel, userId: string): boolean {
  const { lockoutFailures } = kernel.settings
  return lockoutFailures > 0 && countOf(kernel, userId) >= lockoutFailures
}

/** A wrong password, or a right one: after which all before it are forgotten. */
function noteProof(kernel: Kernel, userId: string, isRight: boolean): void {
  if (kernel.settings.lockoutFailures === 0) return
  const memory = memoryOf(kernel)
  const count = countOf(kernel, userId)
  memory.delete(userId)
  if (isRight) return
  const [oldest] = memory.keys()
  if (memory.size >= most && oldest !== undefined) memory.delete(oldest)
  memory.set(userId, { count: count + 1, at: kernel.clock.now() })
}

/** What was long ago counts no more. */
function countOf(kernel: Kernel, userId: string): number {
  const failures = memoryOf(kernel).get(userId)
  if (!failures || kernel.clock.now() - failures.at >= kernel.settings.lockoutMs) return 0
  return failures.count
}

function memoryOf({ store }: Kernel): Map<string, Failures> {
  const memory = memories.get(store) ?? new Map<string, Failures>()
  memories.set(store, memory)
  return memory
}
