import { describe, expect, it } from 'vitest'
import type { Counter } from '../ports/store.ts'
import { quotaHeadroom, requireQuota } from './quota.ts'

const cores: Counter = { scope: 'quota:p', name: 'cores', value: 4, limit: 10 }
const quota = new Map([['cores', cores]])

describe('a quota', () => {
  it('takes what fills it, and not one more', () => {
    expect(() => requireQuota(quota, { cores: 6 })).not.toThrow()
    expect(() => requireQuota(quota, { cores: 7 })).toThrow(/cores/)
  })

  it('has room for whole units, at most those wanted, never for less than none', () => {
    expect(quotaHeadroom(quota, { cores: 4 }, 5)).toBe(1)
    expect(quotaHeadroom(quota, { cores: 2 }, 5)).toBe(3)
    expect(quotaHeadroom(quota, { cores: 1 }, 5)).toBe(5)
    const lowered = new Map([['cores', { ...cores, limit: 2 }]])
    expect(quotaHeadroom(lowered, { cores: 1 }, 5)).toBe(0)
  })
})
