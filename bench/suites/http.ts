import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BenchError } from '../errors.ts'
import { HttpClient, type HttpAnswer } from '../load/http-client.ts'

/**
 * `http`: what OpenStack's interfaces cost a client on loopback, with the cloud in a process of its
 * own on a SQLite file, and this one asking.
 */
export interface HttpOptions {
  readonly hosts: number
  readonly count: number
  readonly rounds: number
  /** Servers there before lists are measured. */
  readonly live: number
  /** Of the image that is sent and fetched, in MiB. */
  readonly mib: number
}

export interface HttpReport extends HttpOptions {
  readonly createMs: Spread
  readonly getsPerSecond: number
  readonly tokensPerSecond: number
  /** Of `GET /servers/detail?limit=1000`. */
  readonly firstPageMs: Spread
  readonly lastPageMs: Spread
  readonly uploadMbPerSecond: number
  readonly downloadMbPerSecond: number
  readonly serverRssMb: number
}

interface Spread {
  readonly p50: number
  readonly p99: number
}

const main = fileURLToPath(new URL('../../packages/sdk/src/cli/main.ts', import.meta.url))
const seconds = 3
const connections = 16

export async function http(options: HttpOptions): Promise<HttpReport> {
  const directory = await mkdtemp(join(tmpdir(), 'nephos-http-'))
  const { child, origin } = await start(directory, options.hosts)
  const client = new HttpClient(origin, connections)
  try {
    const token = await signIn(client)
    const headers = { 'x-auth-token': token, 'content-type': 'application/json' }
    const launch = await launcher(client, headers)
    const createMs = await spread(options.rounds, () => launch(options.count))
    const serverId = await anyServer(client, headers)
    const getsPerSecond = await rate(async () => {
      expect(await client.request('GET', `/compute/v2.1/servers/${serverId}`, { headers }), 200)
    })
    const tokensPerSecond = await rate(async () => {
      await signIn(client)
    })
    for (let made = options.rounds * options.count; made < options.live; made += 1_000) {
      await launch(1_000)
    }
    const pages = await measurePages(client, headers)
    const bytes = await measureImage(client, headers, options.mib)
    const serverRssMb = await rssOf(child)
    return {
      ...options,
      createMs,
      getsPerSecond,
      tokensPerSecond,
      ...pages,
      ...bytes,
      serverRssMb,
    }
  } finally {
    client.close()
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    await rm(directory, { recursive: true, force: true })
  }
}

/** A cloud in a process of its own, started as this one was. */
async function start(
  directory: string,
  hosts: number,
): Promise<{ readonly child: ChildProcess; readonly origin: string }> {
  const args = ['up', '--listen', '127.0.0.1:0', '--data', directory, '--hosts', String(hosts)]
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const part of child.stdout as AsyncIterable<Buffer>) {
    said += part.toString()
    const origin = /listens at (http:\/\/[\d.:]+)\//.exec(said)?.[1]
    if (origin !== undefined) return { child, origin }
  }
  throw new BenchError(`the cloud did not start: ${said.slice(0, 200)}`)
}

async function signIn(client: HttpClient): Promise<string> {
  const domain = { id: 'default' }
  const body = {
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: 'demo', domain, password: 'demo' } },
      },
      scope: { project: { name: 'demo', domain } },
    },
  }
  const headers = { 'content-type': 'application/json' }
  const answer = await client.request('POST', '/identity/v3/auth/tokens', {
    headers,
    body: JSON.stringify(body),
  })
  expect(answer, 201)
  return String(answer.headers['x-subject-token'])
}

type Headers = Readonly<Record<string, string>>

