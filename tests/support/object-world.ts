import { createHash } from 'node:crypto'
import { MemoryObjectStore, VirtualClock } from '@nephos/core'
import { type Cloud, createCloud, type ProjectApi } from '@nephos/sdk'
import { expect } from 'vitest'
import { collect } from './world.ts'

/** A cloud with two projects, whose bytes and clock a test can reach. */
export interface ObjectWorld {
  readonly clock: VirtualClock
  readonly objects: MemoryObjectStore
  readonly cloud: Cloud
  readonly acme: ProjectApi
  readonly other: ProjectApi
}

export async function objectWorld(): Promise<ObjectWorld> {
  const clock = new VirtualClock(1_800_000_000_000)
  const objects = new MemoryObjectStore()
  const cloud = await createCloud({ clock, work: false, drivers: { objects } })
  const acme = await cloud.project('acme')
  const other = await cloud.project('other')
  return { clock, objects, cloud, acme, other }
}

/** Nothing is wrong once the reconcilers have been round. */
export async function closeObjectWorld({ cloud }: ObjectWorld): Promise<void> {
  await cloud.reconcile()
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
}

export async function* text(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part)
}

export async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await collect(bytes)).toString('utf8')
}

export const md5 = (data: string): string => createHash('md5').update(data).digest('hex')

export const put = (
  project: ProjectApi,
  container: string,
  name: string,
  data: string,
  more: object = {},
): ReturnType<ProjectApi['objects']['upload']> =>
  project.objects.upload({ container, name, ...more }, text(data))

export async function get(
  project: ProjectApi,
  container: string,
  name: string,
  more: object = {},
): Promise<string> {
  return read((await project.objects.download({ container, name, ...more })).bytes)
}

export async function namesOf(list: AsyncIterable<{ readonly name: string }>): Promise<string[]> {
  return (await collect(list)).map(({ name }) => name)
}

/** An error with this code, and this field if it is named. */
export const code = (expected: string, field?: string): unknown =>
  expect.objectContaining(field === undefined ? { code: expected } : { code: expected, field })
