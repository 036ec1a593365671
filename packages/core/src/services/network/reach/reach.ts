import type { Port } from '../../../model/network/port.ts'
import { judge, type Verdict } from './filter.ts'
import { type Packet, replyTo } from './packet.ts'
import { type LossReason, Walker, type WayEnd, type WayStep } from './walk.ts'
import type { ReachWorld } from './world.ts'

/** Where the question begins: at a port, or outside on an external network. */
export type Origin =
  | { readonly type: 'port'; readonly port: Port }
  | { readonly type: 'outside'; readonly networkId: string }

/** A port that judged a packet. */
export interface PortStep {
  readonly type: 'let' | 'dropped'
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  readonly source: string
  readonly destination: string
  /** The rule that let it through; null when none was needed. */
  readonly ruleId: string | null
  readonly groupId: string | null
}

export type ReachReason =
  | LossReason
  | NonNullable<Verdict['reason']>
  /** It came to another port, or to a router, or left the cloud. */
  | 'elsewhere'

export interface Reach {
  /** True: the packet arrives, and the answer comes back. */
  readonly reachable: boolean
  /** Where it fails: on the way there, or back; null when it does not. */
  readonly failsOn: 'request' | 'answer' | null
  readonly reason: ReachReason | null
  /** The rules that let it through, in order; one that is remembered is named once. */
  readonly ruleIds: readonly string[]
  /** Where the packet went. */
  readonly arrivesAt: string | null
  readonly request: readonly (WayStep | PortStep)[]
  readonly answer: readonly (WayStep | PortStep)[]
}

/** May this packet get there, and its answer back? And which rules say so? */
export async function findWay(
  world: ReachWorld,
  origin: Origin,
  packet: Packet,
  /** The port that is meant; any when absent, and outside then as well. */
  targetId?: string,
): Promise<Reach> {
  const way = new Way(world, origin, targetId)
  const failure = await way.request(packet)
  if (failure) return way.result('request', failure)
  const answer = await way.reply()
  return answer ? way.result('answer', answer) : way.result(null, null)
}

class Way {
  readonly #world: ReachWorld
  readonly #origin: Origin
  readonly #targetId: string | undefined
  readonly #walker: Walker
  readonly #there: (WayStep | PortStep)[] = []
  readonly #back: (WayStep | PortStep)[] = []
  readonly #ruleIds: string[] = []
  #left: Verdict | undefined
  #entered: Verdict | undefined
  #end: WayEnd | undefined

  constructor(world: ReachWorld, origin: Origin, targetId: string | undefined) {
    this.#world = world
    this.#origin = origin
    this.#targetId = targetId
    this.#walker = new Walker(world)
  }

  /** @returns why it does not arrive, if so. */
  async request(packet: Packet): Promise<ReachReason | undefined> {
    const origin = this.#origin
    if (origin.type === 'port') {
      this.#left = await this.#judge(this.#there, origin.port, 'egress', packet, false)
      if (this.#left.reason) return this.#left.reason
    }
    const end =
      origin.type === 'port'
        ? await this.#walker.fromPort(origin.port, packet, this.#there as WayStep[])
        : await this.#walker.fromOutside(origin.networkId, packet, this.#there as WayStep[])
    this.#end = end
    if (end.type === 'lost') return end.reason
    if (end.type === 'outside' && this.#targetId === undefined) return undefined
    if (end.type !== 'port') return 'elsewhere'
    if (this.#targetId !== undefined && end.port.id !== this.#targetId) return 'elsewhere'
    this.#entered = await this.#judge(this.#there, end.port, 'ingress', end.packet, false)
    return this.#entered.reason
  }

  /** @returns why the answer does not come back, if so. */
  async reply(): Promise<ReachReason | undefined> {
    const end = this.#end
    // Who answers outside is not the cloud's to say, but it finds its way to what it answers.
    if (end?.type !== 'port') return undefined
    const packet = replyTo(end.packet)
    const isKnown = this.#entered?.remembered ?? false
    const sent = await this.#judge(this.#back, end.port, 'egress', packet, isKnown)
    if (sent.reason) return sent.reason
    const back = await this.#walker.fromPort(end.port, packet, this.#back as WayStep[])
    if (back.type === 'lost') return back.reason
    const origin = this.#origin
    if (origin.type === 'outside') return back.type === 'outside' ? undefined : 'elsewhere'
    if (back.type !== 'port' || back.port.id !== origin.port.id) return 'elsewhere'
    const wasSent = this.#left?.remembered ?? false
    return (await this.#judge(this.#back, back.port, 'ingress', back.packet, wasSent)).reason
  }

  result(failsOn: Reach['failsOn'], reason: ReachReason | null): Reach {
    const end = this.#end
    return {
      reachable: failsOn === null,
      failsOn,
      reason,
      ruleIds: [...new Set(this.#ruleIds)],
      arrivesAt: end?.type === 'port' ? end.port.id : end?.type === 'router' ? end.routerId : null,
      request: this.#there,
      answer: this.#back,
    }
  }

  async #judge(
    steps: (WayStep | PortStep)[],
    port: Port,
    direction: 'ingress' | 'egress',
    packet: Packet,
    isAnswer: boolean,
  ): Promise<Verdict> {
    const verdict = await judge(this.#world, port, direction, packet, isAnswer)
    const { groupId = null, passes, ruleId = null } = verdict
    const { destination, source } = packet
    const type = passes ? 'let' : 'dropped'
    steps.push({ type, id: port.id, direction, source, destination, ruleId, groupId })
    if (ruleId !== null) this.#ruleIds.push(ruleId)
    return verdict
  }
}
