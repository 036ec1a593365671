import {
  type Actor,
  CloudError,
  defaultDomainId,
  imageUpdate,
  isCloudError,
  roleCreate,
  roleImply,
} from '@nephos/core'
import type { Cloud } from '../cloud/cloud.ts'
import type { ProjectApi } from '../cloud/project.ts'
import { bootImage } from './boot-image.ts'

export interface SeedOptions {
  /** Simulated hosts, spread over three availability zones; none are added where some are. */
  readonly hosts: number
  /** Passwords by the names of users: `admin` and `demo` are always among the users. */
  readonly passwords: Readonly<Record<string, string>>
  /** More users, each a member of a project, which is made if absent. */
  readonly users?: readonly SeedUser[]
}

export interface SeedUser {
  readonly name: string
  readonly password: string
  readonly project: string
}

const zones = ['zone-a', 'zone-b', 'zone-c'] as const
const hostsPerCall = 1_000

/** Classic sizes: name, id, VCPUs, MiB of memory, GiB of disk. */
const flavors = [
  ['m1.tiny', '1', 1, 512, 1],
  ['m1.small', '2', 1, 2_048, 20],
  ['m1.medium', '3', 2, 4_096, 40],
  ['m1.large', '4', 4, 8_192, 80],
  ['m1.xlarge', '5', 8, 16_384, 160],
] as const

/** Whoever holds the process may show an image to everybody. */
const operator: Actor = Object.freeze({
  userId: 'embedder',
  projectId: null,
  domainId: null,
  roles: Object.freeze(['admin']),
  system: true,
})

/**
 * Makes a cloud fit for use by somebody who has none yet: hosts, flavors, the projects `admin` and
 * `demo` with their users, an external network, a private network with a router, bootable images.
 * What is there already stays as it is, so it may be called at each start.
 */
export async function seed(cloud: Cloud, options: SeedOptions): Promise<void> {
  await addHosts(cloud, options.hosts)
  await addFlavors(cloud)
  await addVolumePool(cloud)
  await addRoles(cloud)
  const admin = await cloud.project('admin')
  const demo = await cloud.project('demo')
  await addUsers(cloud, options.passwords, { admin: admin.id, demo: demo.id })
  for (const user of options.users ?? []) await addMember(cloud, user)
  if ((await firstOf(demo.networks.list({ name: 'private' }))) !== undefined) return
  await addNetworks(cloud, admin, demo)
  await addImages(cloud, admin)
}

async function addHosts(cloud: Cloud, count: number): Promise<void> {
  if ((await firstOf(cloud.system.hosts.list())) !== undefined) return
  for (let at = 0; at < count; at += hostsPerCall) {
    await cloud.system.hosts.create({
      hosts: Array.from({ length: Math.min(hostsPerCall, count - at) }, (_, i) => ({
        name: `host-${at + i}`,
        zone: zones[(at + i) % zones.length] as string,
        inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 8_000 },
      })),
    })
  }
}

async function addFlavors(cloud: Cloud): Promise<void> {
  for (const [name, id, vcpus, ramMb, diskGb] of flavors) {
    await unlessThere(cloud.system.flavors.create({ id, name, vcpus, ramMb, diskGb }))
  }
}

/** A back-end, and the type of volumes that name none. */
async function addVolumePool(cloud: Cloud): Promise<void> {
  const capabilities = { storage_protocol: 'ceph', vendor_name: 'Open Source' }
  const pool = { name: 'simulated#ssd', totalGb: 1_000_000, capabilities }
  await unlessThere(cloud.system.volumePools.create(pool))
  await unlessThere(cloud.system.volumeTypes.create({ name: '__DEFAULT__', isDefault: true }))
}

/**
 * Roles besides the usual ones, by which tools of object storage and of load balancers look for
 * them: name, what it lets do, the usual role that it comes with.
 */
