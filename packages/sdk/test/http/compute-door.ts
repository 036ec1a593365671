import { type Answer, type Client, type Door, openDoor } from './door.ts'

export const root = '/compute/v2.1'

/** Headers of a request in version 2.N. */
export const at = (minor: number): Readonly<Record<string, string>> => ({
  'openstack-api-version': `compute 2.${minor}`,
})

/** A cloud behind its door, and how servers are made in it. */
export class ComputeDoor {
  readonly door: Door
  readonly imageId: string
  readonly networkId: string

  private constructor(door: Door, imageId: string, networkId: string) {
    this.door = door
    this.imageId = imageId
    this.networkId = networkId
  }

  static async open(): Promise<ComputeDoor> {
    const door = await openDoor()
    const project = await door.cloud.project('demo')
    const imageId = await idOf(project.images.list(), 'nephos-boot')
    return new ComputeDoor(door, imageId, await idOf(project.networks.list(), 'private'))
  }

  create(more: object = {}, client = this.door.demo, minor = 1): Promise<Answer> {
    const server = {
      name: 'web',
      imageRef: this.imageId,
      flavorRef: '1',
      networks: [{ uuid: this.networkId }],
      ...more,
    }
    return client.post(`${root}/servers`, { server }, at(minor))
  }

  /** The id of a new server that runs. */
  async active(more: object = {}): Promise<string> {
    const made = await this.create(more)
    await this.settle()
    return made.string('server.id')
  }

  act(id: string, body: object, minor = 1, client: Client = this.door.demo): Promise<Answer> {
    return client.post(`${root}/servers/${id}/action`, body, at(minor))
  }

  async status(id: string): Promise<unknown> {
    await this.settle()
    return (await this.door.demo.get(`${root}/servers/${id}`)).at('server.status')
  }

  /** Waits until no work is left. */
  async settle(): Promise<void> {
    await this.door.cloud.settle({ timeoutMs: 20_000 })
  }
}

async function idOf(
  rows: AsyncIterable<{ readonly id: string; readonly name: string }>,
  wanted: string,
): Promise<string> {
  for await (const { id, name } of rows) if (name === wanted) return id
  throw new Error(`There is no ${wanted}.`)
}
