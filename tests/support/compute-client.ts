/** A user of the HTTP interfaces of several processes, any of which may be gone at any moment. */
export class ComputeClient {
  readonly #origins: readonly string[]
  #token = ''
  #asked = 0

  constructor(origins: readonly string[]) {
    this.#origins = origins
  }

  /** The answer of the next process, or undefined when there was none. */
  async ask(method: string, path: string, body?: object): Promise<Answer | undefined> {
    const origin = this.#origins[this.#asked++ % this.#origins.length] as string
    try {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { 'x-auth-token': this.#token, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      })
      const text = await response.text()
      const token = response.headers.get('x-subject-token')
      if (token !== null) this.#token = token
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as object) }
    } catch {
      return undefined
    }
  }

  /** Asks until somebody answers with success. */
  async get<T extends object>(path: string): Promise<T> {
    for (let tries = 0; ; tries++) {
      const answer = await this.ask('GET', path)
      if (answer?.status === 200) return answer.body as T
      if (tries > 300) throw new Error(`GET ${path}: ${answer?.status} ${JSON.stringify(answer)}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async logIn(): Promise<void> {
    const domain = { id: 'default' }
    const user = { name: 'demo', domain, password: 'demo' }
    const auth = {
      identity: { methods: ['password'], password: { user } },
      scope: { project: { name: 'demo', domain } },
    }
    const answer = await this.ask('POST', '/identity/v3/auth/tokens', { auth })
    if (answer?.status !== 201) throw new Error(`no token: ${answer?.status}`)
  }
}

export interface Answer {
  readonly status: number
  readonly body: object
}
