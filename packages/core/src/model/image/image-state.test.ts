import { describe, expect, it } from 'vitest'
import {
  imageEvents,
  type ImageStatus,
  imageStatuses,
  transition,
  transitions,
} from './image-state.ts'

/** The documented edges, written down a second time. */
const edges: Record<ImageStatus, readonly ImageStatus[]> = {
  queued: ['saving', 'uploading', 'importing', 'deleted'],
  saving: ['active', 'queued', 'killed', 'pending_delete'],
  uploading: ['importing', 'queued', 'killed', 'pending_delete'],
  importing: ['active', 'queued', 'killed', 'pending_delete'],
  active: ['deactivated', 'pending_delete'],
  deactivated: ['active', 'pending_delete'],
  killed: ['pending_delete'],
  pending_delete: ['deleted'],
  deleted: [],
}

describe('I2: image states', () => {
  it('decide every status against every event', () => {
    expect(Object.keys(transitions).sort()).toEqual([...imageStatuses].sort())
    for (const status of imageStatuses) {
      expect(Object.keys(transitions[status]).sort()).toEqual([...imageEvents].sort())
      for (const event of imageEvents) {
        const next = transition(status, event)
        expect(next === null || imageStatuses.includes(next), `${status} ${event}`).toBe(true)
      }
    }
  })

  it('move along the documented edges only', () => {
    for (const status of imageStatuses) {
      const reached = imageEvents.flatMap((event) => transition(status, event) ?? [])
      expect([...new Set(reached)].sort(), status).toEqual([...edges[status]].sort())
    }
  })

  it('lead from anywhere to deleted, and nowhere from there', () => {
    for (const start of imageStatuses) {
      const seen = new Set<ImageStatus>([start])
      for (const status of seen) {
        for (const event of imageEvents) {
          const next = transition(status, event)
          if (next) seen.add(next)
        }
      }
      expect(seen.has('deleted'), start).toBe(true)
      if (start === 'deleted') expect([...seen]).toEqual(['deleted'])
    }
  })
})
