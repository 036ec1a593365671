import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limits } from '@nephos/core'
import type { Cloud, CloudStats } from '../cloud/cloud.ts'
import type { ProjectApi } from '../cloud/project.ts'
import type { ServerBatch } from '../cloud/server-batch.ts'
import { openDirectory } from './data-directory.ts'
import { milliseconds, Terminal } from './terminal.ts'

export interface DemoOptions {
  readonly count: number
  readonly hosts: number
  readonly data?: string
  readonly json?: boolean
}

const zones = ['zone-a', 'zone-b', 'zone-c']
const imageMib = 16
const perHost = 10

/**
 * Looks without a cause wait: doorbells do not get lost within one process, and what is counted is
 * the request's own.
 */
const quiet = { pollMs: 60_000, reconcileMs: 60_000 }

/** What the demo measured: the object that `--json` prints. */
export interface DemoReport {
  readonly servers: number
  readonly active: number
  readonly acceptMs: number
  readonly activeMs: number
  readonly transactions: number
  readonly statements: number
  readonly messages: number
  readonly hostsUsed: number
  readonly auditFindings: number
}

/** `nephos demo`. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const terminal = new Terminal({ quiet: options.json === true })
  const directory = options.data ?? (await mkdtemp(join(tmpdir(), 'nephos-demo-')))
  try {
    const report = await demo(options, directory, terminal)
    if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
    if (report.auditFindings > 0 || report.active < report.servers) process.exitCode = 1
  } finally {
    if (options.data === undefined) await rm(directory, { recursive: true, force: true })
  }
}

async function demo(
  options: DemoOptions,
  directory: string,
  terminal: Terminal,
): Promise<DemoReport> {
  const cloud = await openDirectory(directory, { settings: quiet })
  let batchId: string
  let measured: Launch
  try {
    await addHosts(cloud, options.hosts, terminal)
    const acme = await cloud.project('acme')
    const prepared = await prepare(cloud, acme, terminal)
    measured = await launch(cloud, acme, prepared, options.count, terminal)
    batchId = measured.batch.id
    showLaunch(measured, terminal)
  } finally {
    await cloud.close()
  }
  const findings = await reopenAndDelete(directory, batchId, terminal)
  return {
    servers: measured.batch.count,
    active: measured.active,
    acceptMs: round(measured.acceptMs),
    activeMs: round(measured.activeMs),
    ...measured.cost,
    hostsUsed: measured.batch.hostsUsed,
    auditFindings: findings,
  }
}

async function addHosts(cloud: Cloud, wanted: number, terminal: Terminal): Promise<void> {
  const { hosts } = await cloud.system.hosts.capacity({})
  const started = performance.now()
  for (let first = hosts; first < wanted; first += limits.bulkIds) {
    const size = Math.min(limits.bulkIds, wanted - first)
    await cloud.system.hosts.create({
      hosts: Array.from({ length: size }, (_, i) => ({
        name: `host-${String(first + i + 1).padStart(7, '0')}`,
        zone: zones[(first + i) % zones.length] as string,
        inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
      })),
    })
    terminal.bar('hosts  ', first + size, wanted)
  }
  terminal.line(
    `${wanted} hosts in ${zones.length} zones, ${milliseconds(performance.now() - started)}`,
  )
}

interface Prepared {
  readonly imageId: string
  readonly networkId: string
  readonly securityGroupId: string
  readonly flavorId: string
  readonly groupId: string
  readonly keyName: string
}

/**
 * Everything that the request will name. Names carry a suffix, so that the demo may run again on
 * its own data.
 */
async function prepare(cloud: Cloud, acme: ProjectApi, terminal: Terminal): Promise<Prepared> {
  const suffix = Date.now().toString(36)
  const image = await uploadImage(acme, suffix, terminal)
  const network = await acme.networks.create({ name: `backend-${suffix}` })
  await acme.subnets.create({ networkId: network.id, name: 'backend', cidr: '10.0.0.0/16' })
  const security = await acme.securityGroups.create({ name: `web-${suffix}` })
  await acme.securityGroupRules.create({
    groupId: security.id,
    direction: 'ingress',
    etherType: 'IPv4',
    protocol: 'tcp',
    portRangeMin: 443,
    portRangeMax: 443,
  })
  const flavor = await cloud.system.flavors.create({
    name: `m1.small-${suffix}`,
    vcpus: 2,
    ramMb: 4_096,
    diskGb: 20,
  })
  const group = await acme.serverGroups.create({
    name: `web-${suffix}`,
    policy: 'anti-affinity',
    maxServerPerHost: perHost,
  })
  const key = await acme.keyPairs.create({ name: `demo-${suffix}`, publicKey: demoKey() })
  terminal.line(
    'network 10.0.0.0/16, security group, flavor, anti-affinity group and key pair made',
  )
  return {
    imageId: image,
    networkId: network.id,
    securityGroupId: security.id,
    flavorId: flavor.id,
    groupId: group.id,
    keyName: key.name,
  }
}

