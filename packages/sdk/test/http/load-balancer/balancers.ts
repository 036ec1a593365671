import { expect } from 'vitest'
import { type Client, type Door, openDoor } from '../door.ts'

export const base = '/load-balancer/v2.0/lbaas'

/** A door with a subnet for load balancers, and short ways to make what tests need. */
export interface Balancers {
  readonly door: Door
  readonly demo: Client
  readonly subnetId: string
  /** Makes something, and tells its id. */
  readonly made: (path: string, body: unknown, root: string) => Promise<string>
  /** Makes a load balancer, and waits until it is there. */
  readonly balancer: (name: string, more?: Readonly<Record<string, unknown>>) => Promise<string>
  /** Waits for a value; for 404 with that. */
  readonly until: (at: string, path: string, wanted: unknown) => Promise<void>
}

export async function openBalancers(): Promise<Balancers> {
  const door = await openDoor()
  const { demo } = door
  const acme = await door.cloud.project('demo')
  const network = await acme.networks.create({ name: 'front' })
  const subnet = await acme.subnets.create({ networkId: network.id, cidr: '10.77.0.0/24' })
  const made = async (path: string, body: unknown, root: string): Promise<string> => {
    const answer = await demo.post(`${base}/${path}`, body)
    expect(answer.status, answer.text).toBe(201)
    return answer.string(`${root}.id`)
  }
  const until = async (at: string, path: string, wanted: unknown): Promise<void> => {
    for (;;) {
      const answer = await demo.get(at)
      if (answer.at(path) === wanted || (wanted === 404 && answer.status === 404)) return
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const balancer: Balancers['balancer'] = async (name, more = {}) => {
    const loadbalancer = { name, vip_subnet_id: subnet.id, ...more }
    const id = await made('loadbalancers', { loadbalancer }, 'loadbalancer')
    await until(`${base}/loadbalancers/${id}`, 'loadbalancer.provisioning_status', 'ACTIVE')
    return id
  }
  return { door, demo, subnetId: subnet.id, made, balancer, until }
}
