import { overlaps, printAddress, printCidr } from '../../../base/cidr.ts'
import {
  type Address,
  addressKind,
  addressOf,
  fixedIpId,
  heldTurn,
  originOf,
  subnetIdOf,
} from '../../../model/network/address.ts'
import { floatingIpKind, floatingIpTargets } from '../../../model/network/floating-ip.ts'
import { subnetPoolKind } from '../../../model/network/subnet-pool.ts'
import { type FixedIp, heldIps, portKind } from '../../../model/network/port.ts'
import { blocksOf, isWithin } from '../../network/pool-blocks.ts'
import { type AuditKernel, concern, type Invariant, type Problem, rowRule } from '../rule.ts'

export const addresses: Invariant = {
  number: 9,
  title: 'An address and a MAC have at most one holder.',
  cause:
    'A port and the rows of its addresses were written apart. The address may be given to a ' +
    'second server while the first still answers to it, or never be given out again.',
  rules: [
    {
      type: 'subject',
      name: 'address-holder',
      concerns: [
        concern(addressKind, ({ id }) => [id]),
        concern(portKind, (port) => heldIps(port).map(fixedIpId), { onlyLive: true }),
        concern(floatingIpKind, (row) => [fixedIpId(row)], { onlyLive: true }),
      ],
      check: checkHolders,
    },
    {
      type: 'subject',
      name: 'port-addresses',
      concerns: [
        concern(portKind, ({ id }) => [id]),
        concern(addressKind, ({ portId }) => (portId === null ? [] : [portId]), {
          onlyLive: true,
        }),
      ],
      check: checkPorts,
    },
    {
      type: 'subject',
      name: 'floating-addresses',
      concerns: [
        concern(floatingIpKind, ({ id }) => [id]),
        concern(portKind, ({ floatingIpIds = [] }) => floatingIpIds, { onlyLive: true }),
        concern(addressKind, ({ portId }) => (portId === null ? [] : [portId]), {
          onlyLive: true,
        }),
      ],
      check: checkFloating,
    },
    rowRule('address-turn', addressKind, function* (row) {
      const subnetId = subnetIdOf(row)
      const held = row.turn === heldTurn(subnetId, originOf(row))
      const free = /^f\d+[sh]$/.test(row.turn.slice(subnetId.length + 1))
      if (row.portId === null ? !free : !held) yield `has the turn ${row.turn}`
    }),
    rowRule('subnetPool-blocks', subnetPoolKind, function* ({ allocations, prefixes }) {
      const blocks = blocksOf(allocations.map(({ cidr }) => cidr))
      const whole = blocksOf(prefixes)
      for (const [index, block] of blocks.entries()) {
        const text = printCidr(block)
        if (!isWithin(whole, block)) yield `gave ${text}, which it does not have`
        if (blocks.slice(0, index).some((other) => overlaps(other, block)))
          yield `gave ${text} twice`
      }
    }),
  ],
}

/** Each address that is held is listed by the port or floating IP that holds it. */
async function checkHolders(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const held = (await kernel.store.get(addressKind, ids)).filter(
    (row): row is Address & { portId: string } => row !== undefined && row.portId !== null,
  )
  if (held.length === 0) return []
  const holderIds = [...new Set(held.map(({ portId }) => portId))]
  const holders = new Map<string, readonly FixedIp[]>()
  for (const port of await kernel.store.get(portKind, holderIds)) {
    if (port) holders.set(port.id, heldIps(port))
  }
  const others = holderIds.filter((id) => !holders.has(id))
  const floating = others.length === 0 ? [] : await kernel.store.get(floatingIpKind, others)
  for (const row of floating) if (row) holders.set(row.id, [row])
  return held.flatMap((row): Problem[] => {
    const listed = holders.get(row.portId)
    if (listed && lists(listed, row)) return []
    const message = listed
      ? `its holder ${row.portId} does not list it`
      : `its holder ${row.portId} is gone`
    return [{ of: row.id, subject: `address:${row.id}`, message }]
  })
}

function lists(listed: readonly FixedIp[], row: Address): boolean {
  const { subnetId, address } = addressOf(row)
  const text = printAddress(address)
  return listed.some((one) => one.subnetId === subnetId && one.address === text)
}

/** Each port holds what it lists. */
async function checkPorts(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const ports = (await kernel.store.get(portKind, ids)).filter((row) => row !== undefined)
  const listed = ports.flatMap((port) =>
    heldIps(port).map((fixed) => ({ port, id: fixedIpId(fixed) })),
  )
  if (listed.length === 0) return []
  const rows = await kernel.store.get(
    addressKind,
    listed.map(({ id }) => id),
  )
  return listed.flatMap(({ port, id }, index): Problem[] => {
    const holder = rows[index]?.portId
    if (holder === port.id) return []
    const message =
      holder == null ? `lists ${id}, which is free` : `lists ${id}, which ${holder} holds`
    return [{ of: port.id, subject: `port:${port.id}`, message }]
  })
}

/** Each floating IP holds its address, and the ports that it stands for know of it. */
async function checkFloating(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const rows = (await kernel.store.get(floatingIpKind, ids)).filter((row) => row !== undefined)
  if (rows.length === 0) return []
  const held = await kernel.store.get(addressKind, rows.map(fixedIpId))
  const portIds = rows.flatMap((row) => floatingIpTargets(row).map(({ portId }) => portId))
  const ports = portIds.length === 0 ? [] : await kernel.store.get(portKind, portIds)
  // One that is gone is another invariant's.
  const known = new Map(
    ports.flatMap((port) => (port ? [[port.id, port.floatingIpIds] as const] : [])),
  )
  return rows.flatMap((row, index): Problem[] => {
    const subject = `floatingIp:${row.id}`
    const problems: Problem[] = []
    if (held[index]?.portId !== row.id) {
      problems.push({ of: row.id, subject, message: `does not hold ${row.address}` })
    }
    for (const { portId } of floatingIpTargets(row)) {
      if (!known.has(portId) || known.get(portId)?.includes(row.id)) continue
      problems.push({ of: row.id, subject, message: `its port ${portId} does not know of it` })
    }
    return problems
  })
}
