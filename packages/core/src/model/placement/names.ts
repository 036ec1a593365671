import { defineKind, type Stored } from '../kind.ts'
import { standardTraitNames } from './standard-traits.ts'

/** A trait that an operator made; the id is its name, which begins with `CUSTOM_`. */
export interface Trait extends Stored {
  readonly createdAt: number
}

/** A resource class that an operator made; the id is its name, which begins with `CUSTOM_`. */
export interface ResourceClass extends Stored {
  readonly createdAt: number
}

export const traitKind = defineKind<Trait>('trait', {})

export const resourceClassKind = defineKind<ResourceClass>('resourceClass', {})

/** The resource classes that OpenStack defines, in its order. */
export const standardClasses: readonly string[] = Object.freeze([
  'VCPU',
  'MEMORY_MB',
  'DISK_GB',
  'PCI_DEVICE',
  'SRIOV_NET_VF',
  'NUMA_SOCKET',
  'NUMA_CORE',
  'NUMA_THREAD',
  'NUMA_MEMORY_MB',
  'IPV4_ADDRESS',
  'VGPU',
  'VGPU_DISPLAY_HEAD',
  'NET_BW_EGR_KILOBIT_PER_SEC',
  'NET_BW_IGR_KILOBIT_PER_SEC',
  'PCPU',
  'MEM_ENCRYPTION_CONTEXT',
  'FPGA',
  'PGPU',
  'NET_PACKET_RATE_KILOPACKET_PER_SEC',
  'NET_PACKET_RATE_EGR_KILOPACKET_PER_SEC',
  'NET_PACKET_RATE_IGR_KILOPACKET_PER_SEC',
])

const classes = new Set(standardClasses)
const traits = new Set(standardTraitNames)

/** The traits that OpenStack defines, by name. */
export const standardTraits: readonly string[] = standardTraitNames

export function isStandardClass(name: string): boolean {
  return classes.has(name)
}

export function isStandardTrait(name: string): boolean {
  return traits.has(name)
}
