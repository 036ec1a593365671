import type { Kernel } from '../src/kernel.ts'
import type { Network } from '../src/model/network/network.ts'
import type { Port } from '../src/model/network/port.ts'
import type { Router } from '../src/model/network/router.ts'
import type { Subnet } from '../src/model/network/subnet.ts'
import { networkCreate } from '../src/services/network/network.ts'
import { portCreate } from '../src/services/network/port.ts'
import { routerAddInterface } from '../src/services/network/router/interface.ts'
import { routerCreate } from '../src/services/network/router/router.ts'
import { subnetCreate } from '../src/services/network/subnet.ts'
import { invoke } from '../src/services/operation.ts'
import { memberOf, networkKernel, newNetwork, openProject, operator } from './network-kernel.ts'
import { configureNow } from './network-work.ts'

export interface Routing {
  readonly kernel: Kernel
  /** Of project `ops`: 203.0.113.0/24. */
  readonly outside: Network
  readonly outer: Subnet
  /** Of project `p1`: 10.0.0.0/24 and 10.0.1.0/24. */
  readonly inside: Network
  readonly subnets: readonly [Subnet, Subnet]
  /** Of project `p1`, on the first subnet, and outside. */
  readonly router: Router
}

export const p1 = memberOf('p1')
export const p2 = memberOf('p2')

/** An external network, a network of a project, and a router between them that is up. */
export async function routing(
  quotas: Parameters<typeof openProject>[2] = {},
  outerCidr = '203.0.113.0/24',
): Promise<Routing> {
  const { kernel } = await networkKernel()
  await openProject(kernel, 'p1', quotas)
  await openProject(kernel, 'p2')
  await openProject(kernel, 'ops')
  const input = { name: 'outside', external: true, projectId: 'ops' }
  const outside = await invoke(kernel, operator, networkCreate, input)
  const outer = await invoke(kernel, operator, subnetCreate, {
    networkId: outside.id,
    cidr: outerCidr,
  })
  const { network: inside, subnets } = await newNetwork(kernel, ['10.0.0.0/24', '10.0.1.0/24'])
  const made = await invoke(kernel, p1, routerCreate, {
    externalGateway: { networkId: outside.id },
  })
  const [first, second] = subnets as [Subnet, Subnet]
  const router = await invoke(kernel, p1, routerAddInterface, {
    id: made.id,
    subnetId: first.id,
  })
  await configureNow(kernel)
  return { kernel, outside, outer, inside, subnets: [first, second], router }
}

/** Ports of `p1` on the subnet that is routed. */
export async function newPort(
  { inside, kernel, subnets }: Routing,
  subnet = subnets[0],
): Promise<Port> {
  const input = { networkId: inside.id, fixedIps: [{ subnetId: subnet.id }] }
  return invoke(kernel, p1, portCreate, input)
}
