import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foreign, openrc } from '../support/foreign.ts'
import { type Recorder, recorderOf } from '../support/record.ts'
import { startUp, type Up } from '../support/up.ts'

const steps = fileURLToPath(new URL('openstacksdk/steps.py', import.meta.url))
let up: Up
let recorder: Recorder
beforeAll(async () => {
  up = await startUp('--hosts', '100')
  recorder = await recorderOf(up)
})
afterAll(() => up[Symbol.asyncDispose]())

/** A program with OpenStack's own library for Python, as Debian packages it: it asserts itself. */
async function step(name: string, user: 'admin' | 'demo' = 'demo'): Promise<void> {
  expect(await foreign('/usr/bin/python3', [steps, name], openrc(up, user))).toBe(`${name}: done`)
}

describe('X4: openstacksdk, unchanged', () => {
  it('signs in, and is told what it may not have', () => step('signs_in'))
  it('N1: makes networks, ports, rules, routers and floating IPs', () => step('networks'))
  it('C1: makes 500 servers in one request, changes and deletes them', () => step('servers'))
  it('B2: attaches, extends, copies and backs up volumes', () => step('volumes'))
  it('I1: uploads images, finds them by tags, and reads them again', () => step('images'))
  it('O1: keeps objects, large ones and packs of them', () => step('objects'))
  it('L1: builds a load balancer, part by part', () => step('balancers'))
  it('H1: creates a stack, reads its outputs, deletes it', () => step('stacks'))
  it('makes projects, users, credentials and flavors', () => step('people', 'admin'))

  it('uses what its record says', () => recorder.end('openstacksdk'))
})
