import { capacityDayKind } from '../../model/meter/capacity.ts'
import { usageDayKind, usageLedgerKind, usagePeriodKind } from '../../model/meter/usage.ts'
import type { Service } from '../service.ts'
import { capacityDays } from './capacity-days.ts'
import { usageDays } from './days.ts'
import { capacityTrend } from './trend.ts'
import { usageGet, usageList } from './usage.ts'

/** What was used, by whom and for how long; how full the hosts become. */
export const meter: Service = {
  name: 'meter',
  kinds: [usagePeriodKind, usageDayKind, usageLedgerKind, capacityDayKind],
  operations: [usageGet, usageList, capacityTrend],
  reconcilers: (kernel) => [usageDays(kernel), capacityDays(kernel)],
}
