import type { GuestPower, GuestReport, GuestTarget, Hypervisor } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

export interface HypervisorSuiteOptions extends SuiteOptions<Hypervisor> {
  /** Two hosts that the driver can reach, with room for 40 guests of the given resources. */
  readonly hostIds?: readonly [string, string]
  readonly imageId?: string | null
  readonly resources?: Readonly<Record<string, number>>
}

/** The promises of `Hypervisor` that every driver keeps, whatever runs underneath. */
export function hypervisorConformance(options: HypervisorSuiteOptions): void {
  const { test, make } = options
  const [a, b] = options.hostIds ?? ['host-a', 'host-b']
  const { imageId = 'image-1', resources = { VCPU: 1, MEMORY_MB: 64, DISK_GB: 1 } } = options
  const suite: Suite = {
    a,
    b,
    target: (serverId, power, generation) => ({
      ...{ serverId, hostId: a, generation, power, name: serverId, imageId, resources },
      ...{ boots: { count: 0, hard: false }, builds: 1, ports: [] },
    }),
    check: (name, body) => test(`hypervisor: ${name}`, () => withSubject(make, body)),
  }
  checkReports(suite)
  checkFences(suite)
  checkLife(suite)
  checkMoves(suite)

  test('hypervisor: close is idempotent, and ends it', async () => {
    const subject = await make()
    await subject.close()
    await subject.close()
    await rejects(applied(subject, [suite.target('one', 'running', 1)]), 'closed', 'apply')
    await rejects(subject.observe([a]), 'closed', 'observe')
  })
}

/** What the checks share: two hosts, a maker of targets on the first, a registrar. */
interface Suite {
  readonly a: string
  readonly b: string
  readonly target: (serverId: string, power: GuestPower, generation: number) => GuestTarget
  readonly check: (name: string, body: (subject: Hypervisor) => Promise<void>) => void
}

function checkReports({ a, b, target, check }: Suite): void {
  check('reports every target exactly once', async (subject) => {
    const ids = Array.from({ length: 40 }, (_, index) => `server-${index}`)
    const targets = ids.map((id, index) => ({
      ...target(id, index % 3 === 0 ? 'stopped' : 'running', 1),
      hostId: index % 2 === 0 ? a : b,
    }))
    const reports = await applied(subject, targets)
    equal(reports.map((report) => report.serverId).sort(), ids.toSorted(), 'reports per target')
    for (const wanted of targets) {
      const report = reports.find((one) => one.serverId === wanted.serverId)
      equal(report, plain(wanted), 'report of a target that was reached')
    }
    equal(await applied(subject, []), [], 'reports of no targets')
  })

  check('observes what was applied, host by host', async (subject) => {
    const here = target('one', 'running', 1)
    const there = { ...target('two', 'stopped', 4), hostId: b }
    await applied(subject, [here, there])
    equal(await observed(subject, [a]), [plain(here)], 'guests of the first host')
    equal(await observed(subject, [b]), [plain(there)], 'guests of the second host')
    equal(await observed(subject, [a, b]), [plain(here), plain(there)], 'guests of both')
    equal(await observed(subject, []), [], 'guests of no hosts')
  })
}

function checkFences({ a, b, target, check }: Suite): void {
  check('destroys for good: a late order does not bring a guest back', async (subject) => {
    await applied(subject, [target('one', 'running', 1)])
    await applied(subject, [target('one', 'absent', 2)])
    const [late] = await applied(subject, [target('one', 'running', 1)])
    equal(late?.power, 'absent', 'power reported to the late order')
    equal(late?.generation, 2, 'generation reported to the late order')
    equal(await observed(subject, [a]), [], 'guests after the late order')
    await applied(subject, [target('one', 'running', 3)])
    equal(await observed(subject, [a]), [plain(target('one', 'running', 3))], 'a newer order')
  })

  check('fences a guest that was destroyed before it was built', async (subject) => {
    await applied(subject, [target('one', 'absent', 2)])
    const [late] = await applied(subject, [target('one', 'running', 1)])
    equal(late?.power, 'absent', 'power reported to the late order')
    equal(await observed(subject, [a]), [], 'guests after the late order')
  })

  check('a late order does not undo a newer one', async (subject) => {
    await applied(subject, [target('one', 'running', 5)])
    await applied(subject, [target('one', 'stopped', 6)])
    for (const power of ['running', 'paused', 'suspended', 'absent'] as const) {
      const [late] = await applied(subject, [target('one', power, 5)])
      equal(late?.power, 'stopped', `power reported to a late ${power}`)
      equal(late?.generation, 6, `generation reported to a late ${power}`)
    }
    equal(await observed(subject, [a]), [plain(target('one', 'stopped', 6))])
  })

  check('fences hosts apart', async (subject) => {
    await applied(subject, [target('one', 'running', 1)])
    await applied(subject, [target('one', 'absent', 9)])
    const elsewhere = { ...target('one', 'running', 3), hostId: b }
    const [report] = await applied(subject, [elsewhere])
    equal(report, plain(elsewhere), 'the same server on another host')
    equal(await observed(subject, [a, b]), [plain(elsewhere)])
  })
}

