import { equalRule } from '../equal.ts'
import type { Invariant } from '../rule.ts'
import { quotaTally } from '../tallies/quota.ts'

export const quotas: Invariant = {
  number: 13,
  title: 'A quota’s use is the sum over its project’s resources.',
  cause:
    'A resource was made or removed in another commit than its charge. The project is refused ' +
    'what it may have, or given more than it may have.',
  rules: [equalRule('quota-counters', quotaTally)],
}
