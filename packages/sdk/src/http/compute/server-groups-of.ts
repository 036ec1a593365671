import { portList, portUpdate, securityGroupGet, securityGroupList } from '@nephos/core'
import { securityGroupArguments } from '../../wire/compute/server-action.ts'
import { securityGroupBody } from '../../wire/compute/security-group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { type ServerVerb, verb } from './server-verb.ts'
import { readerOf, readServer } from './server-shape.ts'

type Asking = Exchange<never, unknown>

const most = 1_000
const operations = [portList, portUpdate, securityGroupList]

/** The group of this name or id. @throws HttpError 404. */
async function groupId(x: Asking, name: string): Promise<string> {
  const groups = await x.invoke(securityGroupList, { limit: most })
  const found = groups.find(({ id }) => id === name) ?? groups.find((one) => one.name === name)
  if (found) return found.id
  throw new HttpError(404, `Security group ${name} not found.`, { field: 'name' })
}

/** Gives all ports of a server other groups: those that have them already are left alone. */
async function changeGroups(
  x: Asking,
  serverId: string,
  change: (ids: readonly string[]) => readonly string[],
): Promise<Reply> {
  await readServer(x, serverId)
  const ports = await x.invokeAs(readerOf(x), portList, { deviceId: serverId, limit: most })
  for (const { id, securityGroupIds } of ports) {
    const next = change(securityGroupIds)
    if (next.length === securityGroupIds.length) continue
    await x.invokeAny(portUpdate, { id, securityGroupIds: [...next] }, { step: id })
  }
  return nothing
}

/** Security groups of a server's ports, as actions. */
export const groupActions: Readonly<Record<string, ServerVerb<never>>> = {
  addSecurityGroup: verb({
    arguments: securityGroupArguments,
    operations,
    run: async (x, id, { name }) => {
      const group = await groupId(x, name)
      return changeGroups(x, id, (ids) => (ids.includes(group) ? ids : [...ids, group]))
    },
  }),
  removeSecurityGroup: verb({
    arguments: securityGroupArguments,
    operations,
    run: async (x, id, { name }) => {
      const group = await groupId(x, name)
      return changeGroups(x, id, (ids) => ids.filter((own) => own !== group))
    },
  }),
}

/** Security groups of a server (api-ref: `os-security-groups`). */
export const groupsOfServer: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.servers.securityGroups',
    method: 'GET',
    path: '/servers/{server_id}/os-security-groups',
    summary: 'Lists the security groups of a server.',
    access: 'token',
    operations: [portList, securityGroupGet],
    status: 200,
    async run(x) {
      const id = x.param('server_id')
      await readServer(x, id)
      const ports = await x.invokeAs(readerOf(x), portList, { deviceId: id, limit: most })
      const ids = [...new Set(ports.flatMap(({ securityGroupIds }) => securityGroupIds))]
      const groups = await Promise.all(
        ids.map((one) => x.invokeAs(readerOf(x), securityGroupGet, { id: one })),
      )
      return json({ security_groups: groups.map((group) => securityGroupBody(group)) })
    },
  }),
]
