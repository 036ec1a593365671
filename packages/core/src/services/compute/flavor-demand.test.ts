import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkExtraSpecs, flavorDemand } from './flavor-demand.ts'

const plain = { vcpus: 2, ramMb: 2_048, diskGb: 0, ephemeralGb: 0, swapMb: 0, extraSpecs: {} }
const withSpecs = (extraSpecs: Record<string, string>) => ({ ...plain, extraSpecs })

describe('flavorDemand', () => {
  it('asks for the flavor’s own amounts, all its disks together', () => {
    expect(flavorDemand({ ...plain, diskGb: 20, ephemeralGb: 5, swapMb: 1_025 })).toEqual({
      resources: { VCPU: 2, MEMORY_MB: 2_048, DISK_GB: 27 },
      requiredTraits: [],
      forbiddenTraits: [],
      aggregateSpecs: {},
    })
    expect(flavorDemand(plain).resources).toEqual({ VCPU: 2, MEMORY_MB: 2_048 })
  })

  it('is overridden, extended and narrowed by extra specs', () => {
    const demand = flavorDemand(
      withSpecs({
        'resources:VCPU': '0',
        'resources:MEMORY_MB': '4096',
        'resources:CUSTOM_GPU': '2',
        'trait:HW_CPU_X86_AVX2': 'required',
        'trait:COMPUTE_STATUS_DISABLED': 'forbidden',
        'aggregate_instance_extra_specs:ssd': 'true',
      }),
    )
    expect(demand).toEqual({
      resources: { MEMORY_MB: 4_096, CUSTOM_GPU: 2 },
      requiredTraits: ['HW_CPU_X86_AVX2'],
      forbiddenTraits: ['COMPUTE_STATUS_DISABLED'],
      aggregateSpecs: { ssd: 'true' },
    })
  })

  it('does not depend on the order of extra specs', () => {
    const specs = [
      ['trait:B', 'required'],
      ['trait:A', 'required'],
      ['resources:CUSTOM_X', '1'],
      ['resources:DISK_GB', '9'],
    ] as const
    fc.assert(
      fc.property(fc.shuffledSubarray([...specs], { minLength: 4 }), (shuffled) => {
        const demand = flavorDemand(withSpecs(Object.fromEntries(shuffled)))
        expect(JSON.stringify(demand)).toBe(
          JSON.stringify(flavorDemand(withSpecs(Object.fromEntries(specs)))),
        )
      }),
    )
  })

  it('is safe against keys that collide with object internals', () => {
    const specs = Object.fromEntries([['aggregate_instance_extra_specs:__proto__', 'x']])
    const { aggregateSpecs } = flavorDemand(withSpecs(specs))
    expect(Object.getPrototypeOf(aggregateSpecs)).toBe(Object.prototype)
    expect(Object.keys(aggregateSpecs)).toEqual(['__proto__'])
  })
})

describe('C7: extra specs', () => {
  it.each([
    ['resources:PCPU', '1'],
    ['resources:CUSTOM_', '1'],
    ['resources:CUSTOM_gpu', '1'],
    ['resources:VCPU', '-1'],
    ['resources:VCPU', '01'],
    ['resources:VCPU', '1.5'],
    ['resources:VCPU', ''],
    ['resources:VCPU', '1e3'],
    ['resources:VCPU', '99999999999'],
    ['trait:HW', 'maybe'],
    ['trait:hw', 'required'],
    ['trait:', 'required'],
    ['aggregate_instance_extra_specs:', 'x'],
    ['resources_GPU:VCPU', '1'],
    ['trait1:HW', 'required'],
    ['hw/cpu', 'x'],
    ['', 'x'],
  ])('%s = %s is refused', (key, value) => {
    expect(() => checkExtraSpecs(withSpecs({ [key]: value }))).toThrow(
      expect.objectContaining({ code: 'invalid', field: `extraSpecs.${key}` }),
    )
  })

  it('of other families are kept, and placing does not depend on them', () => {
    const others = { 'hw:cpu_policy': 'dedicated', 'quota:cpu_shares': '1', colour: 'red' }
    checkExtraSpecs(withSpecs(others))
    expect(flavorDemand(withSpecs(others))).toEqual(flavorDemand(withSpecs({})))
  })

  it('beyond 32 bits, or too many, are refused', () => {
    expect(() => checkExtraSpecs(withSpecs({ 'resources:VCPU': '2147483648' }))).toThrow(
      expect.objectContaining({ code: 'invalid', limit: 2 ** 31 - 1 }),
    )
    checkExtraSpecs(withSpecs({ 'resources:VCPU': '2147483647' }))
    const classes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`resources:CUSTOM_${i}`, '1']))
    checkExtraSpecs(withSpecs(classes(14)))
    expect(() => checkExtraSpecs(withSpecs(classes(15)))).toThrow(
      expect.objectContaining({ field: 'extraSpecs', limit: 16 }),
    )
    const traits = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`trait:T${i}`, 'required']))
    checkExtraSpecs(withSpecs(traits(64)))
    expect(() => checkExtraSpecs(withSpecs(traits(65)))).toThrow(
      expect.objectContaining({ field: 'extraSpecs', limit: 64 }),
    )
  })

  it('that leave nothing to ask for are refused', () => {
    expect(() =>
      checkExtraSpecs(withSpecs({ 'resources:VCPU': '0', 'resources:MEMORY_MB': '0' })),
    ).toThrow(expect.objectContaining({ field: 'extraSpecs' }))
  })
})
