import {
  addressGroupDelete,
  floatingIpDelete,
  qosPolicyDelete,
  rbacPolicyDelete,
  type Router,
  routerDelete,
  routerRemoveInterface,
  routerUpdate,
  type Stored,
  subnetPoolDelete,
} from '@nephos/core'
import type { CrashClient } from './client.ts'

/** What was made of a kind since the world began. */
export type Made = <T extends Stored>(kind: string) => T[]

/** Floating IPs and routers go before the ports and networks that they stand on. */
export async function deleteRouting(client: CrashClient, made: Made): Promise<void> {
  for (const { id } of made('floatingIp')) await client.call(floatingIpDelete, { ids: [id] })
  for (const { id, interfaces } of made<Router>('router')) {
    await client.call(routerUpdate, { id, externalGateway: null, routes: [] })
    for (const { subnetId } of interfaces) {
      await client.call(routerRemoveInterface, { id, subnetId })
    }
    await client.call(routerDelete, { id })
  }
  for (const { id } of made('rbacPolicy')) await client.call(rbacPolicyDelete, { id })
  await client.rest()
}

/** What networks, ports and rules are made with goes after them. */
export async function deleteNetworkParts(client: CrashClient, made: Made): Promise<void> {
  for (const { id } of made('addressGroup')) await client.call(addressGroupDelete, { id })
  for (const { id } of made('subnetPool')) await client.call(subnetPoolDelete, { id })
  for (const { id } of made('qosPolicy')) await client.call(qosPolicyDelete, { id })
  await client.rest()
}
