import type { ServerDetails } from '@nephos/core'
import type { Body } from './server.ts'

const states: Readonly<Record<string, string>> = {
  active: 'running',
  rescued: 'running',
  resized: 'running',
  paused: 'paused',
  suspended: 'suspended',
  stopped: 'shutdown',
  shelved: 'shutdown',
  error: 'crashed',
}

/**
 * How a guest is: a form of its driver's before 2.48, one for all from then on. What its host does
 * not measure is null.
 */
export function diagnosticsBody(server: ServerDetails, version: number): Body {
  const { flavor, addresses, volumes, vmState } = server
  const macs = [...new Set(addresses.map(({ mac }) => mac))]
  if (version < 48) return { memory: flavor.ramMb * 1024, vcpus: flavor.vcpus }
  const unknown = { read_bytes: null, read_requests: null, write_bytes: null, write_requests: null }
  const disks = Math.max(1, volumes.length + (server.imageId === null ? 0 : 1))
  return {
    state: states[vmState] ?? 'pending',
    // One of the names that this interface has for drivers: that of machines with disks and ports.
    driver: 'libvirt',
    hypervisor: null,
    hypervisor_os: null,
    uptime: null,
    config_drive: server.configDrive,
    num_cpus: flavor.vcpus,
    num_nics: macs.length,
    num_disks: disks,
    cpu_details: Array.from({ length: flavor.vcpus }, (_, id) => ({
      id,
      time: null,
      utilisation: null,
    })),
    nic_details: macs.map((mac_address) => ({
      mac_address,
      rx_octets: null,
      rx_packets: null,
      rx_drop: null,
      rx_errors: null,
      rx_rate: null,
      tx_octets: null,
      tx_packets: null,
      tx_drop: null,
      tx_errors: null,
      tx_rate: null,
    })),
    disk_details: Array.from({ length: disks }, () => ({ ...unknown, errors_count: null })),
    memory_details: { maximum: flavor.ramMb, used: null },
  }
}
