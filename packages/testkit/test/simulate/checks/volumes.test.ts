import { volumeKind } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { volumesAsWritten } from '../../../src/simulate/checks/10-volumes.ts'
import { CheckScene, inserts, updates } from './scene.ts'

const volume = { id: 'v1', sizeGb: 1, attachments: [] } as never as { readonly id: string }

function row(status: string): never {
  return { ...volume, status } as never
}

function again(status: string, rev: number): never {
  return { ...volume, status, rev } as never
}

describe('10: volumes', () => {
  it('that are said to be there are there', async () => {
    const scene = await CheckScene.open(volumesAsWritten)
    await scene.commit([inserts(volumeKind, row('creating'))])
    await scene.commit([updates(volumeKind, again('available', 1))])
    expect(await scene.rest()).toEqual(['volume:v1: is available, and its back-end has it not'])
  })

  it('that were lost may be said to be there by those who know better', async () => {
    const scene = await CheckScene.open(volumesAsWritten)
    await scene.commit([inserts(volumeKind, row('creating'))])
    await scene.commit([updates(volumeKind, again('error', 1))])
    await scene.commit([updates(volumeKind, again('available', 2))])
    expect(await scene.rest()).toEqual([])
  })
})
