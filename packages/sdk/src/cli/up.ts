import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeWeb } from '@nephos/drivers/runtime'
import { listen } from '../http/listen.ts'
import { serve } from '../http/serve.ts'
import { seed } from '../seed/seed.ts'
import { addressOf } from './address.ts'
import { openDirectory } from './data-directory.ts'
import { type DoorOptions, serveOptionsOf, tlsOf } from './door-options.ts'
import { openMetrics } from './metrics.ts'
import { seedUsersOf } from './seed-users.ts'

export interface UpOptions extends DoorOptions {
  readonly data?: string
  readonly hosts: number
  readonly adminPassword: string
  readonly demoPassword: string
  readonly seedUsers?: string
  readonly lockoutFailures: number
  readonly lockoutSeconds: number
  readonly printEnv?: boolean
  readonly metrics?: string
}

/** `nephos up`: a whole cloud behind OpenStack's HTTP interfaces, until a signal ends it. */
export async function runUp(options: UpOptions): Promise<void> {
  const address = addressOf(options.listen, 'listen')
  const served = serveOptionsOf(options)
  const tls = await tlsOf(options)
  const users = options.seedUsers === undefined ? [] : await seedUsersOf(options.seedUsers)
  const watched = options.metrics === undefined ? undefined : addressOf(options.metrics, 'metrics')
  const metrics = watched && openMetrics()
  const directory = options.data ?? (await mkdtemp(join(tmpdir(), 'nephos-up-')))
  const cloud = await openDirectory(directory, {
    drivers: { web: new NodeWeb() },
    ...(metrics && { telemetry: metrics.telemetry }),
    settings: {
      unmarkedImages: true,
      lockoutFailures: options.lockoutFailures,
      lockoutMs: options.lockoutSeconds * 1_000,
    },
  })
  try {
    const passwords = { admin: options.adminPassword, demo: options.demoPassword }
    await seed(cloud, { hosts: options.hosts, passwords, users })
    await using server = await listen(serve(cloud, served), { ...address, ...tls })
    await using seen = watched && (await metrics?.serve(cloud, watched))
    const authUrl = `${options.url ?? server.url}/identity/v3`
    process.stdout.write(
      options.printEnv ? environment(authUrl, options) : greeting(authUrl, options, directory),
    )
    if (seen && !options.printEnv) process.stdout.write(`Metrics are at ${seen.url}/metrics.\n`)
    await signalled()
  } finally {
    await cloud.close()
    if (options.data === undefined) await rm(directory, { recursive: true, force: true })
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
  })
}

function environment(authUrl: string, { demoPassword }: UpOptions): string {
  const variables = {
    OS_AUTH_URL: authUrl,
    OS_IDENTITY_API_VERSION: '3',
    OS_PROJECT_NAME: 'demo',
    OS_PROJECT_DOMAIN_ID: 'default',
    OS_USERNAME: 'demo',
    OS_USER_DOMAIN_ID: 'default',
    OS_PASSWORD: demoPassword,
    OS_REGION_NAME: 'RegionOne',
  }
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`)
  return `${lines.join('\n')}\n`
}

/** For a shell: nothing within is read by it. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}

function greeting(authUrl: string, options: UpOptions, directory: string): string {
  const account = (name: string, project: string, password: string): string => `  ${name}:
    auth:
      auth_url: ${authUrl}
      username: ${name === 'nephos-admin' ? 'admin' : 'demo'}
      password: ${JSON.stringify(password)}
      project_name: ${project}
      user_domain_id: default
      project_domain_id: default
    region_name: RegionOne
    identity_api_version: '3'
`
  const end = options.data === undefined ? ', and ends with this process' : ''
  const accounts = [
    account('nephos', 'demo', options.demoPassword),
    account('nephos-admin', 'admin', options.adminPassword),
  ]
  return `A cloud listens at ${authUrl}; it lives in ${directory}${end}.

# openrc: in a shell
${environment(authUrl, options)}
# clouds.yaml: then openstack --os-cloud nephos …
clouds:
${accounts.join('')}
`
}
