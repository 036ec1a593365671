import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from '../door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor({ hosts: 1 })
})
afterAll(() => door[Symbol.asyncDispose]())

const base = '/network/v2.0'

/** What can be marked: its collection, its noun, and a body that makes one, in this order. */
const nouns: readonly (readonly [string, string, (ids: ReadonlyMap<string, string>) => object])[] =
  [
    ['networks', 'network', () => ({ name: 'n' })],
    [
      'subnets',
      'subnet',
      (ids) => ({ network_id: ids.get('networks'), ip_version: 4, cidr: '10.5.0.0/24' }),
    ],
    ['ports', 'port', (ids) => ({ network_id: ids.get('networks') })],
    ['routers', 'router', () => ({ name: 'r' })],
    ['floatingips', 'floatingip', (ids) => ({ floating_network_id: ids.get('public') })],
    ['security-groups', 'security_group', () => ({ name: 'g' })],
    ['subnetpools', 'subnetpool', () => ({ name: 'p', prefixes: ['10.60.0.0/16'] })],
  ]

describe('N1: marks of networks and what belongs to them', () => {
  it('are set, read, replaced and taken; each noun is listed, shown and changed', async () => {
    const { demo } = door
    const outside = await demo.get(`${base}/networks?name=public`)
    const ids = new Map([['public', outside.string('networks.0.id')]])
    for (const [collection, noun, body] of nouns) {
      const made = await demo.post(`${base}/${collection}`, { [noun]: body(ids) })
      expect(made.status, made.text).toBe(201)
      const id = made.string(`${noun}.id`)
      ids.set(collection, id)
      const at = `${base}/${collection}/${id}`
      expect((await demo.get(at)).at(`${noun}.id`)).toBe(id)
      const changed = await demo.put(at, { [noun]: { description: 'changed' } })
      expect(changed.at(`${noun}.description`), changed.text).toBe('changed')
      expect((await demo.get(`${base}/${collection}`)).text).toContain(id)
      expect((await demo.put(`${at}/tags/red`)).status).toBe(201)
      expect((await demo.get(`${at}/tags/red`)).status).toBe(204)
      expect((await demo.get(`${at}/tags/blue`)).status).toBe(404)
      const replaced = await demo.put(`${at}/tags`, { tags: ['blue', 'green'] })
      expect(replaced.at('tags')).toEqual(['blue', 'green'])
      expect((await demo.delete(`${at}/tags/blue`)).status).toBe(204)
      expect((await demo.get(`${at}/tags`)).at('tags')).toEqual(['green'])
      expect((await demo.delete(`${at}/tags`)).status).toBe(204)
      expect((await demo.get(`${at}/tags`)).at('tags')).toEqual([])
    }
    const rules = await demo.get(`${base}/security-group-rules`)
    const rule = rules.string('security_group_rules.0.id')
    const shown = await demo.get(`${base}/security-group-rules/${rule}`)
    expect(shown.string('security_group_rule.id')).toBe(rule)
    const pool = `${base}/subnetpools/${ids.get('subnetpools') ?? ''}`
    const more = { prefixes: ['10.62.0.0/16'] }
    await demo.put(`${pool}/add_prefixes`, more)
    expect((await demo.put(`${pool}/remove_prefixes`, more)).status).toBe(200)
    expect((await demo.get(`${base}/extensions`)).list('extensions').length).toBeGreaterThan(20)
  })
})
