import type { Kernel } from '../../kernel.ts'
import { auditKind } from '../../model/audit/audit.ts'
import { idempotencyKind } from '../../model/audit/idempotency.ts'
import { workKind } from '../../model/work/work.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { FarWork } from '../../work/recover.ts'
import type { Service } from '../service.ts'
import { janitor } from './janitor.ts'

/** What all services share: the audit log, idempotency keys, work; and its upkeep. */
export const upkeep: Service = {
  name: 'upkeep',
  kinds: [auditKind, idempotencyKind, workKind],
  operations: [],
  reconcilers: (kernel) => [farWork(kernel), janitor(kernel)],
}

function farWork(kernel: Kernel): Reconciler {
  const work = new FarWork(kernel, kernel.settings.leaseMs)
  return {
    name: 'far-work',
    run: async () => {
      const recalled = await work.recall()
      if (recalled > 0) kernel.telemetry.meter.count('work_recalled', recalled)
    },
  }
}
