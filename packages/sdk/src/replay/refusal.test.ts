import { CloudError } from '@nephos/core'
import { expect, test } from 'vitest'
import { refusalReason } from './refusal.ts'

test('refusals are named by code, for placement by what ruled out most hosts', () => {
  const ruledOut = { disabled: 1, zone: 0, resources: 3, group: 3 }
  const noHost = (detail: Record<string, unknown>): CloudError =>
    new CloudError('noValidHost', 'none', { detail })
  expect(refusalReason(noHost({ ruledOut }))).toBe('noValidHost:resources')
  expect(refusalReason(noHost({ ruledOut: { disabled: 0 } }))).toBe('noValidHost:count')
  expect(refusalReason(new CloudError('noValidHost', 'none'))).toBe('noValidHost:count')
  expect(refusalReason(new CloudError('quotaExceeded', 'cores'))).toBe('quotaExceeded')
})

test('defects and failures are no refusals', () => {
  for (const code of ['internal', 'unavailable', 'invalid', 'closed', 'aborted'] as const) {
    expect(refusalReason(new CloudError(code, ''))).toBeUndefined()
  }
  expect(refusalReason(new Error('noValidHost'))).toBeUndefined()
})