/** Asks for so many servers in one request. */
async function launcher(
  client: HttpClient,
  headers: Headers,
): Promise<(count: number) => Promise<void>> {
  const images = await rows(client, headers, '/image/v2/images', 'images')
  const networks = await rows(client, headers, '/network/v2.0/networks?name=private', 'networks')
  return async (count) => {
    const server = {
      name: 'web',
      flavorRef: '1',
      imageRef: images[0]?.['id'],
      networks: [{ uuid: networks[0]?.['id'] }],
      min_count: count,
      max_count: count,
    }
    const body = JSON.stringify({ server })
    expect(await client.request('POST', '/compute/v2.1/servers', { headers, body }), 202)
  }
}

async function anyServer(client: HttpClient, headers: Headers): Promise<string> {
  const [server] = await rows(client, headers, '/compute/v2.1/servers?limit=1', 'servers')
  return String(server?.['id'])
}

async function rows(
  client: HttpClient,
  headers: Headers,
  path: string,
  name: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await client.request('GET', path, { headers })
  expect(answer, 200)
  const body = JSON.parse(answer.body.toString()) as Readonly<Record<string, unknown>>
  return body[name] as readonly Readonly<Record<string, unknown>>[]
}

/** The first page of servers, and the last one. */
async function measurePages(
  client: HttpClient,
  headers: Headers,
): Promise<{ readonly firstPageMs: Spread; readonly lastPageMs: Spread }> {
  const path = '/compute/v2.1/servers/detail?limit=1000'
  let last = path
  for (;;) {
    const ids = await rows(client, headers, last.replace('/detail', ''), 'servers')
    if (ids.length < 1_000) break
    const next = `${path}&marker=${String(ids.at(-1)?.['id'])}`
    const after = await rows(client, headers, next.replace('/detail', ''), 'servers')
    if (after.length < 1_000) break
    last = next
  }
  const page = (url: string) => async (): Promise<void> => {
    expect(await client.request('GET', url, { headers }), 200)
  }
  return { firstPageMs: await spread(30, page(path)), lastPageMs: await spread(30, page(last)) }
}

/** An image, sent and fetched as a stream. */
async function measureImage(
  client: HttpClient,
  headers: Headers,
  mib: number,
): Promise<{ readonly uploadMbPerSecond: number; readonly downloadMbPerSecond: number }> {
  const created = await client.request('POST', '/image/v2/images', {
    headers,
    body: JSON.stringify({ name: 'large', disk_format: 'raw', container_format: 'bare' }),
  })
  expect(created, 201)
  const { id } = JSON.parse(created.body.toString()) as { readonly id: string }
  const path = `/image/v2/images/${id}/file`
  const chunk = Buffer.alloc(2 ** 20, 7)
  async function* bytes(): AsyncGenerator<Buffer> {
    for (let i = 0; i < mib; i++) yield chunk
  }
  const megabytes = (mib * 2 ** 20) / 1e6
  const sent = performance.now()
  expect(
    await client.request('PUT', path, {
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      stream: bytes(),
    }),
    204,
  )
  const fetched = performance.now()
  const answer = await client.request('GET', path, { headers, discard: true })
  expect(answer, 200)
  if (answer.size !== mib * 2 ** 20) throw new BenchError(`${answer.size} bytes came back`)
  const done = performance.now()
  return {
    uploadMbPerSecond: Math.round(megabytes / ((fetched - sent) / 1e3)),
    downloadMbPerSecond: Math.round(megabytes / ((done - fetched) / 1e3)),
  }
}

/** Calls per second, with as many under way as there are connections. */
async function rate(call: () => Promise<void>): Promise<number> {
  const until = performance.now() + seconds * 1e3
  let calls = 0
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      await call()
      calls++
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return Math.round(calls / seconds)
}

async function spread(rounds: number, call: () => Promise<void>): Promise<Spread> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await call()
    times.push(performance.now() - started)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1))
  return { p50: at(0.5), p99: at(0.99) }
}

async function rssOf(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

function expect(answer: HttpAnswer, status: number): void {
  if (answer.status === status) return
  throw new BenchError(`${answer.status}: ${answer.body.toString().slice(0, 300)}`)
}
