import { CloudError } from '../base/errors.ts'
import type { Explanation, PlacementAsk } from '../ports/scheduler.ts'

const reasonTexts: Readonly<Record<keyof Explanation['ruledOut'], string>> = {
  disabled: 'disabled',
  notListed: 'not among the hosts asked for',
  zone: 'in another zone',
  aggregate: 'outside the aggregates asked for',
  requiredTrait: 'without a required trait',
  forbiddenTrait: 'with a forbidden trait',
  group: 'ruled out by the server group',
  resources: 'too full or too small',
}

/**
 * A refusal that a person can act on: every host counted under one reason, and how many would have
 * fitted.
 */
export function explained(ask: PlacementAsk, explanation: Explanation): CloudError {
  const reasons = Object.entries(explanation.ruledOut)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reasonTexts[reason as keyof typeof reasonTexts]}`)
  const { hosts, feasibleHosts, nearestFeasible, scarcest } = explanation
  const instances = ask.min === 1 ? '1 instance' : `${ask.min} instances`
  const message = [
    `No room for ${instances}: at most ${nearestFeasible} would fit.`,
    `Of ${hosts} hosts, ${[`${feasibleHosts} could take some`, ...reasons].join('; ')}.`,
    ...(scarcest ? [`Scarcest: ${scarcest}.`] : []),
    ...groupLimit(ask, explanation),
  ].join(' ')
  return new CloudError('noValidHost', message, {
    field: 'minCount',
    limit: nearestFeasible,
    detail: { ...explanation },
  })
}

/** A strict group may be all that keeps roomy hosts from taking more. */
function groupLimit({ group }: PlacementAsk, explanation: Explanation): readonly string[] {
  if (group?.policy !== 'anti-affinity') return []
  if (explanation.feasibleHosts === 0 && explanation.ruledOut.group === 0) return []
  return [`At most ${group.maxPerHost ?? 1} per host by the server group.`]
}
