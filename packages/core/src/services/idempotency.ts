import { canonicalJson } from '../base/canonical.ts'
import { CloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { Kernel } from '../kernel.ts'
import { idempotencyKind, type IdempotencyRecord } from '../model/audit/idempotency.ts'
import type { Actor, Call, CallOptions } from './call.ts'
import { isDomainActor } from './policy.ts'
import { withoutSecrets } from './secrets.ts'

/** A caller's idempotency key: where it is kept, and a digest of what it was used for. */
export interface IdempotencyKey {
  readonly id: string
  readonly body: string
}

/**
 * The key that came with a call, if any. Each project, each domain and the system has keys of its
 * own.
 *
 * @throws CloudError `invalid`.
 */
export function idempotencyKey(
  kernel: Kernel,
  actor: Actor,
  operation: { readonly id: string; readonly secrets?: readonly string[] },
  input: unknown,
  options: CallOptions,
): IdempotencyKey | undefined {
  const key = options.idempotencyKey
  if (key === undefined) return undefined
  if (
    typeof key !== 'string' ||
    !/^[\x21-\x7e]+$/.test(key) ||
    key.length > limits.idempotencyKeyLength
  ) {
    throw new CloudError(
      'invalid',
      'An idempotency key is 1 to 64 printable ASCII characters without spaces.',
      {
        field: 'idempotencyKey',
        limit: limits.idempotencyKeyLength,
      },
    )
  }
  const body = canonicalJson(withoutSecrets(input, operation.secrets))
  const owner = actor.projectId ?? (isDomainActor(actor) ? `domain-${actor.domainId}` : 'system')
  return { id: `${owner}:${key}`, body: kernel.digest.hash('sha256', `${operation.id}\n${body}`) }
}

/**
 * The answer that was given to the first call with this key, if there was one.
 *
 * @throws CloudError `idempotencyMismatch` when that was another call.
 */
export async function replay<O>(
  call: Call,
  key: IdempotencyKey,
): Promise<{ answer: O } | undefined> {
  const [record] = await call.kernel.store.get<IdempotencyRecord>(idempotencyKind, [key.id])
  if (!record) return undefined
  if (record.operation !== call.operation || record.body !== key.body) {
    throw new CloudError(
      'idempotencyMismatch',
      'This idempotency key was used with another operation or body.',
      {
        field: 'idempotencyKey',
      },
    )
  }
  return { answer: record.answer as O }
}

/** Calls with a key that are under way in this process, by kernel. */
const flights = new WeakMap<Kernel, Map<string, Promise<unknown>>>()

/**
 * Runs calls with the same key one after the other: while the first holds what it needs, a second
 * one would be refused for the lack of it.
 *
 * @throws CloudError `aborted` when the signal fires while another call is waited for.
 */
export async function inTurn<O>(
  call: Call,
  key: IdempotencyKey,
  run: () => Promise<O>,
): Promise<O> {
  const { kernel } = call
  const underWay = flights.get(kernel) ?? new Map<string, Promise<unknown>>()
  flights.set(kernel, underWay)
  for (let other = underWay.get(key.id); other; other = underWay.get(key.id)) {
    throwIfAborted(call.signal)
    await settledOrAborted(other, call.signal)
    throwIfAborted(call.signal)
  }
  const flight = run()
  underWay.set(key.id, flight)
  try {
    return await flight
  } finally {
    underWay.delete(key.id)
  }
}

/** Resolves when the promise has settled, either way, or the signal fires. */
async function settledOrAborted(
  promise: Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const settled = promise.then(
    () => undefined,
    () => undefined,
  )
  if (!signal) return settled
  let wake: () => void = () => undefined
  const aborted = new Promise<void>((resolve) => (wake = resolve))
  signal.addEventListener('abort', wake, { once: true })
  try {
    await Promise.race([settled, aborted])
  } finally {
    signal.removeEventListener('abort', wake)
  }
}
