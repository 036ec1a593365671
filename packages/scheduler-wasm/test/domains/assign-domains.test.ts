import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignDomains } from '../../src/domains/assign-domains.ts'

/** The most parts that can have a domain, found by trying everything. */
function mostAssigned(
  options: readonly (readonly number[])[],
  accepts: (part: number, domain: number) => boolean,
): number {
  const from = (part: number, used: ReadonlySet<number>): number => {
    const list = options[part]
    if (!list) return 0
    const open = list.filter((domain) => !used.has(domain) && accepts(part, domain))
    return Math.max(
      from(part + 1, used),
      ...open.map((domain) => 1 + from(part + 1, new Set([...used, domain]))),
    )
  }
  return from(0, new Set())
}

describe('assignDomains', () => {
  it('takes the first free domain on the list', () => {
    expect([
      ...assignDomains(
        [
          [2, 0],
          [2, 1],
        ],
        () => true,
      ),
    ]).toEqual([2, 1])
  })

  it('moves an earlier part on when a later one has no other domain', () => {
    expect([...assignDomains([[0, 1], [0]], () => true)]).toEqual([1, 0])
    expect([...assignDomains([[0, 1], [1, 2], [0]], () => true)]).toEqual([1, 2, 0])
  })

  it('keeps an earlier part where there is only one domain for two', () => {
    expect([...assignDomains([[3], [3]], () => true)]).toEqual([3, -1])
  })

  it('asks about a pair once, and not about what it does not need', () => {
    const asked: string[] = []
    const accepts = (part: number, domain: number): boolean => {
      asked.push(`${part} ${domain}`)
      return domain !== 0
    }
    expect([...assignDomains([[0, 1, 2], [1], [1]], accepts)]).toEqual([2, 1, -1])
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.slice(0, 2)).toEqual(['0 0', '0 1'])
  })

  it('gives as many parts a domain as can have one, none twice, and only accepted ones', () => {
    const parts = fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 6 }), { maxLength: 5 })
    fc.assert(
      fc.property(
        parts,
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        (options, yes) => {
          const accepts = (part: number, domain: number): boolean => yes[part * 6 + domain] === true
          const found = [...assignDomains(options, accepts)]
          const given = found.filter((domain) => domain >= 0)
          expect(new Set(given).size).toBe(given.length)
          found.forEach((domain, part) => {
            if (domain < 0) return
            expect(options[part]).toContain(domain)
            expect(accepts(part, domain)).toBe(true)
          })
          expect(given.length).toBe(mostAssigned(options, accepts))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('never takes its domain from a part for one that comes later', () => {
    const parts = fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 5 }), { maxLength: 6 })
    fc.assert(
      fc.property(parts, (options) => {
        const whole = [...assignDomains(options, () => true)]
        const shorter = [...assignDomains(options.slice(0, -1), () => true)]
        const kept = shorter.map((domain, part) => domain < 0 || (whole[part] ?? -1) >= 0)
        expect(kept).not.toContain(false)
      }),
    )
  })
})
