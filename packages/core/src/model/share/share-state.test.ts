import { describe, expect, it } from 'vitest'
import {
  shareEvents,
  type ShareStatus,
  shareStatuses,
  shareTransition,
  shareTransitions,
} from './share-state.ts'

/** The documented edges, written down a second time. */
const edges: Record<ShareStatus, readonly ShareStatus[]> = {
  creating: ['available', 'error'],
  available: ['deleting', 'extending', 'shrinking'],
  deleting: ['error_deleting'],
  error: ['deleting'],
  error_deleting: ['deleting'],
  extending: ['available', 'extending_error'],
  extending_error: ['deleting', 'extending'],
  shrinking: ['available', 'shrinking_error', 'shrinking_possible_data_loss_error'],
  shrinking_error: ['deleting', 'shrinking'],
  shrinking_possible_data_loss_error: ['deleting', 'extending', 'shrinking'],
}

describe('share states', () => {
  it('O11: decide every status against every event, along the documented edges', () => {
    expect(Object.keys(shareTransitions).sort()).toEqual([...shareStatuses].sort())
    for (const status of shareStatuses) {
      expect(Object.keys(shareTransitions[status]).sort()).toEqual([...shareEvents].sort())
      const reached = shareEvents.flatMap((event) => shareTransition(status, event) ?? [])
      expect([...new Set(reached)].sort(), status).toEqual([...edges[status]].sort())
    }
  })

  it('O11: lead from anywhere to a deletion', () => {
    for (const start of shareStatuses) {
      const seen = new Set<ShareStatus>([start])
      for (const status of seen) for (const next of edges[status]) seen.add(next)
      expect(seen.has('deleting'), start).toBe(true)
    }
  })
})
