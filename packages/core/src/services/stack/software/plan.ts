import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Draft } from '../../../model/kind.ts'
import {
  softwareConfigScope,
  type SoftwareDeployment,
  softwareDeploymentKind,
} from '../../../model/stack/software.ts'
import { stackTopic } from '../../../model/stack/stack.ts'
import { chargeQuota } from '../../quota.ts'

type Given = Pick<
  SoftwareDeployment,
  | 'projectId'
  | 'configId'
  | 'serverId'
  | 'action'
  | 'status'
  | 'reason'
  | 'inputValues'
  | 'resourceId'
  | 'name'
  | 'by'
>

export function deploymentRow(kernel: Kernel, given: Given): Draft<SoftwareDeployment> {
  const at = kernel.clock.now()
  return {
    id: kernel.ids.next(),
    ...given,
    outputValues: {},
    derivedId: kernel.ids.next(),
    key: hex(kernel.random.bytes(keyBytes)),
    createdAt: at,
    updatedAt: at,
  }
}

/** Bytes of a key: nobody guesses it. */
const keyBytes = 32

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Writes new deployments of one configuration. */
export function planDeployments(
  writes: Writes,
  configId: string,
  rows: readonly Draft<SoftwareDeployment>[],
): void {
  const [first] = rows
  if (!first) return
  writes.insert(softwareDeploymentKind, ...rows)
  writes.add({ scope: softwareConfigScope(configId), name: 'deployments', add: rows.length })
  chargeQuota(writes, first.projectId, { softwareDeployments: rows.length })
}

export function planRemoval(writes: Writes, rows: readonly SoftwareDeployment[]): void {
  writes.remove(softwareDeploymentKind, ...rows)
  for (const { configId, projectId, by } of rows) {
    writes.add({ scope: softwareConfigScope(configId), name: 'deployments', add: -1 })
    chargeQuota(writes, projectId, { softwareDeployments: 1 }, -1)
    if (by) writes.ring(stackTopic(by.stackId))
  }
}

/** A deployment moves from one configuration to another. */
export function planMove(writes: Writes, from: string, to: string): void {
  if (from === to) return
  writes.add({ scope: softwareConfigScope(from), name: 'deployments', add: -1 })
  writes.add({ scope: softwareConfigScope(to), name: 'deployments', add: 1 })
}
