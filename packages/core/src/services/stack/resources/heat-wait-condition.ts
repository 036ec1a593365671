import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { stackSignalKind } from '../../../model/stack/stack.ts'
import { each, rowOnly } from './each.ts'
import { numberOf, textOf } from './property.ts'
import type { ResourceType, Verb } from './type.ts'

/** What servers signal, when what runs on them is ready. */
export const heatWaitConditionHandle: ResourceType = {
  name: 'OS::Heat::WaitConditionHandle',
  summary: 'Takes signals from what runs on servers.',
  properties: { signal_transport: { type: 'string', updatable: true } },
  attributes: {},
  create: rowOnly(() => ({})),
  update: rowOnly(() => ({})),
  signals: true,
}

const waiting: Verb = each(async (work, row) => {
  const properties = row.target as JsonMap
  const handle = textOf(properties, 'handle') as string
  const signals = await work.kernel.store.query(stackSignalKind, {
    index: 'byResource',
    equals: [handle],
    limit: limits.stackSignals,
  })
  const own = signals.filter(({ stackId }) => stackId === work.stack.id)
  const failed = own.find(({ status }) => status === 'FAILURE')
  if (failed) return { state: 'failed', reason: `Signalled a failure: ${failed.reason}` }
  const count = numberOf(properties, 'count') ?? 1
  if (own.length >= count) {
    const data = Object.fromEntries(own.map((signal) => [signal.name, signal.data]))
    return { state: 'done', physicalId: row.id, attributes: { data: JSON.stringify(data) } }
  }
  const timeoutMs = (numberOf(properties, 'timeout') ?? 0) * 1_000
  if (work.kernel.clock.now() - row.since >= timeoutMs) {
    return { state: 'failed', reason: `Timed out with ${own.length} of ${count} signals.` }
  }
  return { state: 'pending', physicalId: row.id }
})

/** Waits until its handle has had so many signals. */
export const heatWaitCondition: ResourceType = {
  name: 'OS::Heat::WaitCondition',
  summary: 'Waits for signals.',
  properties: {
    handle: { type: 'string', required: true },
    timeout: { type: 'integer', required: true, min: 1, max: 43_200 },
    count: { type: 'integer', default: 1, min: 1, max: limits.stackSignals },
  },
  attributes: { data: 'What the signals said, as JSON by their names.' },
  create: waiting,
  poll: waiting,
}
