import { createServer, connect, type Socket } from 'node:net'

/** A network between somebody and a server, which can be cut. */
export interface SilentProxy {
  readonly port: number
  /** Nothing gets through any more, and nobody is told: connections stay, and are dead for good. */
  cut(): void
  /** New connections work again. */
  mend(): void
  close(): Promise<void>
}

export async function startProxy(target: number): Promise<SilentProxy> {
  let isCut = false
  const dead = new WeakSet<Socket>()
  const all = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    if (isCut) dead.add(near).add(far)
    const join = (from: Socket, to: Socket): void => {
      all.add(from)
      from.on('data', (bytes) => void (dead.has(from) || to.write(bytes)))
      from.on('error', () => from.destroy())
      from.on('close', () => {
        all.delete(from)
        if (!dead.has(from)) to.destroy()
      })
    }
    join(near, far)
    join(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: () => {
      isCut = true
      for (const socket of all) dead.add(socket)
    },
    mend: () => void (isCut = false),
    close: async () => {
      for (const socket of all) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
