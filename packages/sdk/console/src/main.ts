import { keptSession, Refusal, type Session, signOut } from './cloud.ts'
import { alert, byId, h } from './dom.ts'
import { capacityView } from './views/capacity.ts'
import { networksView } from './views/networks.ts'
import { serversView } from './views/servers.ts'
import { signInView } from './views/sign-in.ts'
import { stacksView } from './views/stacks.ts'
import { usageView } from './views/usage.ts'

/** Draws into `main`; the signal fires when another view is chosen. */
type View = (session: Session, main: HTMLElement, signal: AbortSignal) => Promise<void>

const views: Readonly<Record<string, { readonly title: string; readonly view: View }>> = {
  servers: { title: 'Servers', view: serversView },
  networks: { title: 'Networks', view: networksView },
  stacks: { title: 'Stacks', view: stacksView },
  usage: { title: 'Usage', view: usageView },
  capacity: { title: 'Capacity', view: capacityView },
}

let session = keptSession()
let leaving = new AbortController()

function draw(): void {
  leaving.abort()
  leaving = new AbortController()
  const main = byId('main')
  main.replaceChildren()
  const name = location.hash.slice(1)
  const chosen = views[name] ?? views['servers']
  drawHeader(views[name] ? name : 'servers')
  if (!session) {
    document.title = 'Sign in · Nephos'
    main.append(
      signInView((made) => {
        session = made
        draw()
      }),
    )
    return
  }
  if (!chosen) return
  document.title = `${chosen.title} · Nephos`
  main.append(h('h1', {}, chosen.title))
  const { signal } = leaving
  chosen.view(session, main, signal).catch((error: unknown) => {
    if (signal.aborted) return
    if (error instanceof Refusal && error.status === 401) {
      leave()
      return
    }
    main.append(alert(error))
  })
}

function leave(): void {
  const left = session
  session = undefined
  if (left) signOut(left).catch(() => undefined)
  draw()
}

function drawHeader(current: string): void {
  const header = byId('header')
  header.replaceChildren(h('strong', {}, 'Nephos'))
  if (!session) return
  const links = Object.entries(views).map(([name, { title }]) =>
    h('a', { href: `#${name}`, 'aria-current': name === current && 'page' }, title),
  )
  header.append(
    h('nav', { 'aria-label': 'Main' }, ...links),
    h('span', { class: 'soft' }, `${session.user} in ${session.project}`),
    h('button', { type: 'button', click: leave }, 'Sign out'),
  )
}

addEventListener('hashchange', () => {
  draw()
  byId('main').focus()
})
draw()
