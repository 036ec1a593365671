import type { z } from 'zod'
import { canonicalJson } from '../base/canonical.ts'
import { CloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { CommitConflict } from '../commit/committer.ts'
import type { Kernel } from '../kernel.ts'
import { idempotencyKind, type IdempotencyRecord } from '../model/audit/idempotency.ts'
import { type Actor, AlreadyDone, Call, type CallOptions } from './call.ts'
import { parseInput } from './parse.ts'
import { authorize, type Policy } from './policy.ts'

/** What a table of operations shows of each. */
export interface OperationRow {
  /** `service.noun.verb`, e.g. `compute.server.create`. */
  readonly id: string
  readonly summary: string
  readonly policy: Policy
  /** A strict schema: unknown fields are refused. */
  readonly input: z.ZodType
  /** True: writes; takes an idempotency key. */
  readonly mutates: boolean
  /** Input fields that hold secrets: not part of what an idempotency key remembers. */
  readonly secrets?: readonly string[]
}

/**
 * A public function is a row: id, policy, input schema, what it does. Everything that must hold for every public
 * function (validation, authorisation, idempotency, retry of lost races, audit) is done here, once.
 */
export interface Operation<I = never, O = unknown, In = unknown> extends OperationRow {
  readonly input: z.ZodType<I, In>
  /** Read, decide, commit. Run again from its reads when the commit lost a race, so it must not keep side effects. */
  readonly run: (call: Call, input: I) => Promise<O>
}

export function defineOperation<I, O, In>(operation: Operation<I, O, In>): Operation<I, O, In> {
  return Object.freeze(operation)
}

/**
 * Runs an operation for an actor.
 * @param input anything: it is parsed here.
 * @throws CloudError only.
 */
export async function invoke<I, O>(
  kernel: Kernel,
  actor: Actor,
  operation: Operation<I, O>,
  input: unknown,
  options: CallOptions = {},
): Promise<O> {
  throwIfAborted(options.signal)
  if (kernel.closed) throw new CloudError('closed', 'This cloud is closed.')
  const requestId = options.requestId ?? `req-${kernel.ids.next()}`
  authorize(actor, operation)
  const parsed = parseInput(operation.input, input)
  const key = operation.mutates ? idempotencyKey(kernel, actor, operation, parsed, options) : undefined
  const call = new Call(kernel, actor, operation.id, { requestId, signal: options.signal, key })
  const { tracer } = kernel.telemetry
  return tracer.span(operation.id, { requestId }, () => attempt(call, operation, parsed, key))
}

async function attempt<I, O>(call: Call, operation: Operation<I, O>, input: I, key: Key | undefined): Promise<O> {
  if (key) {
    const earlier = await replay<O>(call, key)
    if (earlier) return earlier.answer
  }
  for (let tries = 1; ; tries++) {
    throwIfAborted(call.signal)
    try {
      return await operation.run(call, input)
    } catch (error) {
      if (error instanceof AlreadyDone && key) return ((await replay<O>(call, key)) as { answer: O }).answer
      if (!(error instanceof CommitConflict)) throw error
      call.kernel.telemetry.meter.count('commit_conflicts', 1, { operation: operation.id })
      if (tries >= limits.commitAttempts) {
        throw new CloudError('stale', 'Concurrent writers won every attempt.', {
          limit: limits.commitAttempts,
          internal: { conflict: error.conflict },
        })
      }
    }
  }
}

interface Key {
  readonly id: string
  readonly body: string
}

function idempotencyKey(
  kernel: Kernel,
  actor: Actor,
  operation: { readonly id: string; readonly secrets?: readonly string[] },
  input: unknown,
  options: CallOptions,
): Key | undefined {
  const key = options.idempotencyKey
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key) || key.length > limits.idempotencyKeyLength) {
    throw new CloudError('invalid', 'An idempotency key is 1 to 64 printable ASCII characters without spaces.', {
      field: 'idempotencyKey',
      limit: limits.idempotencyKeyLength,
    })
  }
  const body = kernel.digest.hash('sha256', `${operation.id}\n${canonicalJson(withoutSecrets(input, operation.secrets))}`)
  return { id: `${actor.projectId ?? 'system'}:${key}`, body }
}

async function replay<O>(call: Call, key: Key): Promise<{ answer: O } | undefined> {
  const [record] = await call.kernel.store.get<IdempotencyRecord>(idempotencyKind, [key.id])
  if (!record) return undefined
  if (record.operation !== call.operation || record.body !== key.body) {
    throw new CloudError('idempotencyMismatch', 'This idempotency key was used with another operation or body.', {
      field: 'idempotencyKey',
    })
  }
  return { answer: record.answer as O }
}

/** A fast hash of a secret would let whoever reads the store guess it. */
function withoutSecrets(input: unknown, secrets: readonly string[] = []): unknown {
  if (secrets.length === 0 || typeof input !== 'object' || input === null) return input
  return Object.fromEntries(Object.entries(input).filter(([field]) => !secrets.includes(field)))
}

/** What a caller may pass to an operation: its input before defaults. */
export type InputOf<T> = T extends Operation<infer _I, infer _O, infer In> ? In : never
/** What an operation answers. */
export type AnswerOf<T> = T extends Operation<infer _I, infer O, infer _In> ? O : never