const roles: readonly (readonly [name: string, description: string, implied?: string])[] = [
  ['ResellerAdmin', 'May do anything with every account of object storage.'],
  ['load-balancer_observer', 'Sees what is of the project.', 'reader'],
  ['load-balancer_member', 'Works with what is of the project.', 'member'],
  ['load-balancer_global_observer', 'Sees what is of the project.', 'reader'],
  ['load-balancer_quota_admin', 'Sees what is of the project.', 'reader'],
  ['load-balancer_admin', 'Works with what is of the project.', 'member'],
]

async function addRoles(cloud: Cloud): Promise<void> {
  for (const [name, description, impliedId] of roles) {
    await unlessThere(addRole(cloud, name, description, impliedId))
  }
}

async function addRole(
  cloud: Cloud,
  name: string,
  description: string,
  impliedId: string | undefined,
): Promise<void> {
  const { id } = await cloud.invoke(operator, roleCreate, { name, description })
  if (impliedId !== undefined) await cloud.invoke(operator, roleImply, { id, impliedId })
}

async function addUsers(
  cloud: Cloud,
  passwords: SeedOptions['passwords'],
  projects: Readonly<Record<'admin' | 'demo', string>>,
): Promise<void> {
  for (const [name, password] of Object.entries(passwords)) {
    const user = await firstOf(cloud.system.users.list({ name, domainId: defaultDomainId }))
    if (!user) await cloud.system.users.create({ name, password })
    else if (name === 'admin') await cloud.system.users.setPassword({ id: user.id, password })
    const found = await firstOf(cloud.system.users.list({ name, domainId: defaultDomainId }))
    if (!found) throw new CloudError('notFound', `user ${name}: was not found.`)
    const isAdmin = name === 'admin'
    await assign(cloud, found.id, isAdmin ? 'admin' : 'member', projects.demo)
    if (isAdmin) await assign(cloud, found.id, 'admin', projects.admin)
  }
}

/** Who is there already keeps his password. */
async function addMember(cloud: Cloud, { name, password, project }: SeedUser): Promise<void> {
  const [{ id: projectId }, user] = await Promise.all([
    cloud.project(project),
    firstOf(cloud.system.users.list({ name, domainId: defaultDomainId })),
  ])
  const { id } = user ?? (await cloud.system.users.create({ name, password }))
  await assign(cloud, id, 'member', projectId)
}

async function assign(
  cloud: Cloud,
  userId: string,
  role: 'admin' | 'member',
  projectId: string,
): Promise<void> {
  await unlessThere(cloud.system.roles.assign({ userId, role, projectId }))
}

async function addNetworks(cloud: Cloud, admin: ProjectApi, demo: ProjectApi): Promise<void> {
  const external = await cloud.system.networks.create({
    name: 'public',
    external: true,
    projectId: admin.id,
  })
  await cloud.system.subnets.create({ networkId: external.id, cidr: '172.24.0.0/16' })
  const network = await demo.networks.create({ name: 'private' })
  const subnet = await demo.subnets.create({
    name: 'private-subnet',
    networkId: network.id,
    cidr: '10.0.0.0/16',
  })
  const router = await demo.routers.create({
    name: 'router',
    externalGateway: { networkId: external.id },
  })
  await demo.routers.addInterface({ id: router.id, subnetId: subnet.id })
}

async function addImages(cloud: Cloud, admin: ProjectApi): Promise<void> {
  for (const name of ['nephos-boot', 'nephos-rescue']) {
    const image = await admin.images.create({
      name,
      diskFormat: 'raw',
      containerFormat: 'bare',
    })
    const bytes = bootImage(`${name}: this server runs.`)
    await admin.images.upload({ id: image.id, size: bytes.byteLength }, once(bytes))
    await cloud.invoke(operator, imageUpdate, { id: image.id, visibility: 'public' })
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function firstOf<T>(rows: AsyncIterable<T>): Promise<T | undefined> {
  for await (const row of rows) return row
  return undefined
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  await made.catch((error: unknown) => {
    if (!isCloudError(error) || error.code !== 'conflict') throw error
  })
}
