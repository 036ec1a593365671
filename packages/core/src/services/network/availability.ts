import { z } from 'zod'
import { type Network, networkKind } from '../../model/network/network.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import type { Kernel } from '../../kernel.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { subnetScope } from './counters.ts'
import { loadSubnets } from './subnet-removal.ts'
import { poolRanges } from './subnet-rules.ts'
import { rangeSize } from '../../base/cidr.ts'

/** Addresses of a subnet: how many may be given out, and how many are held. */
export interface SubnetAddresses {
  readonly subnet: Subnet
  /** In its pools; beyond 2^53 not exact. */
  readonly total: number
  /** In its pools and beside them. */
  readonly used: number
}

export interface NetworkAddresses {
  readonly id: string
  readonly network: Network
  readonly subnets: readonly SubnetAddresses[]
}

const getInput = z.strictObject({ id: idField })

export const networkAddressesGet = defineOperation({
  id: 'network.network.addresses',
  summary: 'Tells how many addresses of a network may be given out, and how many are held.',
  policy: { scope: 'system', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof getInput>): Promise<NetworkAddresses> => {
    const network = await fetchOne(call, networkKind, input.id)
    const [addresses] = await addressesOf(call.kernel, [network])
    return addresses as NetworkAddresses
  },
})

const listInput = z.strictObject({ ...pageFields })

export const networkAddressesList = defineOperation({
  id: 'network.network.listAddresses',
  summary: 'Tells the same of every network, by id.',
  policy: { scope: 'system', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<NetworkAddresses[]> =>
    addressesOf(call.kernel, await listPage(call, networkKind, {}, input)),
})

/** In two statements, whatever the number of networks. */
async function addressesOf(
  kernel: Kernel,
  networks: readonly Network[],
): Promise<NetworkAddresses[]> {
  const subnets = await loadSubnets(kernel, ...networks)
  const counters = await kernel.store.counters(subnets.map(({ id }) => subnetScope(id)))
  const used = new Map<string, number>()
  for (const { scope, value } of counters) used.set(scope, (used.get(scope) ?? 0) + value)
  const byId = new Map(
    subnets.map((subnet) => [
      subnet.id,
      { subnet, total: totalOf(subnet), used: used.get(subnetScope(subnet.id)) ?? 0 },
    ]),
  )
  return networks.map((network) => ({
    id: network.id,
    network,
    subnets: network.subnetIds.map((id) => byId.get(id) as SubnetAddresses),
  }))
}

function totalOf(subnet: Subnet): number {
  return Number(poolRanges(subnet).reduce((sum, range) => sum + rangeSize(range), 0n))
}
