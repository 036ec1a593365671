import type { z } from 'zod'
import { CloudError, isCloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { CommitConflict } from '../commit/committer.ts'
import type { Kernel } from '../kernel.ts'
import { costOf, flowOf } from './admission.ts'
import { type Actor, AlreadyDone, Call, type CallOptions } from './call.ts'
import { type IdempotencyKey, idempotencyKey, inTurn, replay } from './idempotency.ts'
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
  /** Fields of the answer shown once: no key remembers them, and a repeat finds them empty. */
  readonly once?: readonly string[]
}

/**
 * A public function is a row: id, policy, input schema, what it does. Everything that must hold for
 * every public function (validation, authorisation, idempotency, retry of lost races, audit) is
 * done here, once.
 */
export interface Operation<I = never, O = unknown, In = unknown> extends OperationRow {
  readonly input: z.ZodType<I, In>
  /**
   * Read, decide, commit. Run again from its reads when the commit lost a race, so it must not keep
   * side effects.
   */
  readonly run: (call: Call, input: I) => Promise<O>
}

export function defineOperation<I, O, In>(operation: Operation<I, O, In>): Operation<I, O, In> {
  return Object.freeze(operation)
}

/**
 * Runs an operation for an actor.
 *
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
  requireOptions(options)
  throwIfAborted(options.signal)
  requireOpen(kernel)
  const requestId = checkedRequestId(options.requestId) ?? `req-${kernel.ids.next()}`
  authorize(actor, operation)
  const parsed = parseInput(operation.input, input)
  const key = operation.mutates
    ? idempotencyKey(kernel, actor, operation, parsed, options)
    : undefined
  const { once } = operation
  const call = new Call(kernel, actor, operation.id, {
    requestId,
    signal: options.signal,
    key,
    once,
  })
  const { logger, tracer } = kernel.telemetry
  const run = (): Promise<O> =>
    key ? keyed(call, operation, parsed, key) : admitted(call, operation, parsed)
  try {
    return await tracer.span(operation.id, { requestId }, run)
  } catch (cause) {
    if (isCloudError(cause)) throw cause
    logger.log('error', 'operation failed', {
      operation: operation.id,
      requestId,
      error: String(cause),
    })
    throw new CloudError(
      'internal',
      `A defect: please report it with the request id ${requestId}.`,
      {
        detail: { requestId },
        cause,
      },
    )
  }
}

function requireOpen(kernel: Kernel): void {
  if (kernel.closed) throw new CloudError('closed', 'This cloud is closed.')
}

/** @throws CloudError `invalid` for what is no object, such as null from a caller without types. */
export function requireOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null) return
  throw new CloudError('invalid', 'options: is not an object.', { field: 'options' })
}

/** One effect and one answer for each key, whoever else uses it meanwhile. */
function keyed<I, O>(
  call: Call,
  operation: Operation<I, O>,
  input: I,
  key: IdempotencyKey,
): Promise<O> {
  const { meter } = call.kernel.telemetry
  return inTurn(call, key, async () => {
    const earlier = await replay<O>(call, key)
    if (earlier) {
      meter.count('idempotency_replayed')
      return earlier.answer
    }
    try {
      return await admitted(call, operation, input)
    } catch (error) {
      // Refused, maybe, because of what the same request has just done in another process.
      const mayBeDone =
        error instanceof AlreadyDone || (isCloudError(error) && error.code !== 'aborted')
      const done = mayBeDone ? await replay<O>(call, key) : undefined
      if (!done) throw error instanceof AlreadyDone ? unseen() : error
      meter.count('idempotency_race_lost')
      return done.answer
    }
  })
}

/** The key is taken, and by what cannot be read yet: whoever asks again will see it. */
function unseen(): CloudError {
  return new CloudError('stale', 'A call with this idempotency key has just been made.', {
    field: 'idempotencyKey',
  })
}

/** What decides waits for its turn, by project; what only reads does not. */
function admitted<I, O>(call: Call, operation: Operation<I, O>, input: I): Promise<O> {
  const { actor, kernel, signal } = call
  if (!operation.mutates) return attempt(call, operation, input)
  const run = async (): Promise<O> => {
    requireOpen(kernel)
    return attempt(call, operation, input)
  }
  return kernel.admission.run(flowOf(actor), costOf(input), signal, run)
}

async function attempt<I, O>(call: Call, operation: Operation<I, O>, input: I): Promise<O> {
  for (let tries = 1; ; tries++) {
    throwIfAborted(call.signal)
    try {
      const answer = await operation.run(call, input)
      await call.keep(answer)
      return answer
    } catch (error) {
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

/** @throws CloudError `invalid`. */
function checkedRequestId(requestId: string | undefined): string | undefined {
  if (requestId === undefined) return undefined
  if (typeof requestId === 'string' && /^[\x21-\x7e]+$/.test(requestId)) {
    if (requestId.length <= limits.requestIdLength) return requestId
  }
  throw new CloudError(
    'invalid',
    'A request id is 1 to 64 printable ASCII characters without spaces.',
    {
      field: 'requestId',
      limit: limits.requestIdLength,
    },
  )
}

/** What a caller may pass to an operation: its input before defaults. */
export type InputOf<T> = T extends Operation<infer _I, infer _O, infer In> ? In : never
/** What an operation answers. */
export type AnswerOf<T> = T extends Operation<infer _I, infer O, infer _In> ? O : never
