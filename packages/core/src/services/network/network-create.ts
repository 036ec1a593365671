import { Writes } from '../../commit/writes.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import type { Call } from '../call.ts'
import { chargeQuota, unlimited } from '../quota.ts'
import { requireOperator, requireRoom } from './access.ts'
import { externalScope, networkScope, openCounter } from './counters.ts'
import { planQos } from './qos/network.ts'
import { defaultPolicy, requirePolicies } from './qos/use.ts'
import { chooseSegments, type SegmentAsk } from './segment.ts'
import { planEveryone } from './sharing.ts'

/** What is asked of a new network. */
export interface NetworkAsk extends Pick<
  Network,
  'name' | 'description' | 'adminStateUp' | 'shared' | 'external' | 'portSecurity' | 'mtu' | 'tags'
> {
  /** Where it stands in the input, with its dot: `networks[3].`; empty for a single one. */
  readonly path: string
  readonly dnsDomain?: string | undefined
  readonly qosPolicyId?: string | null | undefined
  readonly provider?: SegmentAsk['provider']
}

/**
 * Makes networks in one commit: all of them or none. A constant number of statements, whatever the
 * number of those that are the project's alone and ask for no segment.
 *
 * @throws CloudError `quotaExceeded`, `forbidden`, `conflict`, `invalid`, `notFound` with the
 *   field.
 */
export async function createNetworks<O>(
  call: Call,
  projectId: string,
  asks: readonly NetworkAsk[],
  shape: (networks: Network[]) => O,
): Promise<O> {
  const { kernel } = call
  for (const { external, path, provider, shared } of asks) {
    if (shared) requireOperator(call, `${path}shared`)
    if (external) requireOperator(call, `${path}external`)
    if (provider) requireOperator(call, `${path}provider`)
  }
  await requireRoom(kernel, projectId, { networks: asks.length })
  const policies = asks.map(({ qosPolicyId }) => qosPolicyId)
  await requirePolicies(call, projectId, policies, (at) => `${asks[at]?.path}qosPolicyId`)
  const isDefaulted = policies.includes(undefined)
  const usual = isDefaulted ? await defaultPolicy(kernel, projectId) : undefined
  const wanted = asks.map(({ path, provider }) => ({ id: kernel.ids.next(), path, provider }))
  const segments = await chooseSegments(kernel, wanted)
  const at = kernel.clock.now()
  const writes = new Writes()
  const networks = asks.map((ask, index): Network => {
    const { dnsDomain, path: _, provider: __, qosPolicyId: policyId, ...fields } = ask
    const qosPolicyId = policyId === undefined ? usual : (policyId ?? undefined)
    return {
      ...fields,
      ...{ id: wanted[index]?.id as string, rev: 1, projectId },
      ...segments[index],
      ...(dnsDomain !== undefined && { dnsDomain }),
      ...(qosPolicyId !== undefined && { qosPolicyId }),
      ...{ status: 'ACTIVE', subnetIds: [], createdAt: at, updatedAt: at },
    }
  })
  for (const network of networks) {
    const { rev: _, ...draft } = network
    writes.insert(networkKind, draft)
    const scope = networkScope(network.id)
    openCounter(writes, scope, 'ports')
    openCounter(writes, scope, 'foreignPorts', network.shared ? unlimited : 0)
    if (network.external) openCounter(writes, externalScope(network.id), 'uses')
    planQos(call, writes, undefined, network)
    await planEveryone(kernel, writes, network, 'network', [
      ...(network.shared ? (['accessAsShared'] as const) : []),
      ...(network.external ? (['accessAsExternal'] as const) : []),
    ])
  }
  chargeQuota(writes, projectId, { networks: networks.length })
  const answer = shape(networks)
  await call.commit(
    writes,
    networks.map(({ id }) => id),
    answer,
  )
  return answer
}
