import type { GuestPower, Server } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { guestsKept } from '../../../src/simulate/checks/06-guests-kept.ts'
import { active, begun, CheckScene, inserts, serverKind, stored, updates } from './scene.ts'

const row = active()

/** A cloud in which the guest of one server has just been given an order at rest, on host h1. */
async function ordered(order: GuestPower, changed?: Server): Promise<readonly string[]> {
  const scene = await CheckScene.open(guestsKept)
  const { hosts } = scene.world
  const tell = async (power: GuestPower, generation: number): Promise<void> => {
    const target = {
      serverId: row.id,
      hostId: 'h1',
      generation,
      power,
      boots: { count: 0, hard: false },
      builds: 1,
      name: row.name,
      imageId: null,
      resources: {},
      ports: [],
    }
    for await (const _ of hosts.apply([target])) scene.watch.guests?.()
  }
  await tell('running', 1)
  hosts.adopt([
    { serverId: row.id, hostId: 'h2', power: 'running', generation: 1, boots: 0, builds: 1 },
  ])
  await scene.commit([inserts(serverKind, row)])
  if (changed) await scene.commit([updates(serverKind, changed)])
  await tell(order, 2)
  scene.watch.guests?.()
  return scene.reports
}

describe('6: a guest', () => {
  const resized: Server['resize'] = { hostId: 'h1', zone: 'z1', flavor: row.flavor }
  const there: Partial<Server> = { hostId: 'h2', vmState: 'resized', resize: resized }

  it('of a server at rest is destroyed: told once', async () => {
    expect(await ordered('absent')).toEqual([
      `server:${row.id}: stays, but its guest on h1 was destroyed`,
    ])
  })

  it('that a resize may go back to is destroyed', async () => {
    expect(await ordered('absent', begun(stored(row), 'resize', there))).toHaveLength(1)
  })

  it.each<[string, GuestPower, Partial<Server>]>([
    ['is stopped', 'stopped', {}],
    ['of a server that is deleted is destroyed', 'absent', { task: 'deleting' }],
    ['of a server in ERROR is destroyed', 'absent', { vmState: 'error' }],
    ['that a server left behind is destroyed', 'absent', { ...there, task: 'confirmingResize' }],
  ])('%s: nothing is lost', async (_, order, fields) => {
    expect(await ordered(order, begun(stored(row), 'other', fields))).toEqual([])
  })
})
