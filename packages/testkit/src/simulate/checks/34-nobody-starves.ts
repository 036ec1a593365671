import { faultNames } from '../../world/faults.ts'
import type { Check, Watch } from '../check.ts'

/** While nothing goes wrong, an answer comes within so long: far above any wait, below for ever. */
const waitMs = 10 * 60_000

/** Calls that last as long as their caller sends, who may go away in the middle. */
const ownPace: ReadonlySet<string> = new Set(['image.data.upload', 'object.data.upload'])

/** Once faults are over every call is answered, and soon, whatever others ask for. */
export const nobodyStarves: Check = {
  invariant: 34,
  title: 'Whoever asks within his share is neither refused for load nor starved.',
  watch: ({ report, sometimes, world }) => {
    const { ground } = world
    let wasStormy = false
    const isQuiet = faultNames.every((name) => !ground.faults.planned(name))
    /** Since when things have gone well, as far as was seen: not before. */
    let calmSince = isQuiet ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    const look = (): void => {
      if (isQuiet) return
      if (!ground.faults.calm) {
        wasStormy = true
        calmSince = Number.POSITIVE_INFINITY
      } else if (wasStormy && calmSince > ground.now) calmSince = ground.now
    }
    return {
      commit: look,
      answer: ({ called, returned, end, code, operation, tenant, requestIds }) => {
        look()
        if (called <= calmSince) return
        sometimes('a call was judged for its wait')
        const subject = `request:${requestIds[0] as string}`
        if (code === 'overloaded') {
          report(subject, `${operation} of ${tenant} was refused for load`)
        } else if (ownPace.has(operation)) {
          return
        } else if (end === 'unknown' || returned === undefined) {
          report(
            subject,
            `${operation} of ${tenant} was never answered, although nothing went wrong`,
          )
        } else if (returned - called > waitMs) {
          report(subject, `${operation} of ${tenant} waited ${Math.round(returned - called)} ms`)
        }
      },
    } satisfies Watch
  },
}
