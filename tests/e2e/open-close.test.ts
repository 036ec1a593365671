import { silentTelemetry, SimulatedFleet } from '@nephos/core'
import { SystemClock, SystemRandom } from '@nephos/drivers/runtime'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { createCloud } from '@nephos/sdk'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let directory: string
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'nephos-open-'))))
afterAll(() => rm(directory, { recursive: true, force: true }))

const throwing = (): never => {
  throw new Error('exporter')
}

describe('opening and closing', () => {
  it('is not stopped by telemetry that throws', async () => {
    const cloud = await createCloud({
      telemetry: {
        ...silentTelemetry,
        meter: { record: throwing, count: throwing },
        logger: { log: throwing },
      },
    })
    const project = await cloud.project('acme')
    expect(project.name).toBe('acme')
    await cloud.close()
  })

  it('lets go of the store when opening fails, and when a driver fails to close', async () => {
    const file = join(directory, 'a.db')
    const clock = new SystemClock()
    const fleet = new SimulatedFleet({ clock, random: new SystemRandom() })
    const broken = {
      apply: fleet.apply.bind(fleet),
      observe: fleet.observe.bind(fleet),
      readDisk: fleet.readDisk.bind(fleet),
      readConsole: fleet.readConsole.bind(fleet),
      close: () => Promise.reject(new Error('driver')),
    }
    const bus = { publish: () => Promise.resolve(), messages: 0, close: () => Promise.resolve() }
    await expect(
      createCloud({ store: sqlite({ file }), bus: bus as never }),
    ).rejects.toBeInstanceOf(Error)
    const cloud = await createCloud({ store: sqlite({ file }), drivers: { hypervisor: broken } })
    const [first, second] = await Promise.allSettled([cloud.close(), cloud.close()])
    expect([first.status, second.status]).toEqual(['rejected', 'rejected'])
    await (await createCloud({ store: sqlite({ file }) })).close()
  })

  it.each([
    [{ settings: { policy: 'zzz' } }, 'settings.policy'],
    [{ settings: { nope: 1 } }, 'settings.nope'],
    [{ settings: { defaultQuotas: { instances: 'a' } } }, 'settings.defaultQuotas.instances'],
    [{ settings: { pollMs: 0 } }, 'settings.pollMs'],
    [{ work: 'no' }, 'work'],
    [{ nope: 1 }, 'nope'],
    [{ store: 5 }, 'store'],
    [{ drivers: { images: {} } }, 'images'],
    [5, 'options'],
    [null, 'options'],
  ])('refuses %j', async (options, field) => {
    await expect(createCloud(options as never)).rejects.toMatchObject({ code: 'invalid', field })
  })

  it('keeps the default of a quota that is not named', async () => {
    const cloud = await createCloud({ settings: { defaultQuotas: { instances: 3 } } })
    const acme = await cloud.project('acme')
    const { quotas } = { quotas: await acme.quota({}) }
    expect(JSON.stringify(quotas)).toContain('"limit":3')
    expect(JSON.stringify(quotas)).toContain('"limit":20000')
    await cloud.close()
  })

  it.each([{}, { timeoutMs: Number.NaN }, undefined])(
    'settles in bounded time: %j',
    async (given) => {
      const cloud = await createCloud()
      await expect(cloud.settle(given as never)).rejects.toMatchObject({
        code: 'invalid',
        field: 'timeoutMs',
      })
      await cloud.close()
    },
  )
})
