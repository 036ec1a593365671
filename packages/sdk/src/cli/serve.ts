import { join } from 'node:path'
import { CloudError, SimulatedFleet, type Store } from '@nephos/core'
import { nats } from '@nephos/drivers/bus/nats'
import { fsImages } from '@nephos/drivers/image/fs'
import { fsObjects } from '@nephos/drivers/object/fs'
import { NodeWeb, SystemClock, SystemRandom } from '@nephos/drivers/runtime'
import { postgres } from '@nephos/drivers/storage/postgres'
import type { Cloud } from '../cloud/cloud.ts'
import { createCloud } from '../cloud/create-cloud.ts'
import { FollowedFleet } from '../cloud/followed-fleet.ts'
import { listen, type Listening } from '../http/listen.ts'
import { serve } from '../http/serve.ts'
import { seed } from '../seed/seed.ts'
import { addressOf } from './address.ts'
import { makeDirectory } from './data-directory.ts'
import { type DoorOptions, serveOptionsOf, tlsOf } from './door-options.ts'
import { openMetrics } from './metrics.ts'

/** What a process of a cloud may be for. */
export const serveRoles = ['api', 'worker', 'scheduler', 'all'] as const

export interface ServeOptions extends DoorOptions {
  readonly role: string
  readonly store: string
  readonly bus?: string
  readonly data: string
  readonly lease: number
  readonly lockoutFailures: number
  readonly lockoutSeconds: number
  readonly seedHosts?: number
  readonly adminPassword: string
  readonly demoPassword: string
  readonly metrics?: string
}

/** `nephos serve`: one of the processes that share a cloud, until a signal ends it. */
export async function runServe(options: ServeOptions): Promise<void> {
  const { role } = options
  if (!serveRoles.some((known) => known === role)) {
    throw new CloudError('invalid', `--role ${role}: is none of ${serveRoles.join(', ')}.`, {
      field: 'role',
    })
  }
  const address = addressOf(options.listen, 'listen')
  const served = serveOptionsOf(options)
  const tls = await tlsOf(options)
  const watched = options.metrics === undefined ? undefined : addressOf(options.metrics, 'metrics')
  const metrics = watched && openMetrics()
  const store = postgres({ url: options.store })
  const cloud = await openShared(options, store, metrics?.telemetry)
  try {
    if (options.seedHosts !== undefined) {
      const passwords = { admin: options.adminPassword, demo: options.demoPassword }
      await seed(cloud, { hosts: options.seedHosts, passwords })
    }
    const answers = role === 'api' || role === 'all'
    const handler = serve(cloud, served)
    await using server = answers ? await listen(handler, { ...address, ...tls }) : undefined
    await using seen = watched && (await metrics?.serve(cloud, watched))
    process.stdout.write(`${words(role, server, seen)}\n`)
    await signalled()
  } finally {
    await cloud.close()
  }
}

function words(role: string, server?: Listening, seen?: Listening): string {
  return [
    `Ready: ${role}.`,
    ...(server ? [`It listens at ${server.url}.`] : []),
    ...(seen ? [`Metrics are at ${seen.url}/metrics.`] : []),
  ].join(' ')
}

async function openShared(
  options: ServeOptions,
  store: Store,
  telemetry: ReturnType<typeof openMetrics>['telemetry'] | undefined,
): Promise<Cloud> {
  const { role, data, bus } = options
  const [images, objects] = [join(data, 'images'), join(data, 'objects')]
  for (const directory of [images, objects]) await makeDirectory(directory)
  const clock = new SystemClock()
  const random = new SystemRandom()
  return createCloud({
    store,
    clock,
    random,
    ...(bus !== undefined && { bus: nats({ servers: bus }) }),
    ...(telemetry && { telemetry }),
    work: role === 'worker' || role === 'all',
    reconcile: role === 'scheduler' || role === 'all',
    settings: {
      unmarkedImages: true,
      leaseMs: options.lease,
      lockoutFailures: options.lockoutFailures,
      lockoutMs: options.lockoutSeconds * 1_000,
    },
    drivers: {
      hypervisor: new FollowedFleet(new SimulatedFleet({ clock, random }), store),
      images: await fsImages({ directory: images }),
      objects: await fsObjects({ directory: objects }),
      web: new NodeWeb(),
    },
  })
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
  })
}
