import type { HostView, PlacementAnswer, Scheduler } from '@nephos/core'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'

/**
 * A placement engine that is wrong now and then: it proposes hosts that are full, forbidden or not
 * there. No rule of the cloud may depend on it.
 */
export function lyingEngine(
  engine: Scheduler,
  ground: Ground,
  chance: Chance,
  lane: string,
): Scheduler {
  const hosts = new Set<string>()
  const known = (views: readonly HostView[]): void => {
    for (const view of views) hosts.add(view.id)
  }
  const wrong = (answer: PlacementAnswer): PlacementAnswer => {
    if (!answer.ok) return answer
    const ids = [...hosts]
    const anyHost = (): string => chance.pick(ids) ?? 'host-that-is-not'
    switch (chance.whole(0, 2)) {
      case 0:
        return {
          ...answer,
          assignments: [{ hostId: anyHost(), count: answer.placed }],
        }
      case 1: {
        const counts = new Map<string, number>()
        for (let i = 0; i < answer.placed; i++) {
          const hostId = anyHost()
          counts.set(hostId, (counts.get(hostId) ?? 0) + 1)
        }
        const assignments = [...counts].map(([hostId, count]) => ({ hostId, count }))
        return { ...answer, assignments }
      }
      default:
        return { ...answer, assignments: [{ hostId: 'host-that-is-not', count: answer.placed }] }
    }
  }
  return {
    putHosts: (views) => {
      known(views)
      engine.putHosts(views)
    },
    removeHosts: (ids) => engine.removeHosts(ids),
    setUsage: (usages) => engine.setUsage(usages),
    adjust: (claims, sign) => engine.adjust(claims, sign),
    place: (ask) => {
      const answer = engine.place(ask)
      return ground.hits('engineLies', lane) ? wrong(answer) : answer
    },
    preview: (ask) => engine.preview(ask),
    room: (ask) => engine.room(ask),
    lightest: (limit) => engine.lightest(limit),
    plan: (ask) => engine.plan(ask),
    capacity: () => engine.capacity(),
    usage: (hostId) => engine.usage(hostId),
  }
}
