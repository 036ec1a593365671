import { expect, test } from 'vitest'
import { actorOf, newProject } from '../../../test/identity-kernel.ts'
import { textStream } from '../../../test/streams.ts'
import { wholeCloud } from '../../../test/whole-cloud.ts'
import { Committer } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import type { Store, WriteResult } from '../../ports/store.ts'
import { hostUpdate } from '../compute/host-update.ts'
import { flavorDelete } from '../compute/flavor.ts'
import { flavorKind } from '../../model/compute/flavor.ts'
import { projectDelete } from '../identity/project.ts'
import { imageDelete } from '../image/delete.ts'
import { imageCreate } from '../image/image.ts'
import { uploadImage } from '../image/upload.ts'
import { networkCreate, networkDelete } from '../network/network.ts'
import { portCreate, portDelete } from '../network/port.ts'
import { subnetCreate } from '../network/subnet.ts'
import { invoke } from '../operation.ts'
import type { Finding } from './finding.ts'
import { LiveAudit } from './live-audit.ts'

/** A kernel whose commits are watched, each before the next. */
async function watched(
  kernel: Kernel,
): Promise<{ kernel: Kernel; seen: Finding[]; commits: () => number }> {
  const live = await LiveAudit.open(kernel)
  const seen: Finding[] = []
  let commits = 0
  let tail: Promise<unknown> = Promise.resolve()
  const transact: Store['transact'] = (batches) => {
    const answer = tail.then(async () => {
      const results: WriteResult[] = []
      // Each by itself, so that what stands between two of them is looked at too.
      for (const batch of batches) {
        const [result] = (await kernel.store.transact([batch])) as [WriteResult]
        results.push(result)
        if (!result.ok) continue
        commits++
        seen.push(...(await live.committed([batch])))
      }
      return results
    })
    tail = answer.catch(() => undefined)
    return answer
  }
  const store = new Proxy(kernel.store, {
    get: (target, name) => {
      const member: unknown = name === 'transact' ? transact : Reflect.get(target, name)
      return typeof member === 'function' && name !== 'transact' ? member.bind(target) : member
    },
  })
  const { bus, clock, telemetry } = kernel
  const committer = new Committer({ store, bus, clock, telemetry }, 'watched')
  return { kernel: { ...kernel, store, committer }, seen, commits: () => commits }
}

test('what services do breaks nothing, at any instant', async () => {
  const cloud = await wholeCloud()
  const { root, networkId } = cloud
  const { kernel, seen, commits } = await watched(cloud.kernel)
  const project = await newProject({ ...cloud, kernel }, 'other')
  const actor = actorOf(project)
  const network = await invoke(kernel, actor, networkCreate, { name: 'n' }, { idempotencyKey: 'k' })
  await invoke(kernel, actor, subnetCreate, { networkId: network.id, cidr: '10.1.0.0/24' })
  const fields = { networkId: network.id }
  const ports = await Promise.all([1, 2, 3].map(() => invoke(kernel, actor, portCreate, fields)))
  await invoke(kernel, actor, portDelete, { ids: ports.map(({ id }) => id) })
  await invoke(kernel, actor, networkDelete, { id: network.id })
  const { id } = await invoke(kernel, actor, imageCreate, { name: 'i' })
  await uploadImage(kernel, actor, { id }, textStream('abc'), {})
  await invoke(kernel, actor, imageDelete, { id })
  await invoke(kernel, root, projectDelete, { id: project.id })
  for (const flavor of await kernel.store.query(flavorKind, { limit: 9 }))
    await invoke(kernel, root, flavorDelete, { id: flavor.id })
  // Room is withheld between two commits, of which each is looked at.
  const inventory = { VCPU: 2, MEMORY_MB: 1_024 }
  await invoke(kernel, root, hostUpdate, { id: cloud.hostIds[0] as string, inventory })
  expect(seen).toEqual([])
  expect(commits()).toBeGreaterThan(12)
  const foreign = invoke(kernel, actor, portCreate, { networkId })
  await expect(foreign).rejects.toMatchObject({ code: 'notFound' })
})
