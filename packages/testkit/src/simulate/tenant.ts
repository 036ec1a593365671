import {
  type Actor,
  type CallOptions,
  CloudError,
  type ControlPlane,
  isCloudError,
  type Operation,
} from '@nephos/core'
import type { Chance } from '../world/chance.ts'
import type { Member } from '../world/member.ts'
import type { World } from '../world/world.ts'
import type { HistoryEntry } from './check.ts'
import type { CallChoices, Known, Outcome, Tenant } from './workload.ts'

/** What the tenants of a story share. */
export interface Market {
  readonly world: World
  readonly common: Known
  readonly batch: number
  /** Where calls are sent: the processes that answer. */
  readonly apis: readonly Member<ControlPlane>[]
  /** A call has ended. */
  readonly onAnswer: (entry: Omit<HistoryEntry, 'index'>) => void
  readonly onSecret: (secret: string) => void
  readonly report: (invariant: number, subject: string, message: string) => void
}

/** Who a tenant is, whatever it does. */
export interface Person {
  readonly name: string
  readonly projectId: string
  readonly member: Actor
  readonly known: Known
}

/** A caller waits so long for an answer, then asks another process. */
const patienceMs = 45_000
const mostAttempts = 12
/** Milliseconds that a call is on its way. */
const wayMs = [0.1, 3] as const

interface Deed<T> {
  readonly operation: string
  readonly input: unknown
  readonly mutates: boolean
  readonly repeat: boolean
  readonly key: string | undefined
  readonly as: Actor
  readonly run: (plane: ControlPlane, options: CallOptions) => Promise<T>
}

/** One action of a tenant under way: calls processes as a careful client does. */
export class StoryTenant implements Tenant {
  readonly name: string
  readonly projectId: string
  readonly member: Actor
  readonly operator: Actor
  readonly chance: Chance
  readonly batch: number
  readonly known: Known
  readonly common: Known
  readonly #market: Market
  readonly #keys: string
  #calls = 0

  /** @param keys begins every idempotency key and request id of this action. */
  constructor(market: Market, person: Person, chance: Chance, keys: string) {
    const { name, projectId, member, known } = person
    this.#market = market
    this.name = name
    this.projectId = projectId
    this.member = member
    this.operator = operatorActor
    this.chance = chance
    this.batch = market.batch
    this.known = known
    this.common = market.common
    this.#keys = keys
  }

