import { describe, expect, it } from 'vitest'
import { plainModule, simdModule } from '../src/generated/wasm.ts'
import * as layout from '../src/layout.ts'
import { engineLimits } from '../src/limits.ts'
import { refusalReasons } from '../src/types.ts'
import { instantiate } from '../src/wasm.ts'

describe('the picture of the memory', () => {
  it('has columns of one integer a lane, one behind the other', () => {
    expect(layout.COLUMN_BYTES).toBe(4 * layout.LANES)
    const labels = [
      layout.BLOCK_META,
      layout.BLOCK_HASH,
      layout.BLOCK_SECOND_HASH,
      layout.BLOCK_MARK,
    ]
    expect(labels).toEqual(
      [0, 1, 2, 3].map((n) => layout.BLOCK_HEADER_BYTES + n * layout.COLUMN_BYTES),
    )
    expect(layout.BLOCK_CLASSES).toBe(layout.BLOCK_MARK + layout.COLUMN_BYTES)
    expect([
      layout.CLASS_FREE,
      layout.CLASS_CAPACITY,
      layout.CLASS_INVERSE,
      layout.CLASS_BYTES,
    ]).toEqual([0, 1, 2, 3].map((n) => n * layout.COLUMN_BYTES))
  })

  it('lets vectors be loaded at aligned addresses', () => {
    const { CONTROL_BYTES, BLOCK_HEADER_BYTES, BLOCK_CLASSES, CLASS_BYTES } = layout
    const work = [layout.WORK_SCORE, layout.WORK_TAKE, layout.WORK_ALLOWED]
    for (const at of [CONTROL_BYTES, BLOCK_HEADER_BYTES, BLOCK_CLASSES, CLASS_BYTES, ...work]) {
      expect(at % 16).toBe(0)
    }
  })

  it('has room in the header and the control area for what they hold', () => {
    expect(layout.BLOCK_LARGEST + 4 * layout.CLASSES_MAX).toBeLessThanOrEqual(
      layout.BLOCK_HEADER_BYTES,
    )
    const areas: [number, number][] = [
      [layout.IN_BLOCKS, layout.OUT_PLACED + 4],
      [layout.IN_ASK_COLUMN, 4 * layout.ASKED_MAX],
      [layout.IN_ASK_AMOUNT, 4 * layout.ASKED_MAX],
      [layout.IN_ASK_CLASS, 4 * layout.ASKED_MAX],
      [layout.ASK_MULTIPLIER, 4 * layout.ASKED_MAX],
      [layout.ASK_SHIFT, 4 * layout.ASKED_MAX],
      [layout.WORK_SCORE, layout.COLUMN_BYTES],
      [layout.WORK_TAKE, layout.COLUMN_BYTES],
      [layout.WORK_ALLOWED, layout.COLUMN_BYTES],
      [layout.OUT_HOSTS, 8 + 4 * layout.REASONS],
      [layout.OUT_SHORT, 4 * layout.ASKED_MAX],
      [layout.OUT_ENABLED, 8],
      [layout.OUT_TOTALS, 16 * layout.CLASSES_MAX],
    ]
    let end = 0
    for (const [from, bytes] of areas) {
      expect(from).toBeGreaterThanOrEqual(end)
      end = from + bytes
    }
    expect(end).toBeLessThanOrEqual(layout.CONTROL_BYTES)
  })

  it('has ranks in which no part runs into the next', () => {
    const worst = layout.ASKED_MAX * layout.SHARE_ONE + 2 * layout.SHARE_ONE
    expect(worst).toBeLessThan(layout.SCORE_EMPTY)
    expect(worst + layout.SCORE_EMPTY).toBeLessThan(2 ** layout.SCORE_BITS)
    expect(engineLimits.instances).toBeLessThan(layout.TAKEN_CEILING)
    expect(Math.log2(layout.TAKEN_CEILING + 1) + layout.SCORE_BITS).toBeLessThanOrEqual(
      layout.MEMBERS_SHIFT,
    )
    expect(Math.log2(layout.MEMBERS_CEILING + 1) + layout.MEMBERS_SHIFT).toBe(64)
    expect(engineLimits.members).toBeLessThan(layout.MEMBERS_CEILING)
  })

  it('numbers reasons as the port does', () => {
    expect(refusalReasons[layout.REASON_DISABLED]).toBe('disabled')
    expect(refusalReasons[layout.REASON_NOT_LISTED]).toBe('notListed')
    expect(refusalReasons[layout.REASON_GROUP]).toBe('group')
    expect(refusalReasons[layout.REASON_RESOURCES]).toBe('resources')
    expect(refusalReasons).toHaveLength(layout.REASONS)
  })

  it('holds the largest fleet of many classes in the memory of the module', () => {
    const bytes = layout.BLOCK_CLASSES + 12 * layout.CLASS_BYTES
    const blocks = engineLimits.hosts / layout.LANES
    expect(layout.CONTROL_BYTES + blocks * bytes).toBeLessThan(2 ** 31)
  })
})

describe.each(['simd', 'plain'] as const)('the module of tier %s', (tier) => {
  it('starts with one page and exports its memory and two functions', () => {
    const exports = instantiate(tier)
    expect(Object.keys(exports).sort()).toEqual(['decide', 'memory', 'summarise'])
    expect(exports.memory.buffer.byteLength).toBe(65_536)
  })
})

it('the tiers are two different modules', () => {
  expect(simdModule).not.toBe(plainModule)
})
