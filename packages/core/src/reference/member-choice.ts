import type { MemberConfig, PoolConfig } from '../ports/balancer-driver.ts'
import type { BalancedRequest } from './balancer-routing.ts'

/** Which member of a pool takes the next request, as its algorithm and its persistence say. */
export class MemberChoice {
  /** Requests that each member had, by its id: the fairest next one has least for its weight. */
  readonly #taken = new Map<string, number>()
  /** By pool and client: the member that it came to first. */
  readonly #sticky = new Map<string, string>()

  /** @param members those that are up, at least one. */
  pick(pool: PoolConfig, members: readonly MemberConfig[], request: BalancedRequest): MemberConfig {
    const client = clientOf(pool, request)
    const key = `${pool.id} ${client ?? ''}`
    const kept = members.find(({ id }) => id === this.#sticky.get(key))
    const member = (client !== undefined && kept) || this.#choose(pool, members, request)
    if (client !== undefined) this.#sticky.set(key, member.id)
    this.#taken.set(member.id, (this.#taken.get(member.id) ?? 0) + 1)
    return member
  }

  #choose(
    { algorithm }: PoolConfig,
    members: readonly MemberConfig[],
    { source = '', sourcePort = 0 }: BalancedRequest,
  ): MemberConfig {
    const [first] = members as [MemberConfig]
    if (algorithm === 'SOURCE_IP' || algorithm === 'SOURCE_IP_PORT') {
      const text = algorithm === 'SOURCE_IP' ? source : `${source} ${sourcePort}`
      const total = members.reduce((sum, { weight }) => sum + weight, 0)
      let left = hash(text) % total
      return members.find(({ weight }) => (left -= weight) < 0) ?? first
    }
    const load = ({ id, weight }: MemberConfig): number => (this.#taken.get(id) ?? 0) / weight
    return members.reduce((best, member) => (load(member) < load(best) ? member : best), first)
  }
}

/** What makes two requests those of one client; undefined = nothing does. */
function clientOf({ persistence }: PoolConfig, request: BalancedRequest): string | undefined {
  switch (persistence?.type) {
    case undefined:
      return undefined
    case 'SOURCE_IP':
      return request.source
    case 'HTTP_COOKIE':
      return request.cookies?.['SRV']
    case 'APP_COOKIE':
      return request.cookies?.[persistence.cookieName ?? '']
  }
}

/** FNV-1a of 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  return value >>> 0
}
