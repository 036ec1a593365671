import { z } from 'zod'
import type { Kernel } from '../../kernel.ts'
import { defineOperation } from '../operation.ts'
import { zoneEnabledScope, zoneHostsScope } from './host-counters.ts'

/** An availability zone: it exists while a host is in it. */
export interface Zone {
  readonly name: string
  /** True: at least one of its hosts takes servers. */
  readonly available: boolean
  /** For system scope only. */
  readonly hosts?: number
  readonly enabledHosts?: number
}

export const zoneList = defineOperation({
  id: 'compute.zone.list',
  summary: 'Availability zones by name.',
  policy: { scope: 'any', role: 'reader' },
  input: z.strictObject({}),
  mutates: false,
  run: async (call): Promise<{ readonly zones: readonly Zone[] }> => {
    const zones = await readZones(call.kernel)
    // How large a cloud is concerns its operators only.
    const visible = call.actor.system
      ? zones
      : zones.map(({ name, available }) => ({ name, available }))
    return { zones: visible }
  },
})

/** Zones by name with their counts: one statement, whatever the number of hosts. */
export async function readZones(kernel: Kernel): Promise<Zone[]> {
  const counters = await kernel.store.counters([zoneHostsScope, zoneEnabledScope])
  const enabled = new Map(
    counters
      .filter(({ scope }) => scope === zoneEnabledScope)
      .map(({ name, value }) => [name, value]),
  )
  return counters
    .filter(({ scope, value }) => scope === zoneHostsScope && value > 0)
    .map(({ name, value }) => {
      const enabledHosts = enabled.get(name) ?? 0
      return { name, available: enabledHosts > 0, hosts: value, enabledHosts }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
