import { describe, expect, it } from 'vitest'
import { hasRole, roles } from './policy.ts'

describe('hasRole', () => {
  it('each role implies those after it, and no other', () => {
    for (const [own, name] of roles.entries()) {
      for (const [wanted, role] of roles.entries()) {
        expect(hasRole([name], role)).toBe(own <= wanted)
      }
    }
  })

  it('other names imply nothing', () => {
    for (const role of roles) expect(hasRole(['Admin', 'root', ''], role)).toBe(false)
    expect(hasRole([], 'reader')).toBe(false)
  })
})
