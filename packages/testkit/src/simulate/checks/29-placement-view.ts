import { hostKind, hostScope } from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { rowsOf } from './rows.ts'

/** Every process that has read the feed to its end knows of each host what the store says. */
export const placementView: Check = {
  invariant: 29,
  title: 'What placement believes is what the store holds.',
  watch: (scene) => {
    // An engine that does not keep to its own decisions believes what it likes.
    const isSound = !scene.world.ground.faults.planned('engineLies')
    return { rest: () => (isSound ? checkViews(scene) : undefined) } satisfies Watch
  },
}

async function checkViews({ report, world }: Scene): Promise<void> {
  const hostIds = (await rowsOf(world, hostKind)).map(({ id }) => id)
  const used = new Map<string, Map<string, number>>(hostIds.map((id) => [hostScope(id), new Map()]))
  for (const { scope, name, value } of await world.store.truth.counters([...used.keys()])) {
    used.get(scope)?.set(name, value)
  }
  for (const { name: process, plane } of world.members) {
    if (!plane) continue
    await world.run(() => plane.kernel.fleet.sync())
    for (const hostId of hostIds) {
      const due = used.get(hostScope(hostId))
      const view = plane.kernel.fleet.usage(hostId)
      if (!view) report(`host:${hostId}`, `${process} does not know it`)
      for (const name of new Set([...(due?.keys() ?? []), ...Object.keys(view ?? {})])) {
        const believed = view?.[name] ?? 0
        const actual = due?.get(name) ?? 0
        if (!view || believed === actual) continue
        report(
          `host:${hostId}`,
          `${process} believes ${name} ${believed}, the store says ${actual}`,
        )
      }
    }
  }
}
