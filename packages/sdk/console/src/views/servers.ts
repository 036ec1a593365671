import { ask, askAll, type Json, list, object, type Session, text } from '../cloud.ts'
import { alert, type Child, field, h, table } from '../dom.ts'
import { follow, pause } from './batch.ts'

/** Rows of the table: what is beyond them is said. */
const shown = 200

/** Servers of the project, and the form that asks for many at once. */
export async function serversView(
  session: Session,
  main: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const [flavors, images, networks] = await Promise.all([
    ask(session, 'compute', '/flavors/detail', { signal }),
    ask(session, 'image', '/images?status=active', { signal }),
    ask(session, 'network', '/v2.0/networks?router:external=false', { signal }),
  ])
  const progress = h('div')
  const rows = h('div')
  const remove = async (id: string): Promise<void> => {
    try {
      await ask(session, 'compute', `/servers/${encodeURIComponent(id)}`, { method: 'DELETE' })
      // It is on its way out for a while: it is drawn so until it is gone, or for a minute.
      for (let round = 0; round < 120 && !signal.aborted; round += 1) {
        if (!(await redraw()).some((server) => server['id'] === id)) return
        await pause()
      }
    } catch (error) {
      if (!signal.aborted) rows.prepend(alert(error))
    }
  }
  const redraw = async (): Promise<readonly Json[]> => {
    const servers = await askAll(session, 'compute', '/servers/detail', 'servers', 1_000)
    if (!signal.aborted) rows.replaceChildren(serverTable(servers, remove))
    return servers
  }
  main.append(
    launchForm({
      flavors: list(flavors['flavors']),
      images: list(images['images']),
      networks: list(networks['networks']).filter(
        // An administrator sees those of everybody, and launches into his own.
        (one) => one['project_id'] === session.projectId || one['shared'] === true,
      ),
      launch: async (body) => {
        progress.replaceChildren()
        const answer = await ask(session, 'compute', '/servers', { method: 'POST', body })
        const card = h('section', { class: 'card', 'aria-label': 'Progress' })
        progress.replaceChildren(card)
        follow(session, text(answer['reservation_id']), card, signal)
          .then(redraw)
          .catch((error: unknown) => {
            if (!signal.aborted) card.append(alert(error))
          })
      },
    }),
    progress,
    rows,
  )
  await redraw()
}

function launchForm(options: {
  readonly flavors: readonly Json[]
  readonly images: readonly Json[]
  readonly networks: readonly Json[]
  readonly launch: (body: unknown) => Promise<void>
}): HTMLElement {
  const name = h('input', { name: 'name', required: true, value: 'web', size: 12 })
  const count = h('input', {
    ...{ name: 'count', type: 'number', min: 1, max: 1_000, value: 500, required: true },
  })
  const flavor = choice('flavor', options.flavors)
  const image = choice('image', options.images)
  const network = choice('network', options.networks)
  network.required = false
  network.append(h('option', { value: '' }, 'none'))
  const button = h('button', { class: 'primary' }, 'Launch')
  const trouble = h('div')
  const submit = (event: Event): void => {
    event.preventDefault()
    button.disabled = true
    trouble.replaceChildren()
    const body = {
      server: {
        name: name.value,
        flavorRef: flavor.value,
        imageRef: image.value,
        networks: network.value === '' ? 'none' : [{ uuid: network.value }],
        min_count: Number(count.value),
        max_count: Number(count.value),
        return_reservation_id: true,
      },
    }
    options
      .launch(body)
      .catch((error: unknown) => {
        trouble.replaceChildren(alert(error))
      })
      .finally(() => {
        button.disabled = false
      })
  }
  const form = h(
    'form',
    { class: 'card', 'aria-label': 'Launch servers', submit },
    field('Name', name),
    field('How many', count),
    field('Flavor', flavor),
    field('Image', image),
    field('Network', network),
    button,
  )
  return h('div', {}, trouble, form)
}

function choice(name: string, rows: readonly Json[]): HTMLSelectElement {
  const options = rows.map((row) => h('option', { value: text(row['id']) }, text(row['name'])))
  return h('select', { name, required: true }, ...options)
}

function serverTable(servers: readonly Json[], remove: (id: string) => Promise<void>): HTMLElement {
  const rows = servers
    .slice(0, shown)
    .map((server): readonly Child[] => [
      text(server['name']),
      status(text(server['status'])),
      addresses(server),
      text(object(server['flavor'])['original_name']),
      text(server['OS-EXT-AZ:availability_zone']),
      h('span', { class: 'bad' }, text(object(server['fault'])['message'])),
      removal(server, remove),
    ])
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'soft' },
      `${servers.length} servers${servers.length > shown ? `, the first ${shown} shown` : ''}`,
    ),
    table('Servers', ['Name', 'Status', 'Addresses', 'Flavor', 'Zone', 'Fault', ''], rows),
  )
}

function removal(server: Json, remove: (id: string) => Promise<void>): HTMLElement {
  const button = h('button', { 'aria-label': `Delete ${text(server['name'])}` }, 'Delete')
  button.addEventListener('click', () => {
    button.disabled = true
    void remove(text(server['id']))
  })
  return button
}

function addresses(server: Json): string {
  return Object.values(object(server['addresses']))
    .flatMap((ends) => list(ends))
    .map((end) => text(end['addr']))
    .join(', ')
}

export function status(name: string): HTMLElement {
  const isBad = name.includes('ERROR') || name.includes('FAILED')
  const isGood = name === 'ACTIVE' || name.endsWith('COMPLETE')
  const kind = isBad ? 'bad' : isGood ? 'good' : 'wait'
  return h('span', { class: kind }, name)
}
