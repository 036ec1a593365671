import { Writes } from '../src/commit/writes.ts'
import { dayMs, usageDayKind, usageLedgerKind, usagePeriodKind } from '../src/model/meter/usage.ts'
import type { Plant } from './plants.ts'

/** By invariant and rule: how to break what usage rests on. */
export const usagePlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'usagePeriod-form': ({ projectId }) => [
      new Writes().insert(usagePeriodKind, {
        id: 'port:p:9',
        projectId,
        kind: 'port',
        resourceId: 'p',
        name: 'p',
        since: 9,
        to: 9,
        amounts: { ports: 1 },
      }),
    ],
    'usageDay-form': ({ projectId }) => [
      new Writes()
        .insert(usageDayKind, { id: `${projectId}:0`, projectId, day: 0, sums: { ports: '-1' } })
        .insert(usageLedgerKind, { id: projectId, summedTo: dayMs }),
    ],
    'usageDay-ledger': ({ projectId }) => [
      new Writes().insert(usageDayKind, {
        id: `${projectId}:${dayMs}`,
        projectId,
        day: dayMs,
        sums: { ports: '1' },
      }),
    ],
  },
}
