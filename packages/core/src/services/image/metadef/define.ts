import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { Writes } from '../../../commit/writes.ts'
import { metadefKind, metadefLimits, type MetadefNamespace } from '../../../model/image/metadef.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { defineOperation } from '../../operation.ts'
import {
  definitionField,
  type MetadefPart,
  metadefParts,
  requireBounded,
  valueOf,
} from './definition.ts'
import { metadefNameField, operator } from './fields.ts'
import { fetchNamespace, requireUnprotected } from './namespace.ts'

/**
 * @throws CloudError `conflict` for a name that is taken; `notFound` for one that is to be changed
 *   and is not there; `quotaExceeded` for more than a namespace takes.
 */
export const metadefDefine = defineOperation({
  id: 'image.metadef.define',
  summary: 'Defines something in a namespace, or defines it anew.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    namespace: metadefNameField,
    name: metadefNameField,
    definition: definitionField,
    /** What it is called so far, when it is to be changed; absent: it is new. */
    replaces: metadefNameField.optional(),
  }),
  run: async (call, input): Promise<MetadefNamespace> => {
    const { name, definition, replaces } = input
    const before = await fetchNamespace(call, input.namespace)
    const { part } = definition
    const known: Readonly<Record<string, unknown>> = before[part]
    if (replaces !== undefined && !Object.hasOwn(known, replaces)) throw notFound(part, 'replaces')
    if (name !== replaces && Object.hasOwn(known, name)) {
      throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
    }
    const at = call.kernel.clock.now()
    const { [replaces ?? name]: old, ...others } = known
    const createdAt = (old as { readonly createdAt?: number } | undefined)?.createdAt ?? at
    const value = valueOf(definition, createdAt, at)
    return commitPart(call, before, part, { ...others, [name]: value })
  },
})

/** @throws CloudError `notFound` for a name not there; `forbidden` while it is protected. */
export const metadefUndefine = defineOperation({
  id: 'image.metadef.undefine',
  summary: 'Takes a definition, or all of a part, from a namespace.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    namespace: metadefNameField,
    part: z.enum(metadefParts),
    /** All of the part when absent. */
    name: metadefNameField.optional(),
  }),
  run: async (call, { namespace, part, name }): Promise<MetadefNamespace> => {
    const before = await fetchNamespace(call, namespace)
    requireUnprotected(before)
    if (name === undefined) return commitPart(call, before, part, {})
    const known: Readonly<Record<string, unknown>> = before[part]
    if (!Object.hasOwn(known, name)) throw notFound(part, 'name')
    const { [name]: _, ...others } = known
    return commitPart(call, before, part, others)
  },
})

/** @throws CloudError `quotaExceeded` for more than a namespace takes. */
export const metadefTag = defineOperation({
  id: 'image.metadef.tag',
  summary: 'Says which tags a namespace has, or gives it more.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    namespace: metadefNameField,
    names: z.array(metadefNameField).max(metadefLimits.parts),
    /** True: those that it has stay. */
    append: z.boolean().default(false),
  }),
  run: async (call, { namespace, names, append }): Promise<MetadefNamespace> => {
    const before = await fetchNamespace(call, namespace)
    if (!append) requireUnprotected(before)
    const at = call.kernel.clock.now()
    const added = Object.fromEntries(names.map((name) => [name, before.tags[name] ?? at]))
    return commitPart(call, before, 'tags', { ...(append && before.tags), ...added })
  },
})

async function commitPart(
  call: Call,
  before: MetadefNamespace,
  part: MetadefPart,
  values: Readonly<Record<string, unknown>>,
): Promise<MetadefNamespace> {
  const row = { ...before, [part]: values, updatedAt: call.kernel.clock.now() }
  requireBounded(row)
  const answer = { ...row, rev: before.rev + 1 }
  await call.commit(new Writes().update(metadefKind, row), [row.id], answer)
  return answer
}
