import { describe, expect, it } from 'vitest'
import { oracle, type OracleCloud } from '../../../../test/packet-oracle.ts'
import { drawCloud, rowsWorld } from '../../../../test/reach-world.ts'
import { SeededRandom } from '../../../reference/seeded-random.ts'
import type { Packet } from './packet.ts'
import { findWay } from './reach.ts'

const clouds = 400
const packetsPerCloud = 25

/** Which kinds of answer were met: what never comes up was never checked. */
const seen = new Map<string, number>()

function question(cloud: OracleCloud, draw: (count: number) => number): [string, string, Packet] {
  const from = cloud.ports[draw(cloud.ports.length)] as OracleCloud['ports'][number]
  const to = cloud.ports[draw(cloud.ports.length)] as OracleCloud['ports'][number]
  const held = from.fixedIps[0]?.address as string
  const poses = from.allowedAddressPairs.length > 0 && draw(4) === 0
  const source = poses ? '10.9.9.9' : draw(12) === 0 ? '10.8.8.8' : held
  const floating = cloud.floatingIps[draw(Math.max(1, cloud.floatingIps.length))]
  const destination =
    floating && draw(3) === 0 ? floating.address : (to.fixedIps[0]?.address as string)
  const isIcmp = draw(4) === 0
  const udp = draw(4) === 0 ? 'udp' : 'tcp'
  const port = [22, 80, 443, 8_080][draw(4)] as number
  const packet = {
    ...{ source, destination, protocol: isIcmp ? 'icmp' : udp },
    ...{ sourcePort: 50_000, destinationPort: isIcmp ? 50_000 : port },
    ...{ icmpType: isIcmp ? 8 : null, icmpCode: isIcmp ? 0 : null },
  }
  const target = cloud.floatingIps.find(({ address }) => address === destination)
  const asked = target ? (target.target ?? target.portForwardings[0])?.portId : undefined
  return [from.id, asked ?? to.id, packet]
}

describe('F7: the reachability query', () => {
  it('says of every packet what an independent packet oracle sees happen', async () => {
    const random = new SeededRandom(20_261_122)
    const draw = (count: number): number => random.uint32() % count
    for (let number = 0; number < clouds; number++) {
      const cloud = drawCloud(draw)
      const world = rowsWorld(cloud)
      for (let turn = 0; turn < packetsPerCloud; turn++) {
        const [fromId, toId, packet] = question(cloud, draw)
        const port = cloud.ports.find(({ id }) => id === fromId)
        // What a server sends to itself stays in it.
        if (!port || fromId === toId) continue
        const found = await findWay(world, { type: 'port', port }, packet, toId)
        const expected = oracle(cloud, fromId, toId, packet)
        const label = `cloud ${number}, packet ${turn}: ${JSON.stringify([fromId, toId, packet])}`
        expect({ label, reachable: found.reachable, failsOn: found.failsOn }).toEqual({
          label,
          ...expected,
        })
        const key = found.reachable
          ? `reached over ${found.request.filter(({ type }) => type === 'routed').length} routers`
          : `${found.failsOn} ${found.reason}`
        seen.set(key, (seen.get(key) ?? 0) + 1)
        if (found.request.some(({ type }) => type === 'translated') && found.reachable)
          seen.set('reached by translation', (seen.get('reached by translation') ?? 0) + 1)
      }
    }
    for (const kind of [
      'reached over 0 routers',
      'reached over 1 routers',
      'reached over 2 routers',
      'reached by translation',
      'request noRule',
      'request spoofed',
      'request portDown',
      'request nobody',
      'request routerDown',
      'request noRoute',
      'request forwardedByPort',
      'answer noRule',
      'answer elsewhere',
    ])
      expect([kind, (seen.get(kind) ?? 0) > 0]).toEqual([kind, true])
  })
})
