import type { Kernel } from '../../kernel.ts'
import type { Finding, UsageCount } from './finding.ts'

const quotaPrefix = 'quota:'
const scopesPerPage = 1_000

/** Quota counters equal the sums they stand for (3, 13). */
export async function* auditQuotas(
  kernel: Kernel,
  counts: readonly UsageCount[],
): AsyncGenerator<Finding> {
  const sums = new Map<string, number>()
  const counted = new Set<string>()
  const key = (projectId: string, name: string): string => `${quotaPrefix}${projectId} ${name}`
  for (const count of counts) {
    await count(kernel, (projectId, name, amount) => {
      counted.add(name)
      const at = key(projectId, name)
      sums.set(at, (sums.get(at) ?? 0) + amount)
    })
  }
  let after: string | undefined
  do {
    const page = await kernel.store.scan(quotaPrefix, {
      limit: scopesPerPage,
      ...(after ? { after } : {}),
    })
    for (const { scope, name, value } of page) {
      const at = `${scope} ${name}`
      const sum = sums.get(at) ?? 0
      sums.delete(at)
      if (sum !== value)
        yield {
          invariant: 13,
          subject: `counter:${at}`,
          message: `is ${value}, the rows add up to ${sum}`,
        }
    }
    after = page.at(-1)?.scope
  } while (after)
  for (const [at, sum] of sums) {
    if (sum !== 0)
      yield {
        invariant: 13,
        subject: `counter:${at}`,
        message: `is absent, the rows add up to ${sum}`,
      }
  }
}
