import { expect, test } from 'vitest'
import { limits } from '../../base/limits.ts'
import { parseInput } from '../parse.ts'
import { inventoryField, readInventory, traitsField, zoneField } from './host-inventory.ts'

test('C10: a bare number is a total without reserve or overcommitment', () => {
  const input = parseInput(inventoryField, { VCPU: 8, MEMORY_MB: { total: 1_000, reserved: 100 } })
  expect(readInventory(input, 'inventory')).toEqual({
    VCPU: { total: 8, reserved: 0, ratio: 1 },
    MEMORY_MB: { total: 1_000, reserved: 100, ratio: 1 },
  })
})

test('more reserved than there is names the field and the total', () => {
  const input = parseInput(inventoryField, { VCPU: { total: 8, reserved: 9 } })
  expect(() => readInventory(input, 'hosts[1].inventory')).toThrowError(
    expect.objectContaining({
      code: 'invalid',
      field: 'hosts[1].inventory.VCPU.reserved',
      limit: 8,
    }),
  )
})

test('a capacity above 32 bits is refused with the limit, one at the limit is not', () => {
  const at = parseInput(inventoryField, { VCPU: limits.hostCapacity })
  expect(readInventory(at, 'inventory')['VCPU']?.total).toBe(limits.hostCapacity)
  const above = parseInput(inventoryField, { VCPU: { total: 2 ** 30, ratio: 2 } })
  expect(() => readInventory(above, 'inventory')).toThrowError(
    expect.objectContaining({
      code: 'invalid',
      field: 'inventory.VCPU',
      limit: limits.hostCapacity,
    }),
  )
})

test.each([
  [{}, ''],
  [{ VCPU: 0 }, 'VCPU'],
  [{ VCPU: -1 }, 'VCPU'],
  [{ VCPU: 1.5 }, 'VCPU'],
  [{ VCPU: Number.NaN }, 'VCPU'],
  [{ VCPU: 2 ** 31 }, 'VCPU'],
  [{ VCPU: { total: 1, ratio: 0 } }, 'VCPU.ratio'],
  [{ VCPU: { total: 1, ratio: Number.POSITIVE_INFINITY } }, 'VCPU'],
  [{ VCPU: { total: 1, unknown: 1 } }, 'VCPU.unknown'],
  [{ vcpu: 1 }, 'vcpu'],
  [Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`CUSTOM_${i}`, 1])), ''],
])('%j is no inventory', (input, field) => {
  expect(() => parseInput(inventoryField, input)).toThrowError(
    expect.objectContaining({ code: 'invalid', field }),
  )
})

test('names of zones and traits', () => {
  expect(() => parseInput(zoneField, 'nova:host1')).toThrowError(
    expect.objectContaining({ code: 'invalid' }),
  )
  expect(() => parseInput(traitsField, ['hw'])).toThrowError(
    expect.objectContaining({ field: '[0]' }),
  )
  expect(() => parseInput(traitsField, ['A', 'A'])).toThrowError(
    expect.objectContaining({ code: 'invalid' }),
  )
  const many = Array.from({ length: limits.traits + 1 }, (_, i) => `T${i}`)
  expect(() => parseInput(traitsField, many)).toThrowError(
    expect.objectContaining({ limit: limits.traits }),
  )
})
