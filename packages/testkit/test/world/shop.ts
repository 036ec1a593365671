import {
  type Actor,
  type ControlPlane,
  flavorCreate,
  hostCreate,
  imageCreate,
  projectEnsure,
  serverCreate,
  type ServerBatchView,
  uploadImage,
} from '@nephos/core'
import type { World } from '../../src/index.ts'

export const operator: Actor = {
  userId: 'operator',
  projectId: null,
  domainId: null,
  roles: ['admin'],
  system: true,
}

/** What a request for servers names. */
export interface Goods {
  readonly member: Actor
  readonly flavorId: string
  readonly imageId: string
}

/** Makes three hosts, a flavor, a project and an image at a process of the world. */
export function shop(world: World, process: string): Promise<Goods> {
  const api = world.process(process)
  return world.run(async () => {
    await api.invoke(operator, hostCreate, {
      hosts: [0, 1, 2].map((i) => ({
        name: `h${i}`,
        zone: 'z',
        inventory: { VCPU: 16, MEMORY_MB: 65_536, DISK_GB: 1_000 },
      })),
    })
    const flavor = await api.invoke(operator, flavorCreate, {
      name: 'small',
      vcpus: 1,
      ramMb: 1_024,
      diskGb: 10,
    })
    const project = await api.invoke(operator, projectEnsure, { name: 'acme' })
    const member = { ...operator, projectId: project.id, domainId: 'default', system: false }
    const image = await api.invoke(member, imageCreate, {
      name: 'tiny',
      diskFormat: 'raw',
      containerFormat: 'bare',
    })
    await uploadImage(api.kernel, member, { id: image.id }, bytes(), {})
    return { member, flavorId: flavor.id, imageId: image.id }
  })
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3])
}

export function launch(
  api: ControlPlane,
  { member, flavorId, imageId }: Goods,
  minCount = 5,
): Promise<ServerBatchView> {
  return api.invoke(member, serverCreate, { name: 'vm', flavorId, imageId, minCount })
}
