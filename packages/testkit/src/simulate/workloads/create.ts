import type { Operation } from '@nephos/core'
import type { Action, CallChoices, Known, Outcome, Tenant } from '../workload.ts'
import { lastingOf } from '../checks/ledger.ts'
import { canonical, remember, settled } from './aim.ts'

type Fields = Readonly<Record<string, unknown>>

/** A call that was answered, and its idempotency key. */
interface Kept {
  readonly operation: string
  readonly answer: string
  readonly again: (tenant: Tenant) => Promise<Outcome<unknown>>
  /** The same key with another body. */
  readonly other?: (tenant: Tenant) => Promise<Outcome<unknown>>
}

const mostKept = 20
/** By what a tenant knows: as long as the tenant lives. */
const keptCalls = new WeakMap<Known, Kept[]>()

/**
 * Calls an operation that makes something. Some calls are remembered, to be repeated with the same
 * key later; some are made twice at the same time.
 */
export async function mutate<I, O>(
  tenant: Tenant,
  operation: Operation<I, O>,
  input: Fields,
  choices: CallChoices = {},
): Promise<Outcome<O>> {
  const { chance } = tenant
  const share = chance.share()
  if (share >= 0.4) return tenant.call(operation, input, choices)
  const keyed = { ...choices, key: `again-${chance.uint32()}-${chance.uint32()}` }
  const call = (caller: Tenant, body: unknown): Promise<Outcome<O>> =>
    caller.call(operation, body, keyed)
  const calls = share < 0.1 ? [call(tenant, input), call(tenant, input)] : [call(tenant, input)]
  const [first, second] = (await Promise.all(calls)) as [Outcome<O>, Outcome<O> | undefined]
  if (second) sameTwice(tenant, operation.id, first, second)
  const outcome = second?.end === 'ok' ? second : first
  if (outcome.end === 'ok') {
    const other = changed(input)
    keep(tenant, {
      operation: operation.id,
      answer: lasting(operation.id, outcome.answer),
      again: (caller) => call(caller, input),
      ...(other ? { other: (caller: Tenant) => call(caller, other) } : {}),
    })
  }
  return outcome
}

/** What every repeat is answered, as text. */
function lasting(operation: string, answer: unknown): string {
  return canonical(lastingOf(operation, answer))
}

function sameTwice(
  tenant: Tenant,
  operation: string,
  one: Outcome<unknown>,
  two: Outcome<unknown>,
): void {
  if (one.end !== 'ok' || two.end !== 'ok') return
  tenant.sometimes('two calls with one key at once')
  if (lasting(operation, one.answer) === lasting(operation, two.answer)) return
  tenant.report(7, operation, 'two calls with one key at the same time were answered differently')
}

function keep(tenant: Tenant, call: Kept): void {
  const calls = keptCalls.get(tenant.known) ?? []
  keptCalls.set(tenant.known, calls)
  calls.push(call)
  if (calls.length > mostKept) calls.shift()
}

/** Another body of the same operation, where an easy one is at hand. */
function changed(input: Fields): Fields | undefined {
  const { name } = input
  if (typeof name === 'string') return { ...input, name: `${name}-other` }
  return 'direction' in input ? { ...input, description: 'other' } : undefined
}

/**
 * Makes something that has an id, and remembers it. When no answer came, its name is remembered: it
 * may be found by that.
 */
export async function create<I, O extends { readonly id: string }>(
  tenant: Tenant,
  kind: string,
  operation: Operation<I, O>,
  input: Fields,
  choices: CallChoices = {},
): Promise<O | undefined> {
  const outcome = await mutate(tenant, operation, input, choices)
  const { name } = input
  if (outcome.end === 'unknown' && typeof name === 'string') tenant.known.add(`lost ${kind}`, name)
  if (outcome.end !== 'ok') return undefined
  const { answer } = outcome
  remember(tenant, kind, answer.id)
  requireAsked(tenant, operation.id, answer, input, choices)
  return answer
}

/** What was made is the caller's, and is called as asked. */
function requireAsked(
  tenant: Tenant,
  operation: string,
  answer: { readonly id: string; readonly name?: string; readonly projectId?: string },
  input: Fields,
  choices: CallChoices,
): void {
  const { name, projectId } = answer
  const owner = input['projectId'] ?? (choices.as ?? tenant.member).projectId
  if (projectId !== undefined && owner !== null && projectId !== owner) {
    tenant.report(21, answer.id, `${operation} made it in another project: ${projectId}`)
  }
  if (input['name'] !== undefined && name !== undefined && name !== input['name']) {
    tenant.report(0, answer.id, `${operation} named it otherwise than asked: ${name}`)
  }
}

/** Takes up what was made by a call that was never answered. */
export async function findLost<I, O extends { readonly id: string }>(
  tenant: Tenant,
  kind: string,
  list: Operation<I, readonly O[]>,
  choices: CallChoices = {},
): Promise<void> {
  const name = tenant.known.pick(`lost ${kind}`, tenant.chance)
  const outcome = await tenant.call(list, name === undefined ? {} : { name }, choices)
  if (name === undefined || outcome.end !== 'ok') return
  const known = new Set(tenant.known.all(kind))
  const found = outcome.answer.flatMap(({ id }) => (known.has(id) ? [] : [id]))
  if (found.length > 0) tenant.sometimes('what was made without an answer was found')
  remember(tenant, kind, ...found)
  if (found.length > 0) tenant.known.remove(`lost ${kind}`, name)
}

/**
 * Repeats a call that was answered long ago: the same key and body give the same answer, another
 * body is refused.
 */
export const repeatCall: Action = {
  name: 'repeat a call with its key',
  weight: 4,
  run: async (tenant) => {
    const call = tenant.chance.pick(keptCalls.get(tenant.known) ?? [])
    if (!call) return
    await settled(tenant)
    if (tenant.chance.happens(0.7) || !call.other) {
      const outcome = await call.again(tenant)
      if (outcome.end === 'ok' && lasting(call.operation, outcome.answer) === call.answer) return
      const told = outcome.end === 'refused' ? outcome.code : 'another answer'
      if (outcome.end !== 'unknown') {
        tenant.report(7, call.operation, `a repeat with the same key ended with ${told}`)
      }
      return
    }
    const outcome = await call.other(tenant)
    if (outcome.end === 'ok') {
      tenant.report(7, call.operation, 'a key was taken for another body')
    } else if (outcome.end === 'refused' && outcome.code !== 'idempotencyMismatch') {
      tenant.report(7, call.operation, `another body with the key ended with ${outcome.code}`)
    }
  },
}
