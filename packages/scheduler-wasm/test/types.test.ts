import type * as core from '@nephos/core'
import { refusalReasons as coreReasons } from '@nephos/core'
import { expect, expectTypeOf, it } from 'vitest'
import { type createEngine, refusalReasons } from '../src/index.ts'
import type * as own from '../src/index.ts'

it('says what the port of the core says', () => {
  expectTypeOf<own.Scheduler>().toEqualTypeOf<core.Scheduler>()
  expectTypeOf<own.PlacementAsk>().toEqualTypeOf<core.PlacementAsk>()
  expectTypeOf<own.PlacementAnswer>().toEqualTypeOf<core.PlacementAnswer>()
  expectTypeOf<own.Explanation>().toEqualTypeOf<core.Explanation>()
  expectTypeOf<own.HostView>().toEqualTypeOf<core.HostView>()
  expectTypeOf<own.Claim>().toEqualTypeOf<core.Claim>()
  expectTypeOf<own.GroupRule>().toEqualTypeOf<core.GroupRule>()
  expectTypeOf<own.FleetCapacity>().toEqualTypeOf<core.FleetCapacity>()
  expectTypeOf<ReturnType<typeof createEngine>>().toExtend<core.Scheduler>()
})

it('tests filters in the order of the port', () => {
  expect(refusalReasons).toEqual(coreReasons)
})
