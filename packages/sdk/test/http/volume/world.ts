import { type Answer, type Client, type Door, openDoor } from '../door.ts'

/** A door with somebody's block storage behind it. */
export interface BlockDoor extends AsyncDisposable {
  readonly door: Door
  readonly admin: Block
  readonly demo: Block
  readonly settled: () => Promise<void>
}

export async function openBlock(): Promise<BlockDoor> {
  const door = await openDoor({ hosts: 1 })
  return {
    door,
    admin: new Block(door.admin),
    demo: new Block(door.demo),
    settled: async () => {
      await door.cloud.settle({ timeoutMs: 20_000 })
    },
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  }
}

/** Somebody at the block storage of his project, in a microversion. */
export class Block {
  readonly client: Client
  readonly minor: number

  constructor(client: Client, minor = 70) {
    this.client = client
    this.minor = minor
  }

  at(minor: number): Block {
    return new Block(this.client, minor)
  }

  call(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { 'openstack-api-version': `volume 3.${this.minor}` }
    const whole = `/volume/v3/${this.client.projectId}${path}`
    return this.client.request(method, whole, body, headers)
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path)
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.call('POST', path, body)
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, body)
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path)
  }

  /** A new volume's id. */
  async volume(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const made = await this.post('/volumes', { volume: { size: 1, ...fields } })
    return made.string('volume.id')
  }

  act(id: string, name: string, input: unknown = {}): Promise<Answer> {
    return this.post(`/volumes/${id}/action`, { [name]: input })
  }
}
