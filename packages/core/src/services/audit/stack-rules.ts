import { stackResourceKind } from '../../model/stack/resource.ts'
import {
  deployActions,
  softwareConfigKind,
  softwareDeploymentKind,
} from '../../model/stack/software.ts'
import { stackActions, stackStatuses } from '../../model/stack/stack-state.ts'
import {
  stackDefinitionKind,
  stackKind,
  stackSignalKind,
  stackSnapshotKind,
} from '../../model/stack/stack.ts'
import { workKind } from '../../model/work/work.ts'
import { type StackInput, stackProgramName } from '../stack/order.ts'
import { pointerRule } from './pointer.ts'
import { type Problem, type Rule, rowRule, type Tally, tallyPart } from './rule.ts'

/** Stacks on which something is under way, and the work that sees it through. */
const workTally: Tally = {
  prefix: 'stackWork:',
  parts: [
    tallyPart(stackKind, ({ id, status }) =>
      status === 'IN_PROGRESS' ? [{ scope: `stackWork:${id}`, name: '#stack', amount: 1 }] : [],
    ),
    tallyPart(workKind, ({ program, input }) =>
      program === stackProgramName
        ? [{ scope: `stackWork:${(input as StackInput).stackId}`, name: '#', amount: 1 }]
        : [],
    ),
  ],
}

/** A stack in progress has work: it does not stay so. */
export const stackWork: readonly Rule[] = [
  {
    type: 'sum',
    name: 'stack-work',
    tally: workTally,
    judge: async (_, page) =>
      page.flatMap(({ scope, id, sums }): Problem[] => {
        if (!sums?.has('#stack') || sums.has('#')) return []
        const message = 'is in progress, but no work is under way'
        return [{ of: scope, subject: `stack:${id}`, message }]
      }),
  },
]

export const stackPointers: readonly Rule[] = [
  pointerRule(stackKind, stackDefinitionKind, ({ definitionId, completeId }) =>
    completeId === null ? [definitionId] : [definitionId, completeId],
  ),
  pointerRule(stackDefinitionKind, stackKind, (row) => row.stackId),
  pointerRule(stackSnapshotKind, stackKind, (row) => row.stackId),
  pointerRule(stackSnapshotKind, stackDefinitionKind, (row) => row.definitionId),
  pointerRule(stackResourceKind, stackKind, (row) => row.stackId),
  pointerRule(stackSignalKind, stackResourceKind, (row) => row.resourceId),
  pointerRule(softwareDeploymentKind, softwareConfigKind, (row) => row.configId),
]

export const stackStates: readonly Rule[] = [
  rowRule('stack-state', stackKind, function* ({ action, status }) {
    if (!stackActions.includes(action)) yield `is ${action}, which is no action`
    if (!stackStatuses.includes(status)) yield `is ${status}, which is no status`
    if (action === 'DELETE' && status === 'COMPLETE') yield 'is deleted, and still there'
  }),
  rowRule('stack-resource-state', stackResourceKind, function* (row) {
    const { action, status, step, liveName, name } = row
    if (!stackActions.includes(action)) yield `is ${action}, which is no action`
    if (!stackStatuses.includes(status)) yield `is ${status}, which is no status`
    if ((status === 'IN_PROGRESS') !== (step !== null) && status !== 'FAILED')
      yield `is ${status} with the step ${String(step)}`
    if (liveName !== null && liveName !== name) yield `holds the name ${liveName}`
  }),
  rowRule('software-deployment-state', softwareDeploymentKind, function* ({ action, status, by }) {
    const isKnown = by === null || deployActions.some((known) => known === action)
    if (!isKnown) yield `is ${action}, which is no action`
    if (!stackStatuses.includes(status)) yield `is ${status}, which is no status`
  }),
]