  call<I, O>(
    operation: Operation<I, O>,
    input: unknown,
    choices: CallChoices = {},
  ): Promise<Outcome<O>> {
    const as = choices.as ?? (operation.policy.scope === 'system' ? this.operator : this.member)
    const keyed = operation.mutates && (choices.keyed ?? true)
    const key = keyed ? (choices.key ?? `${this.#keys}.${this.#calls}`) : undefined
    return this.#do({
      operation: operation.id,
      input,
      mutates: operation.mutates,
      repeat: keyed || !operation.mutates,
      key,
      as,
      run: (plane, options) =>
        plane.invoke(as, operation, input, {
          ...options,
          ...(key === undefined ? {} : { idempotencyKey: key }),
        }),
    })
  }

  attempt<T>(
    name: string,
    run: (plane: ControlPlane, signal: AbortSignal) => Promise<T>,
    repeat: boolean,
  ): Promise<Outcome<T>> {
    return this.#do({
      operation: name,
      input: undefined,
      mutates: false,
      repeat,
      key: undefined,
      as: this.member,
      run: (plane, { signal }) => run(plane, signal as AbortSignal),
    })
  }

  rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#market.world.ground.timeline.after(ms, resolve)
    })
  }

  secret(): string {
    const secret = `secret-${this.chance.uint32().toString(16)}${this.chance.uint32().toString(16)}`
    this.#market.onSecret(secret)
    return secret
  }

  sometimes(path: string): void {
    this.#market.world.ground.sometimes(path)
  }

  report(invariant: number, subject: string, message: string): void {
    this.#market.report(invariant, subject, message)
  }

  async #do<T>(deed: Deed<T>): Promise<Outcome<T>> {
    const { world } = this.#market
    const called = world.now
    const call = this.#calls++
    const requestIds: string[] = []
    // What operators did is told to those whose things it was, and not for whom they did it.
    const keys = deed.as.system ? this.#keys.replace(/^(t\d+)-[^.]*/, '$1') : this.#keys
    let isOpen = false
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const requestId = `${keys}.${call}.${attempt}`
      requestIds.push(requestId)
      const tried = await this.#try(deed, requestId)
      if (tried.type === 'answer') {
        return this.#end(deed, requestIds, called, { end: 'ok', answer: tried.answer })
      }
      const { error } = tried
      if (!isTransient(error)) {
        const { code, message } = error
        if (code === 'internal')
          this.report(0, deed.operation, `ended with a defect: ${detail(error)}`)
        // Without a key, an attempt before may have been carried out.
        const end = isOpen && !deed.repeat ? 'unknown' : 'refused'
        if (end === 'refused') {
          return this.#end(deed, requestIds, called, { end, code, message })
        }
        break
      }
      isOpen = true
      if (!deed.repeat) break
      if (attempt > 1) this.sometimes('a call was repeated twice')
      await this.rest(this.chance.between(500, Math.min(20_000, 1_000 * 2 ** attempt)))
    }
    return this.#end(deed, requestIds, called, { end: 'unknown' })
  }

  /** One attempt at any process. */
  #try<T>(
    deed: Deed<T>,
    requestId: string,
  ): Promise<{ type: 'answer'; answer: T } | { type: 'error'; error: CloudError }> {
    const { world, apis } = this.#market
    const { timeline } = world.ground
    const member = this.chance.pick(apis) as Member<ControlPlane>
    return new Promise((resolve) => {
      const alarm = new AbortController()
      const isOver = timeline.after(patienceMs, () => {
        alarm.abort()
        this.sometimes('a caller ran out of patience')
        resolve({ type: 'error', error: new CloudError('unavailable', 'No answer came.') })
      })
      const end = (
        result: { type: 'answer'; answer: T } | { type: 'error'; error: CloudError },
      ): void => {
        timeline.cancel(isOver)
        resolve(result)
      }
      timeline.after(this.chance.between(...wayMs), () => {
        const { plane, life } = member
        if (!plane || !life) {
          const error = new CloudError('unavailable', `${member.name} refuses the connection.`)
          return end({ type: 'error', error })
        }
        life.deliver(() => {
          deed.run(plane, { requestId, signal: alarm.signal }).then(
            (answer) => end({ type: 'answer', answer }),
            (error: unknown) => end({ type: 'error', error: asCloudError(error) }),
          )
        })
      })
    })
  }

  #end<T>(
    deed: Deed<T>,
    requestIds: readonly string[],
    called: number,
    outcome: Outcome<T>,
  ): Outcome<T> {
    const { world, onAnswer } = this.#market
    const { operation, input, mutates, key, as } = deed
    const code = outcome.end === 'refused' ? outcome.code : undefined
    world.ground.note(`client:${this.name}`, 'answer', `${operation} ${code ?? outcome.end}`)
    onAnswer({
      tenant: this.name,
      projectId: as.projectId,
      operation,
      mutates,
      input,
      key,
      requestIds,
      called,
      returned: outcome.end === 'unknown' ? undefined : world.now,
      end: outcome.end,
      answer: outcome.end === 'ok' ? outcome.answer : undefined,
      code,
      message: outcome.end === 'refused' ? outcome.message : undefined,
    })
    return outcome
  }
}

export const operatorActor: Actor = Object.freeze({
  userId: 'operator',
  projectId: null,
  domainId: null,
  roles: ['admin'],
  system: true,
})

const transient: ReadonlySet<string> = new Set([
  'unavailable',
  'overloaded',
  'closed',
  'stale',
  'aborted',
])

/** True if the same call may end otherwise if made again: a revision once passed stays so. */
function isTransient({ code, field }: CloudError): boolean {
  return transient.has(code) && !(code === 'stale' && field === 'expectedRev')
}

function asCloudError(error: unknown): CloudError {
  if (isCloudError(error)) return error
  return new CloudError('internal', `No CloudError was thrown: ${String(error)}`, { cause: error })
}

function detail(error: CloudError): string {
  const { cause } = error
  const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return `${error.message} ${why}`
}
