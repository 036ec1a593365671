import {
  parseInput,
  shareAccessCreate,
  shareAccessDelete,
  shareAccessGet,
  shareAccessList,
  shareExtend,
  shareShrink,
} from '@nephos/core'
import { z } from 'zod'
import { accessBody, accessInput } from '../../wire/share/access.ts'
import { actionOf, resizeInput } from '../../wire/share/share-input.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing, type Reply } from '../reply.ts'

type Action = Exchange<unknown, Record<string, unknown>>

const denied = z.strictObject({ access_id: z.string().min(1).max(255) })

/** What a share is told to do, by name. */
const actions: Readonly<Record<string, (x: Action, input: unknown) => Promise<Reply>>> = {
  async extend(x, input) {
    const { new_size: sizeGb } = parseInput(resizeInput, input)
    await x.invoke(shareExtend, { id: x.param('share_id'), sizeGb })
    return nothing
  },
  async shrink(x, input) {
    const { new_size: sizeGb } = parseInput(resizeInput, input)
    await x.invoke(shareShrink, { id: x.param('share_id'), sizeGb })
    return nothing
  },
  async allow_access(x, input) {
    const asked = parseInput(accessInput, input)
    const rule = await x.invoke(shareAccessCreate, {
      shareId: x.param('share_id'),
      type: asked.access_type,
      to: asked.access_to,
      level: asked.access_level ?? 'rw',
    })
    return json({ access: accessBody(rule, x.version) }, { status: 200 })
  },
  async deny_access(x, input) {
    const { access_id: id } = parseInput(denied, input)
    const rule = await x.invoke(shareAccessGet, { id })
    if (rule.shareId !== x.param('share_id')) {
      throw new HttpError(404, 'The share has no such access rule.', { field: 'access_id' })
    }
    await x.invoke(shareAccessDelete, { id })
    return nothing
  },
  async access_list(x) {
    if (x.version >= 45) throw new HttpError(404, 'Access rules are a resource of their own.')
    const rules = await x.invokeAny(shareAccessList, { shareId: x.param('share_id') })
    return json({ access_list: rules.map((rule) => accessBody(rule, x.version)) }, { status: 200 })
  },
}

/** Actions on shares (https://docs.openstack.org/api-ref/shared-file-system/#share-actions). */
export const shareActions: readonly EndpointRow[] = [
  endpoint({
    id: 'share.shares.action',
    method: 'POST',
    path: '/shares/{share_id}/action',
    summary: 'Extends or shrinks a share, or says who may mount it.',
    access: 'token',
    operations: [
      shareExtend,
      shareShrink,
      shareAccessCreate,
      shareAccessGet,
      shareAccessDelete,
      shareAccessList,
    ],
    body: z.record(z.string(), z.unknown()),
    status: 202,
    // What a share of this status cannot do is a bad request to this service.
    statuses: { conflict: 400 },
    async run(x) {
      const { name, input } = actionOf(x.body)
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined
      if (!action) throw new HttpError(400, `There is no action ${name.slice(0, 80)}.`)
      return await action(x, input)
    },
  }),
]