async function uploadImage(acme: ProjectApi, suffix: string, terminal: Terminal): Promise<string> {
  const chunk = createHash('sha512').update('nephos').digest()
  const mebibyte = Buffer.alloc(2 ** 20, chunk)
  const hash = createHash('sha256')
  for (let i = 0; i < imageMib; i++) hash.update(mebibyte)
  const image = await acme.images.create({
    name: `demo-${suffix}`,
    diskFormat: 'raw',
    containerFormat: 'bare',
  })
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < imageMib; i++) yield mebibyte
  }
  const checksum = { algorithm: 'sha256' as const, value: hash.digest('hex') }
  await acme.images.upload({ id: image.id, size: imageMib * 2 ** 20, checksum }, bytes())
  terminal.line(
    `image of ${imageMib} MiB uploaded, sha256 ${checksum.value.slice(0, 16)}… verified`,
  )
  return image.id
}

/** An ssh-ed25519 public key in OpenSSH form; nobody has its private half. */
function demoKey(): string {
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const point = createHash('sha256').update('nephos demo').digest()
  const blob = Buffer.concat([part(Buffer.from('ssh-ed25519')), part(point)])
  return `ssh-ed25519 ${blob.toString('base64')} demo`
}

interface Launch {
  readonly batch: ServerBatch
  readonly active: number
  readonly acceptMs: number
  readonly activeMs: number
  /** On the request path: from the call to its durable acceptance. */
  readonly cost: CloudStats
  /** From the call until all were ACTIVE. */
  readonly total: CloudStats
}

async function launch(
  cloud: Cloud,
  acme: ProjectApi,
  prepared: Prepared,
  count: number,
  terminal: Terminal,
): Promise<Launch> {
  const { networkId, securityGroupId, ...rest } = prepared
  const before = cloud.stats
  const started = performance.now()
  const batch = await acme.servers.create({
    ...rest,
    name: 'web',
    minCount: count,
    networks: [{ networkId }],
    securityGroupIds: [securityGroupId],
    userData: Buffer.from('#cloud-config\nhostname: web\n').toString('base64'),
  })
  const acceptMs = performance.now() - started
  const cost = difference(before, cloud.stats)
  let active = 0
  for await (const progress of batch.progress()) {
    active = progress.active
    terminal.bar('servers', active, progress.count)
  }
  const activeMs = performance.now() - started
  return { batch, active, acceptMs, activeMs, cost, total: difference(before, cloud.stats) }
}

function difference(before: CloudStats, after: CloudStats): CloudStats {
  return {
    transactions: after.transactions - before.transactions,
    statements: after.statements - before.statements,
    messages: after.messages - before.messages,
  }
}

function showLaunch(measured: Launch, terminal: Terminal): void {
  const { batch, cost, total } = measured
  terminal.line(`\none request for ${batch.count} servers:`)
  terminal.table([
    ['accepted durably after', milliseconds(measured.acceptMs)],
    [`${measured.active} ACTIVE after`, milliseconds(measured.activeMs)],
    ['hosts used', String(batch.hostsUsed)],
    ['store transactions to accept (to ACTIVE)', `${cost.transactions} (${total.transactions})`],
    ['store statements to accept (to ACTIVE)', `${cost.statements} (${total.statements})`],
    ['bus messages to accept (to ACTIVE)', `${cost.messages} (${total.messages})`],
  ])
}

/**
 * Opens the same files again, shows that all is there, deletes the batch in one request, and
 * audits.
 */
async function reopenAndDelete(
  directory: string,
  batchId: string,
  terminal: Terminal,
): Promise<number> {
  const started = performance.now()
  const cloud = await openDirectory(directory, { settings: quiet })
  try {
    const acme = await cloud.project('acme')
    const batch = await acme.servers.batch(batchId)
    let active = 0
    for await (const server of batch.servers()) if (server.status === 'ACTIVE') active++
    const elapsed = performance.now() - started
    terminal.line(`\nclosed, opened again in ${milliseconds(elapsed)}: ${active} servers ACTIVE`)
    const deleting = performance.now()
    await batch.delete()
    for (let left = batch.count; left > 0;) {
      left = 0
      for await (const _ of batch.servers()) left++
      terminal.bar('deleted', batch.count - left, batch.count)
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    terminal.line(`all deleted in one request, ${milliseconds(performance.now() - deleting)}`)
    const findings = await cloud.audit()
    for (const finding of findings.slice(0, 20)) {
      terminal.line(`  invariant ${finding.invariant}: ${finding.subject}: ${finding.message}`)
    }
    terminal.line(`audit: ${findings.length} findings`)
    return findings.length
  } finally {
    await cloud.close()
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
