import type { PolicyName } from '../../kernel.ts'
import { balance } from './balance.ts'
import { bestFit } from './best-fit.ts'
import { fragmentation } from './fragmentation.ts'
import { lifetime } from './lifetime.ts'
import { pack } from './pack.ts'
import { spread } from './spread.ts'
import type { Policy } from './view.ts'
import { weighed } from './weighed.ts'

export const policies: Readonly<Record<PolicyName, Policy>> = {
  pack,
  spread,
  balance,
  fragmentation,
  lifetime,
  'best-fit': bestFit,
  weighed,
}