function checkMoves({ a, b, target, check }: Suite): void {
  const coming = (power: GuestPower, generation: number): GuestTarget => ({
    ...target('one', power, generation),
    hostId: b,
    from: a,
  })

  check('a guest comes from another host, and is gone from there', async (subject) => {
    await applied(subject, [target('one', 'running', 1)])
    for (const step of ['first', 'again']) {
      equal((await applied(subject, [coming('running', 2)]))[0], plain(coming('running', 2)), step)
      equal(await observed(subject, [a, b]), [plain(coming('running', 2))], `guests, ${step}`)
    }
    const [late] = await applied(subject, [target('one', 'running', 1)])
    equal(late?.power, 'absent', 'power reported to a late order of where it was')
    await applied(subject, [{ ...target('one', 'absent', 2), hostId: a }])
    equal(await observed(subject, [a, b]), [plain(coming('running', 2))], 'guests at the end')
  })

  check('a guest that is not there to come is not made', async (subject) => {
    await applied(subject, [target('one', 'stopped', 1)])
    const [report] = await applied(subject, [coming('running', 2)])
    equal(report?.power, 'absent', 'power reported')
    equal(report?.fault === undefined, false, 'is a fault')
    equal(await observed(subject, [a, b]), [plain(target('one', 'stopped', 1))], 'guests')
  })
}

function checkLife({ a, target, check }: Suite): void {
  check('applying twice equals applying once', async (subject) => {
    for (const power of ['running', 'stopped', 'paused', 'suspended', 'running'] as const) {
      const wanted = target('one', power, 1)
      const [first] = await applied(subject, [wanted])
      const [second] = await applied(subject, [wanted])
      equal(second, first, `second report of ${power}`)
      equal(await observed(subject, [a]), [plain(wanted)], `guests after ${power} twice`)
    }
  })

  check('absent where nothing is, is absent', async (subject) => {
    const [report] = await applied(subject, [target('never', 'absent', 1)])
    equal(report, plain(target('never', 'absent', 1)))
    equal(await observed(subject, [a]), [])
  })

  check('restarts and rebuilds end at the target', async (subject) => {
    await applied(subject, [target('one', 'running', 1)])
    const steps = [
      { ...target('one', 'running', 2), boots: { count: 1, hard: false } },
      { ...target('one', 'running', 3), boots: { count: 2, hard: true } },
      { ...target('one', 'running', 4), boots: { count: 2, hard: true }, builds: 2 },
      { ...target('one', 'stopped', 5), boots: { count: 2, hard: true }, builds: 3 },
    ]
    for (const step of steps) {
      equal((await applied(subject, [step]))[0], plain(step), `generation ${step.generation}`)
      equal(await observed(subject, [a]), [plain(step)], `generation ${step.generation} observed`)
    }
  })

  check('rescues a guest from another image, and says so', async (subject) => {
    await applied(subject, [target('one', 'running', 1)])
    const rescued = { ...target('one', 'running', 2), rescueImageId: 'image-2' }
    for (const step of [rescued, rescued, target('one', 'running', 3)]) {
      equal((await applied(subject, [step]))[0], plain(step), `generation ${step.generation}`)
      equal(await observed(subject, [a]), [plain(step)], `generation ${step.generation} observed`)
    }
  })

  check('a guest’s disk and console can be read, and nobody else’s', async (subject) => {
    await applied(subject, [target('one', 'running', 1)])
    const guest = { serverId: 'one', hostId: a }
    let bytes = 0
    for await (const chunk of subject.readDisk(guest)) bytes += chunk.byteLength
    equal(bytes > 0, true, 'the disk has bytes')
    const text = await subject.readConsole(guest, { lines: 2 })
    equal(text.split('\n').length <= 2, true, 'no more lines than asked for')
    for (const read of [
      () => subject.readConsole({ ...guest, serverId: 'two' }),
      () => firstPart(subject.readDisk({ ...guest, serverId: 'two' })),
    ]) {
      const outcome = await Promise.resolve(read()).catch((error: unknown) => error)
      equal((outcome as { readonly code?: string }).code, 'notFound', 'a guest that is not there')
    }
  })

  check('a signal that has fired leaves nothing undecided unsaid', async (subject) => {
    const signal = AbortSignal.abort()
    const reports = await applied(subject, [target('one', 'running', 1)], signal)
    equal(reports.length, 1, 'reports')
    const [report] = reports
    assert(report?.power === 'unknown' && report.fault, 'unknown, with a fault')
  })
}

/** Everything that one `apply` reports. */
async function applied(
  subject: Hypervisor,
  targets: readonly GuestTarget[],
  signal?: AbortSignal,
): Promise<GuestReport[]> {
  const reports: GuestReport[] = []
  for await (const chunk of subject.apply(targets, signal ? { signal } : {})) {
    reports.push(...chunk)
  }
  return reports
}

/** Guests by server id; no host may be silent. */
async function observed(subject: Hypervisor, hostIds: readonly string[]): Promise<GuestReport[]> {
  const { guests, silent } = await subject.observe(hostIds)
  equal(silent, [], 'silent hosts')
  return guests.toSorted((a, b) => (a.serverId < b.serverId ? -1 : 1))
}

/** The report of a target that was reached. */
function plain({ rescueImageId, ...target }: GuestTarget): GuestReport {
  const { serverId, hostId, power, generation } = target
  const report = { serverId, hostId, power, generation }
  return rescueImageId === undefined ? report : { ...report, rescueImageId }
}

async function firstPart(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  for await (const part of parts) return part
  return undefined
}
