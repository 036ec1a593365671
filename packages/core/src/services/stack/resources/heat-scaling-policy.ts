import { limits } from '../../../base/limits.ts'
import { templateError, within } from '../template/error.ts'
import { rowOnly } from './each.ts'
import { textOf } from './property.ts'
import type { ResourceType } from './type.ts'

export const scalingPolicyName = 'OS::Heat::ScalingPolicy'

/** A signal to it makes a group larger or smaller. */
export const heatScalingPolicy: ResourceType = {
  name: scalingPolicyName,
  summary: 'Makes a group larger or smaller when it is signalled.',
  properties: {
    auto_scaling_group_id: { type: 'string', required: true },
    adjustment_type: {
      type: 'string',
      required: true,
      updatable: true,
      allowed: ['change_in_capacity', 'exact_capacity', 'percent_change_in_capacity'],
    },
    scaling_adjustment: {
      type: 'number',
      required: true,
      updatable: true,
      min: -limits.stackResources,
      max: limits.stackResources,
    },
    /** Seconds during which another signal changes nothing. */
    cooldown: { type: 'number', default: 0, min: 0, max: 86_400, updatable: true },
    /** The least change of a percentage. */
    min_adjustment_step: { type: 'integer', min: 0, max: limits.stackResources, updatable: true },
  },
  attributes: {},
  check: (properties, path) => {
    const isPercent = textOf(properties, 'adjustment_type') === 'percent_change_in_capacity'
    if (isPercent || properties['min_adjustment_step'] === undefined) return
    throw templateError(within(path, 'min_adjustment_step'), 'is for percentages.')
  },
  create: rowOnly(() => ({})),
  update: rowOnly(() => ({})),
  signals: true,
}
