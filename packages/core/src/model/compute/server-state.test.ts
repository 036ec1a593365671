import { describe, expect, it } from 'vitest'
import {
  actionAllowed,
  edgeAllowed,
  serverActionNames,
  serverActions,
  serverStatus,
  serverTasks,
  taskEnds,
  vmStates,
} from './server-state.ts'

describe('C2: the state machine of servers', () => {
  it('decides every action in every state, with and without a task', () => {
    for (const action of serverActionNames) {
      for (const state of vmStates) {
        for (const task of [null, ...serverTasks]) {
          expect(typeof actionAllowed(action, state, task)).toBe('boolean')
        }
      }
    }
  })

  it('ends every task, and begins every task by an action or by creation', () => {
    const begun = new Set<string>(serverActionNames.map((name) => serverActions[name].task))
    for (const task of serverTasks) {
      expect(taskEnds[task]).toBeDefined()
      expect(begun.has(task) || task === 'spawning').toBe(true)
    }
  })

  it('lets a server be deleted from every state, whatever is under way', () => {
    for (const state of vmStates) {
      for (const task of [null, ...serverTasks]) {
        expect(actionAllowed('delete', state, task)).toBe(task !== 'deleting')
        expect(actionAllowed('forceDelete', state, task)).toBe(true)
      }
    }
  })

  it('has a public status for every pair', () => {
    for (const state of vmStates) {
      for (const task of [null, ...serverTasks])
        expect(serverStatus(state, task)).toMatch(/^[A-Z_]+$/)
    }
    expect(serverStatus('active', 'rebootingHard')).toBe('HARD_REBOOT')
    expect(serverStatus('building', 'spawning')).toBe('BUILD')
    expect(serverStatus('resized', null)).toBe('VERIFY_RESIZE')
  })

  it('allows only the edges that a task ends in', () => {
    expect(edgeAllowed('building', 'active', 'spawning')).toBe(true)
    expect(edgeAllowed('building', 'stopped', 'spawning')).toBe(false)
    expect(edgeAllowed('active', 'gone', 'deleting')).toBe(true)
    expect(edgeAllowed('active', 'gone', 'stopping')).toBe(false)
  })
})
