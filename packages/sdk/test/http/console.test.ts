import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

describe('the web console', () => {
  it('is at the root, and lets a browser do nothing but ask this cloud', async () => {
    const page = await door.nobody.get('/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const [, path = ''] of page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const file = await door.nobody.get(path)
      expect(file.status, path).toBe(200)
      expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})
