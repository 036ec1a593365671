import { inspect } from 'node:util'
import { isCloudError, operations, roles } from '@nephos/core'
import { hostileInput, validInput } from '@nephos/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowCounts } from '../support/dump.ts'
import {
  actorOf,
  allowedActor,
  callable,
  hostileWorld,
  type HostileWorld,
  idSchemas,
  rareInputs,
  withIds,
} from '../support/hostile-world.ts'

let world: HostileWorld

beforeAll(async () => {
  world = await hostileWorld()
})

afterAll(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

const absentId = '01890000-0000-7000-8000-000000000000'
const placeholder = 'placeholder-of-an-id'

/** Passwords are slow to hash, on purpose. */
function runsOf(id: string, runs: number): number {
  return id.startsWith('identity.user.') ? Math.min(runs, 5) : runs
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('every operation', () => {
  for (const row of operations) {
    it(`${row.id}: refuses hostile input with its field, and writes nothing`, async () => {
      const actor = allowedActor(row, world.mine.acme.id)
      const before = await rowCounts(world.store)
      const overrides = rareInputs(row)
      await fc.assert(
        fc.asyncProperty(hostileInput(row.input, { overrides }), async (input) => {
          const error = await errorOf(world.cloud.invoke(actor, callable(row), input))
          expect(isCloudError(error) && error.code).toBe('invalid')
          expect(isCloudError(error) && typeof error.field).toBe('string')
        }),
        { numRuns: runsOf(row.id, 25) },
      )
      expect(await rowCounts(world.store)).toEqual(before)
    })
  }

  for (const row of operations) {
    it(`${row.id}: answers or refuses whatever its schema takes`, async () => {
      const actor = allowedActor(row, world.mine.acme.id)
      const known = [...Object.values(world.myIds), ...Object.values(world.foreignIds), absentId]
      const overrides = withIds(row, fc.constantFrom(...known))
      await fc.assert(
        fc.asyncProperty(validInput(row.input, { overrides }), async (input) => {
          const error = await errorOf(world.cloud.invoke(actor, callable(row), input))
          if (error === undefined) return
          expect(isCloudError(error), inspect(error)).toBe(true)
          if (isCloudError(error)) expect(error.code, String(error.cause)).not.toBe('internal')
        }),
        { numRuns: runsOf(row.id, 15) },
      )
    })
  }

  for (const row of operations) {
    it(`${row.id}: refuses who lacks the role or the scope, whatever the input`, async () => {
      const { scope, role } = row.policy
      const project = world.mine.acme.id
      const weaker = roles.slice(roles.indexOf(role) + 1)
      const actors = [
        actorOf(project, []),
        actorOf(null, [], true),
        actorOf(null, ['admin']),
        actorOf(project, ['superuser', 'Admin', 'ADMIN', '', '__proto__']),
        ...weaker.map((one) => actorOf(project, [one])),
        ...weaker.map((one) => actorOf(null, [one], true)),
        ...(scope === 'system' ? [actorOf(project, ['admin'])] : []),
        ...(scope === 'project' ? [actorOf(null, ['admin'], true)] : []),
        { ...actorOf(null, []), domainId: 'default' },
        ...(row.policy.domainRole ? [] : [{ ...actorOf(null, ['admin']), domainId: 'default' }]),
      ]
      for (const actor of actors) {
        for (const input of [{}, null, { id: absentId }]) {
          const error = await errorOf(world.cloud.invoke(actor, callable(row), input))
          expect(error, JSON.stringify(actor)).toMatchObject({ code: 'forbidden', field: 'actor' })
        }
      }
    })
  }
})

describe('ids of other projects', () => {
  // A world of its own: random input has made no flavor with the id of somebody's network here.
  let own: HostileWorld

  beforeAll(async () => {
    own = await hostileWorld()
  })

  afterAll(() => own.cloud.close())

  for (const row of operations) {
    if (idSchemas(row.input).size === 0) continue
    it(`${row.id}: tells nothing of what belongs to others`, async () => {
      const actor = allowedActor(row, own.mine.acme.id)
      if (actor.system) return
      const before = await rowCounts(own.store)
      const overrides = withIds(row, fc.constant(placeholder))
      for (const sample of fc.sample(validInput(row.input, { overrides }), {
        numRuns: 3,
        seed: 7,
      })) {
        const text = JSON.stringify(sample)
        if (!text.includes(placeholder)) continue
        const refusal = async (id: string): Promise<unknown> => {
          const input: unknown = JSON.parse(text.replaceAll(placeholder, id))
          const error = await errorOf(own.cloud.invoke(actor, callable(row), input))
          if (!isCloudError(error)) return error
          return {
            code: error.code,
            message: error.message,
            field: error.field,
            limit: error.limit,
          }
        }
        const absent = await refusal(absentId)
        for (const [kind, id] of Object.entries(own.foreignIds)) {
          expect(await refusal(id), kind).toEqual(absent)
        }
      }
      if (row.mutates) expect(await rowCounts(own.store)).toEqual(before)
    })
  }
})
