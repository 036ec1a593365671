import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import { type Router, routerKind } from '../../../model/network/router.ts'
import type { HostRoute } from '../../../model/network/subnet.ts'
import type { Call } from '../../call.ts'
import { fetchOne } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { defineOperation } from '../../operation.ts'
import { addressField, cidrField } from '../fields.ts'
import { requireRoutes } from './rules.ts'
import { commitRouter, requireStaying } from './write.ts'

export const routesField = z
  .array(z.strictObject({ destination: cidrField, nexthop: addressField }))
  .max(limits.routerRoutes)

const changeInput = z.strictObject({ id: idField, routes: routesField.min(1) })

type ChangeInput = z.infer<typeof changeInput>

export const routerAddRoutes = defineOperation({
  id: 'network.router.addRoutes',
  summary: 'Adds extra routes, whatever others do to the list; those there already stay.',
  policy: { scope: 'any', role: 'member' },
  input: changeInput,
  mutates: true,
  run: (call: Call, input: ChangeInput): Promise<Router> =>
    changeRoutes(call, input, (routes, asked) => [
      ...routes,
      ...asked.filter((route) => !routes.some((other) => isSame(route, other))),
    ]),
})

export const routerRemoveRoutes = defineOperation({
  id: 'network.router.removeRoutes',
  summary:
    'Removes extra routes, whatever others do to the list; those not there are gone already.',
  policy: { scope: 'any', role: 'member' },
  input: changeInput,
  mutates: true,
  run: (call: Call, input: ChangeInput): Promise<Router> =>
    changeRoutes(call, input, (routes, asked) =>
      routes.filter((route) => !asked.some((other) => isSame(route, other))),
    ),
})

async function changeRoutes(
  call: Call,
  input: ChangeInput,
  change: (routes: readonly HostRoute[], asked: readonly HostRoute[]) => readonly HostRoute[],
): Promise<Router> {
  const before = await fetchOne(call, routerKind, input.id)
  requireStaying(before)
  const router = { ...before, routes: change(before.routes, input.routes) }
  requireRoutes(router, 'invalid', 'routes')
  return commitRouter(call, new Writes(), router)
}

function isSame(a: HostRoute, b: HostRoute): boolean {
  return a.destination === b.destination && a.nexthop === b.nexthop
}
