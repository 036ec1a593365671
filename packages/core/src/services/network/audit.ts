import { printAddress } from '../../base/cidr.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Address,
  addressKind,
  addressOf,
  fixedIpId,
  originOf,
} from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../model/network/security-group.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import type { Finding, UsageCount } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import { groupScope, networkScope, subnetScope } from './counters.ts'

/** Expected values of counters, by scope and name. */
type Sums = Map<string, Map<string, number>>

/** The network service's own invariants. */
export async function* auditNetworks(kernel: Kernel): AsyncGenerator<Finding> {
  yield* auditAddresses(kernel)
  yield* auditPorts(kernel)
}

/** Addresses have one holder each, who lists them (9); counters of subnets equal the rows (3). */
export async function* auditAddresses(kernel: Kernel): AsyncGenerator<Finding> {
  const sums: Sums = new Map()
  for await (const rows of everyRow(kernel, addressKind)) {
    const holders = await holdersOf(kernel, rows)
    for (const row of rows) {
      if (row.portId === null) continue
      const { subnetId } = addressOf(row)
      count(sums, subnetScope(subnetId), originOf(row) === 'o' ? 'outside' : 'addresses')
      const holder = holders.get(row.portId)
      if (holder && lists(holder, row)) continue
      const message = holder
        ? `its port ${row.portId} does not list it`
        : `its port ${row.portId} is gone`
      yield { invariant: 9, subject: `address:${row.id}`, message }
    }
  }
  for await (const rows of everyRow(kernel, subnetKind)) {
    yield* checkCounters(
      kernel,
      sums,
      rows.map((row) => subnetScope(row.id)),
      ['addresses', 'outside'],
    )
  }
  yield* checkLeft(sums)
}

async function holdersOf(
  kernel: Kernel,
  rows: readonly Address[],
): Promise<ReadonlyMap<string, Port>> {
  const ids = [...new Set(rows.flatMap((row) => row.portId ?? []))]
  if (ids.length === 0) return new Map()
  const ports = await kernel.store.get(portKind, ids)
  return new Map(ports.flatMap((port) => (port ? [[port.id, port] as const] : [])))
}

function lists(port: Port, row: Address): boolean {
  const { subnetId, address } = addressOf(row)
  const text = printAddress(address)
  return port.fixedIps.some((one) => one.subnetId === subnetId && one.address === text)
}

/** Ports hold what they list (9); counters of networks and security groups equal the rows (3). */
export async function* auditPorts(kernel: Kernel): AsyncGenerator<Finding> {
  const sums: Sums = new Map()
  const owners = new Map<string, string>()
  for await (const rows of everyRow(kernel, networkKind)) {
    for (const row of rows) owners.set(row.id, row.projectId)
  }
  for await (const ports of everyRow(kernel, portKind)) {
    yield* checkFixedIps(kernel, ports)
    for (const port of ports) {
      const scope = networkScope(port.networkId)
      count(sums, scope, 'ports')
      if (owners.get(port.networkId) !== port.projectId) count(sums, scope, 'foreignPorts')
      for (const id of port.securityGroupIds) count(sums, groupScope(id), 'ports')
    }
  }
  for await (const rules of everyRow(kernel, securityGroupRuleKind)) {
    for (const { groupId, remoteGroupId } of rules) {
      count(sums, groupScope(groupId), 'rules')
      if (remoteGroupId !== null && remoteGroupId !== groupId) {
        count(sums, groupScope(remoteGroupId), 'references')
      }
    }
  }
  for await (const rows of everyRow(kernel, networkKind)) {
    yield* checkCounters(
      kernel,
      sums,
      rows.map((row) => networkScope(row.id)),
      ['ports', 'foreignPorts'],
    )
  }
  for await (const rows of everyRow(kernel, securityGroupKind)) {
    const scopes = rows.map((row) => groupScope(row.id))
    yield* checkCounters(kernel, sums, scopes, ['ports', 'references', 'rules'])
  }
  yield* checkLeft(sums)
}

async function* checkFixedIps(kernel: Kernel, ports: readonly Port[]): AsyncGenerator<Finding> {
  const listed = ports.flatMap((port) =>
    port.fixedIps.map((fixed) => ({ port, id: fixedIpId(fixed) })),
  )
  if (listed.length === 0) return
  const rows = await kernel.store.get(
    addressKind,
    listed.map(({ id }) => id),
  )
  for (const [index, { port, id }] of listed.entries()) {
    const holder = rows[index]?.portId
    if (holder === port.id) continue
    const message =
      holder == null ? `lists ${id}, which is free` : `lists ${id}, which ${holder} holds`
    yield { invariant: 9, subject: `port:${port.id}`, message }
  }
}

function count(sums: Sums, scope: string, name: string): void {
  const names = sums.get(scope) ?? new Map<string, number>()
  sums.set(scope, names)
  names.set(name, (names.get(name) ?? 0) + 1)
}

/** Compares the counters of scopes that exist, and strikes them from the sums. */
async function* checkCounters(
  kernel: Kernel,
  sums: Sums,
  scopes: readonly string[],
  names: readonly string[],
): AsyncGenerator<Finding> {
  const values = new Map<string, number>()
  for (const { scope, name, value } of await kernel.store.counters(scopes)) {
    values.set(`${scope} ${name}`, value)
  }
  for (const scope of scopes) {
    const expected = sums.get(scope)
    sums.delete(scope)
    for (const name of names) {
      const value = values.get(`${scope} ${name}`)
      const sum = expected?.get(name) ?? 0
      if (value === sum) continue
      const is = value === undefined ? 'is absent' : `is ${value}`
      yield {
        invariant: 3,
        subject: `counter:${scope} ${name}`,
        message: `${is}, the rows add up to ${sum}`,
      }
    }
  }
}

/** What is left belongs to nothing that exists. */
function* checkLeft(sums: Sums): Generator<Finding> {
  for (const [scope, names] of sums) {
    for (const [name, sum] of names) {
      yield {
        invariant: 14,
        subject: `counter:${scope} ${name}`,
        message: `${sum} rows refer to what is gone`,
      }
    }
  }
}

/** What rows of the network service use of their projects' quotas. */
export const countNetworkUsage: UsageCount = async (kernel, add) => {
  const kinds = { networks: networkKind, subnets: subnetKind, ports: portKind } as const
  for (const [name, kind] of Object.entries(kinds)) {
    for await (const rows of everyRow<{ id: string; rev: number; projectId: string }>(
      kernel,
      kind,
    )) {
      for (const row of rows) add(row.projectId, name, 1)
    }
  }
  for await (const groups of everyRow(kernel, securityGroupKind)) {
    for (const group of groups) if (!group.isDefault) add(group.projectId, 'securityGroups', 1)
  }
  for await (const rules of everyRow(kernel, securityGroupRuleKind)) {
    for (const rule of rules) if (rule.charged) add(rule.projectId, 'securityGroupRules', 1)
  }
}
