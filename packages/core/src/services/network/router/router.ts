import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import { shown } from '../../../model/kind.ts'
import { type Router, routerKind, routerStatuses } from '../../../model/network/router.ts'
import type { Call } from '../../call.ts'
import { fetchOne } from '../../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../../fields.ts'
import { given } from '../../given.ts'
import { defineOperation } from '../../operation.ts'
import { listPage } from '../../page.ts'
import { chargeQuota } from '../../quota.ts'
import { ownerOf, requireOperator, requireRev, requireRoom } from '../access.ts'
import { planConfigure } from '../configure/plan-configure.ts'
import { expectedRevField, fixedIpsField, ownerField } from '../fields.ts'
import { type GatewayChange, planGateway } from './gateway.ts'
import { routesField } from './routes.ts'
import { requireApart, requireRoutes } from './rules.ts'
import { commitRouter, requireStaying } from './write.ts'

const gatewayField = z.strictObject({
  /** An external network. */
  networkId: idField,
  /** False, for operators: what leaves keeps its own address. */
  enableSnat: z.boolean().default(true),
  /** For operators; one address of each IP version when absent. */
  fixedIps: fixedIpsField.min(1).optional(),
})

const createInput = z.strictObject({
  name: nameField.or(z.literal('')).default(''),
  description: descriptionField.default(''),
  adminStateUp: z.boolean().default(true),
  externalGateway: gatewayField.nullable().default(null),
  tags: tagsField.default([]),
  projectId: ownerField,
})

export const routerCreate = defineOperation({
  id: 'network.router.create',
  summary: 'Creates a router without interfaces.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<Router> => {
    const { kernel } = call
    const { externalGateway: ask, ...fields } = input
    const projectId = ownerOf(call, input.projectId)
    requireGatewayRights(call, ask)
    await requireRoom(kernel, projectId, { routers: 1 })
    const at = kernel.clock.now()
    const bare: Router = {
      ...fields,
      ...{ id: kernel.ids.next(), rev: 1, projectId, status: 'BUILD', externalGateway: null },
      ...{ interfaces: [], routes: [], generation: 1, observed: 0, createdAt: at, updatedAt: at },
    }
    const writes = new Writes()
    const change = await planGateway(call, writes, bare, ask)
    return settled(change, async (router) => {
      requireApart(router, 'externalGateway')
      chargeQuota(writes, projectId, { routers: 1 })
      planConfigure(call, writes, [{ type: 'router', id: router.id, revision: 1 }])
      await call.commit(writes.insert(routerKind, router), [router.id], router)
      return router
    })
  },
})

/** @throws CloudError `forbidden`: how a router appears outside is for operators. */
function requireGatewayRights(call: Call, ask: z.infer<typeof gatewayField> | null): void {
  if (ask?.enableSnat === false) requireOperator(call, 'externalGateway.enableSnat')
  if (ask?.fixedIps !== undefined) requireOperator(call, 'externalGateway.fixedIps')
}

async function settled<O>(
  { port, router }: GatewayChange,
  commit: (router: Router) => Promise<O>,
): Promise<O> {
  try {
    const answer = await commit(router)
    port?.settled()
    return answer
  } catch (error) {
    port?.release()
    throw error
  }
}

const getInput = z.strictObject({ id: idField })

export const routerGet = defineOperation({
  id: 'network.router.get',
  summary: 'Shows a router with its interfaces, gateway and routes.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof getInput>): Promise<Router> =>
    shown(await fetchOne(call, routerKind, input.id)),
})

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  networkId: idField.optional(),
  subnetId: idField.optional(),
  status: z.enum(routerStatuses).optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const routerList = defineOperation({
  id: 'network.router.list',
  summary: 'Lists the routers of the project, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<Router[]> => {
    const { system, projectId } = call.actor
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    const page = await listPage(call, routerKind, query, input, (row) => matches(row, input))
    return page.map(shown)
  },
})

function matches(row: Router, input: z.infer<typeof listInput>): boolean {
  const { name, networkId, subnetId, status, tag } = input
  const { externalGateway, interfaces } = row
  return (
    (name === undefined || row.name === name) &&
    (status === undefined || row.status === status) &&
    (tag === undefined || row.tags.includes(tag)) &&
    (subnetId === undefined || interfaces.some((one) => one.subnetId === subnetId)) &&
    (networkId === undefined ||
      externalGateway?.networkId === networkId ||
      interfaces.some((one) => one.networkId === networkId))
  )
}

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  adminStateUp: z.boolean().optional(),
  /** Null = no longer leads out. */
  externalGateway: gatewayField.nullable().optional(),
  /** The whole list. */
  routes: routesField.optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export const routerUpdate = defineOperation({
  id: 'network.router.update',
  summary: 'Changes a router: its gateway, its routes, whether it forwards.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<Router> => {
    const { id, expectedRev, externalGateway: ask, ...patch } = input
    const before = await fetchOne(call, routerKind, id)
    requireRev(before, expectedRev)
    requireStaying(before)
    const { externalGateway: known } = before
    if (ask?.enableSnat !== known?.enableSnat || ask?.fixedIps !== undefined)
      requireGatewayRights(call, ask ?? null)
    const writes = new Writes()
    const patched: Router = { ...before, ...given(patch) }
    const change =
      ask === undefined ? { router: patched } : await planGateway(call, writes, patched, ask)
    return settled(change, (router) => {
      requireApart(router, 'externalGateway')
      if (input.routes) requireRoutes(router, 'invalid', 'routes')
      else if (ask !== undefined) requireRoutes(router, 'conflict', 'externalGateway')
      return commitRouter(call, writes, router)
    })
  },
})

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const routerDelete = defineOperation({
  id: 'network.router.delete',
  summary: 'Deletes a router without interfaces; its gateway goes with it.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const before = await fetchOne(call, routerKind, input.id)
    if (before.status === 'DELETING') return null
    requireRev(before, input.expectedRev)
    if (before.interfaces.length > 0) {
      throw new CloudError('conflict', `The router has ${before.interfaces.length} interfaces.`, {
        field: 'id',
        detail: { interfaces: before.interfaces.length },
      })
    }
    const writes = new Writes()
    const { router } = await planGateway(call, writes, { ...before, routes: [] }, null)
    const generation = router.generation + 1
    const at = call.kernel.clock.now()
    const row = { ...router, status: 'DELETING' as const, generation, updatedAt: at }
    planConfigure(call, writes, [{ type: 'router', id: row.id, revision: generation }])
    await call.commit(writes.update(routerKind, row), [row.id], null)
    return null
  },
})
