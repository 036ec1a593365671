import type { Server } from '@nephos/core'
import type { RunEnd } from './run.ts'

/** What is wrong with a world at rest, whatever has happened in it. */
export async function unrest(end: RunEnd): Promise<string[]> {
  const { world, ledger } = end.parts
  const wrong = end.findings.map((finding) => `audit: ${JSON.stringify(finding)}`)
  if (end.error !== undefined) wrong.push(`the deed ended: ${causeOf(end.error)}`)
  for (const work of ledger.rows('work')) wrong.push(`work is left: ${JSON.stringify(work)}`)
  for (const { serverId } of world.hosts.runningTwice()) wrong.push(`${serverId} runs twice`)
  wrong.push(...(await wrongGuests(end)))
  return wrong
}

/** What an error is about, with what caused it. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? 'without error'
  const { cause } = error
  return `${error.message}${cause === undefined ? '' : ` (${causeOf(cause)})`}`
}

const powers: Readonly<Record<string, string>> = {
  active: 'running',
  stopped: 'stopped',
  paused: 'paused',
  suspended: 'suspended',
  rescued: 'running',
  shelved: 'stopped',
}

/** Guests that no server wants, and servers without the guest that they tell of. */
async function wrongGuests({ parts }: RunEnd): Promise<string[]> {
  const { world, ledger } = parts
  const wrong: string[] = []
  const { guests, silent } = await world.hosts.observe(ledger.rows('host').map(({ id }) => id))
  if (silent.length > 0) wrong.push(`${silent.length} hosts are silent`)
  const servers = new Map(ledger.rows<Server>('server').map((server) => [server.id, server]))
  const seen = new Set<string>()
  for (const { serverId, hostId, power } of guests) {
    const server = servers.get(serverId)
    const isOld = server?.resize?.hostId === hostId
    if (!server || (server.hostId !== hostId && !isOld)) {
      wrong.push(`an orphan: ${serverId} on ${hostId}`)
      continue
    }
    if (server.hostId !== hostId) continue
    seen.add(serverId)
    const wanted = powers[server.vmState]
    if (wanted !== undefined && wanted !== power) {
      wrong.push(`${serverId} is ${server.vmState} and its guest ${power}`)
    }
  }
  for (const { id, vmState } of servers.values()) {
    if (powers[vmState] !== undefined && !seen.has(id)) wrong.push(`${id} has no guest`)
  }
  return wrong
}
