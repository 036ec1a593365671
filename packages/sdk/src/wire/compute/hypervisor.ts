import type { Host, HostLoad, Inventory } from '@nephos/core'

/** What is told of a host in every form. */
export function hypervisorSummary(host: Host, version: number): Record<string, unknown> {
  return {
    id: version >= 53 ? host.id : (host.number ?? 0),
    hypervisor_hostname: host.name,
    state: host.forcedDown ? 'down' : 'up',
    status: host.enabled ? 'enabled' : 'disabled',
  }
}

/** A host as `GET /os-hypervisors/detail` shows it. Of what it is made, the cloud is not told. */
export function hypervisorBody(
  host: Host,
  load: HostLoad | undefined,
  version: number,
): Record<string, unknown> {
  const cpu = { arch: '', model: '', vendor: '', features: [], topology: {} }
  return {
    ...hypervisorSummary(host, version),
    hypervisor_type: 'nephos',
    hypervisor_version: 1_000,
    host_ip: '127.0.0.1',
    service: {
      id: version >= 53 ? host.id : (host.number ?? 0),
      host: host.name,
      disabled_reason: host.disabledReason,
    },
    ...(version < 88 && {
      ...sizes(load?.classes ?? {}),
      running_vms: load?.servers ?? 0,
      current_workload: 0,
      cpu_info: version >= 28 ? cpu : JSON.stringify(cpu),
    }),
    ...(version >= 88 && { uptime: null }),
  }
}

interface Classes {
  readonly [name: string]: Inventory & { readonly used: number }
}

function sizes(classes: Classes): Record<string, number> {
  const total = (name: string): number => classes[name]?.total ?? 0
  const used = (name: string): number => classes[name]?.used ?? 0
  return {
    vcpus: total('VCPU'),
    vcpus_used: used('VCPU'),
    memory_mb: total('MEMORY_MB'),
    memory_mb_used: used('MEMORY_MB'),
    free_ram_mb: total('MEMORY_MB') - used('MEMORY_MB'),
    local_gb: total('DISK_GB'),
    local_gb_used: used('DISK_GB'),
    free_disk_gb: total('DISK_GB') - used('DISK_GB'),
    disk_available_least: total('DISK_GB') - used('DISK_GB'),
  }
}

/** The sums over the enabled hosts. */
export function statisticsBody(loads: readonly HostLoad[]): object {
  const sums: Record<string, number> = sizes({})
  let running = 0
  for (const { classes, servers } of loads) {
    running += servers
    for (const [name, value] of Object.entries(sizes(classes))) {
      sums[name] = (sums[name] ?? 0) + value
    }
  }
  return {
    hypervisor_statistics: {
      count: loads.length,
      ...sums,
      running_vms: running,
      current_workload: 0,
    },
  }
}
