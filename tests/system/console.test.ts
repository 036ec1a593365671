import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startUp, type Up } from '../support/up.ts'

let up: Up
let browser: Browser

beforeAll(async () => {
  up = await startUp('--hosts', '100')
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
})
afterAll(async () => {
  await browser.close()
  await up[Symbol.asyncDispose]()
})

/** A page of somebody who has signed in; what goes wrong in it fails the test. */
async function signedIn(user: string, project: string): Promise<Page> {
  const page = await browser.newPage()
  page.on('pageerror', (error) => expect.fail(error.message))
  await page.goto(`${up.origin}/`)
  await page.getByLabel('User').fill(user)
  await page.getByLabel('Password').fill(user)
  await page.getByLabel('Project').fill(project)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Servers', level: 1 }).waitFor()
  return page
}

describe('the web console, in a browser', () => {
  it('launches 500 servers in one request, and shows how they become active', async () => {
    const page = await signedIn('demo', 'demo')
    await page.getByLabel('Flavor').selectOption('m1.tiny')
    await page.getByLabel('Image').selectOption('nephos-boot')
    await page.getByLabel('Network').selectOption('private')
    await page.getByRole('button', { name: 'Launch' }).click()
    await page.getByText('500 of 500 active').waitFor({ timeout: 60_000 })
    await page.getByText('500 servers, the first 200 shown').waitFor()
    expect(await page.getByRole('table', { name: 'Servers' }).getByRole('row').count()).toBe(201)
    await page.close()
  })

  it('says why a request was refused', async () => {
    const page = await signedIn('demo', 'demo')
    await page.getByLabel('Flavor').selectOption('m1.xlarge')
    await page.getByLabel('How many').fill('1000')
    await page.getByRole('button', { name: 'Launch' }).click()
    const refusal = await page.getByRole('alert').innerText()
    expect(refusal).toMatch(/would fit/)
    await page.close()
  })

  it('draws networks, and shows what is used', async () => {
    const page = await signedIn('demo', 'demo')
    await page.getByRole('link', { name: 'Networks' }).click()
    await page.getByRole('img', { name: '2 networks, 1 routers, 2 links' }).waitFor()
    await page.getByRole('link', { name: 'Usage' }).click()
    await page
      .getByRole('region', { name: 'Instances' })
      .getByText(/^500 of/)
      .waitFor()
    await page.getByRole('link', { name: 'Stacks' }).click()
    await page.getByRole('table', { name: 'Stacks' }).waitFor()
    await page.getByRole('link', { name: 'Capacity' }).click()
    await page.getByText('for administrators').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.close()
  })

  it('offers administrators their own networks alone, and deletes servers', async () => {
    const page = await signedIn('admin', 'admin')
    const network = page.getByLabel('Network')
    await network.waitFor()
    expect(await network.getByRole('option').allTextContents()).toEqual(['none'])
    await page.getByLabel('Image').selectOption('nephos-boot')
    await page.getByLabel('How many').fill('2')
    await page.getByRole('button', { name: 'Launch' }).click()
    await page.getByText('2 of 2 active').waitFor()
    await page.getByRole('button', { name: 'Delete web-1' }).click()
    await page.getByText('1 servers').waitFor()
    await page.close()
  })

  it('shows administrators how full the hosts are', async () => {
    const page = await signedIn('admin', 'admin')
    await page.getByRole('link', { name: 'Capacity' }).click()
    const zones = page.getByRole('table', { name: 'Zones' })
    await zones.waitFor()
    expect(await zones.getByRole('row').count()).toBe(4)
    expect(await page.getByRole('img', { name: /zone-a: 34 hosts/ }).count()).toBe(1)
    await page.close()
  })

  it('refuses a wrong password, and says so', async () => {
    const page = await browser.newPage()
    await page.goto(`${up.origin}/`)
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    await page.close()
  })
})
