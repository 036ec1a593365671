import { schedulerAnswerConformance } from './scheduler-answers.ts'
import type { SchedulerSuiteOptions } from './scheduler-fixture.ts'
import { schedulerPlanConformance } from './scheduler-plans.ts'
import { schedulerPolicyConformance } from './scheduler-policies.ts'
import { schedulerStateConformance } from './scheduler-state.ts'

export type { SchedulerSuiteOptions } from './scheduler-fixture.ts'

/** The promises of `Scheduler`, one law a test. */
export function schedulerConformance(options: SchedulerSuiteOptions): void {
  schedulerStateConformance(options)
  schedulerAnswerConformance(options)
  schedulerPolicyConformance(options)
  schedulerPlanConformance(options)
}
