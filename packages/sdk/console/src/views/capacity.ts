import { ask, askAll, type Json, list, number, type Session, text } from '../cloud.ts'
import { h, table } from '../dom.ts'

interface Host {
  readonly name: string
  readonly zone: string
  /** Use of what is used most, from 0 to 1. */
  readonly load: number
  readonly isUp: boolean
}

/** Sides of a square, in pixels: of few hosts, and of many. */
const cells = { few: 24, many: 12 } as const
const few = 500
const most = 5_000
/** The last version of Nova’s interface that tells what of a host is used. */
const version = 'compute 2.87'

/** Hosts by zone, each a square as dark as it is full: for administrators. */
export async function capacityView(
  session: Session,
  main: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  if (!session.roles.includes('admin')) {
    main.append(h('p', {}, 'How full the hosts are is for administrators to see.'))
    return
  }
  const [rows, services] = await Promise.all([
    askAll(session, 'compute', '/os-hypervisors/detail', 'hypervisors', most, { signal, version }),
    ask(session, 'compute', '/os-services?binary=nova-compute', { signal }),
  ])
  const zoneOf = new Map(
    list(services['services']).map((one) => [text(one['host']), text(one['zone'])] as const),
  )
  const hosts = rows.map((row): Host => {
    const name = text(row['hypervisor_hostname'])
    const isUp = row['state'] === 'up' && row['status'] === 'enabled'
    return { name, zone: zoneOf.get(name) ?? '', load: loadOf(row), isUp }
  })
  const zones = [...Map.groupBy(hosts, (host) => host.zone)].sort(([a], [b]) => (a < b ? -1 : 1))
  const cut = hosts.length >= most ? ' (the first ones)' : ''
  main.append(
    h('p', { class: 'soft' }, `${hosts.length} hosts${cut}; the darker, the fuller.`),
    ...zones.map(([zone, own]) => heatMap(zone === '' ? 'hosts' : zone, own)),
    h('h2', {}, 'Zones'),
    table(
      'Zones',
      ['Zone', 'Hosts', 'Out of service', 'Mean use', 'Fullest'],
      zones.map(([zone, own]) => [
        zone === '' ? 'hosts' : zone,
        own.length,
        own.filter((host) => !host.isUp).length,
        percent(own.reduce((sum, host) => sum + host.load, 0) / own.length),
        percent(Math.max(...own.map((host) => host.load))),
      ]),
    ),
  )
}

/** Use of what is used most. */
function loadOf(row: Json): number {
  const share = (used: string, all: string): number =>
    number(row[all]) > 0 ? number(row[used]) / number(row[all]) : 0
  return Math.max(
    share('vcpus_used', 'vcpus'),
    share('memory_mb_used', 'memory_mb'),
    share('local_gb_used', 'local_gb'),
  )
}

function heatMap(title: string, hosts: readonly Host[]): HTMLElement {
  const fullest = Math.max(...hosts.map((host) => host.load))
  const cell = hosts.length <= few ? cells.few : cells.many
  const columns = Math.max(1, Math.floor(960 / cell))
  const canvas = h('canvas', {
    width: Math.min(hosts.length, columns) * cell,
    height: Math.ceil(hosts.length / columns) * cell,
    role: 'img',
    'aria-label': `${title}: ${hosts.length} hosts, the fullest at ${percent(fullest)}`,
  })
  const context = canvas.getContext('2d')
  if (context) {
    for (const [i, host] of hosts.entries()) {
      context.fillStyle = host.isUp ? `hsl(210 80% ${85 - 60 * host.load}%)` : 'hsl(0 70% 55%)'
      context.fillRect((i % columns) * cell, Math.floor(i / columns) * cell, cell - 1, cell - 1)
    }
  }
  canvas.addEventListener('mousemove', (event) => {
    const index = Math.floor(event.offsetY / cell) * columns + Math.floor(event.offsetX / cell)
    const host = hosts[index]
    canvas.title = host ? `${host.name}: ${percent(host.load)}` : ''
  })
  return h('section', { class: 'card' }, h('h2', {}, title), canvas)
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
