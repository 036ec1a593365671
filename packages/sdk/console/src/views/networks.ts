import { ask, askAll, type Json, list, type Session, text } from '../cloud.ts'
import { h, svg, table } from '../dom.ts'

const row = 64
const width = 900

/** Networks and routers as a drawing, and as a table. */
export async function networksView(
  session: Session,
  main: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const [networks, subnets, routers, ports] = await Promise.all([
    askAll(session, 'network', '/v2.0/networks', 'networks'),
    askAll(session, 'network', '/v2.0/subnets', 'subnets'),
    askAll(session, 'network', '/v2.0/routers', 'routers'),
    ask(session, 'network', '/v2.0/ports?device_owner=network:router_interface&limit=1000', {
      signal,
    }),
  ])
  const cidrs = (network: Json): string =>
    subnets
      .filter((subnet) => subnet['network_id'] === network['id'])
      .map((subnet) => text(subnet['cidr']))
      .join(', ')
  const links = [
    ...list(ports['ports']).map(
      (port) => [text(port['device_id']), text(port['network_id'])] as const,
    ),
    ...routers.flatMap((router) => {
      const outer = list([router['external_gateway_info']])[0]
      return outer?.['network_id'] === undefined
        ? []
        : [[text(router['id']), text(outer['network_id'])] as const]
    }),
  ]
  main.append(
    drawing(networks, routers, links, cidrs),
    h('h2', {}, 'Networks'),
    table(
      'Networks',
      ['Name', 'Subnets', 'Reaches outside', 'Status'],
      networks.map((network) => [
        text(network['name']),
        cidrs(network),
        network['router:external'] === true ? 'yes' : 'no',
        text(network['status']),
      ]),
    ),
  )
}

/** Networks on the left, routers on the right, a line where they meet. */
function drawing(
  networks: readonly Json[],
  routers: readonly Json[],
  links: readonly (readonly [string, string])[],
  cidrs: (network: Json) => string,
): SVGElement {
  const height = Math.max(networks.length, routers.length, 1) * row + 20
  const at = (index: number, count: number): number => ((index + 0.5) * height) / Math.max(count, 1)
  const places = new Map([
    ...networks.map((network, i) => [text(network['id']), at(i, networks.length)] as const),
    ...routers.map((router, i) => [text(router['id']), at(i, routers.length)] as const),
  ])
  const lines = links.flatMap(([router, network]) => {
    const [y1, y2] = [places.get(network), places.get(router)]
    return y1 === undefined || y2 === undefined ? [] : svg('line', { x1: 330, y1, x2: 600, y2 })
  })
  const box = (x: number, y: number, name: string, detail: string, color: string): SVGElement =>
    svg(
      'g',
      {},
      svg('rect', {
        x,
        y: y - 22,
        width: 270,
        height: 44,
        rx: 8,
        fill: 'var(--raised)',
        stroke: color,
      }),
      svg('text', { x: x + 12, y: y - 3 }, name),
      svg('text', { x: x + 12, y: y + 14, class: 'soft' }, detail),
    )
  return svg(
    'svg',
    {
      class: 'topology',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `${networks.length} networks, ${routers.length} routers, ${lines.length} links`,
    },
    ...lines,
    ...networks.map((network, i) =>
      box(
        60,
        at(i, networks.length),
        text(network['name']),
        cidrs(network),
        network['router:external'] === true ? 'var(--wait)' : 'var(--accent)',
      ),
    ),
    ...routers.map((router, i) =>
      box(600, at(i, routers.length), text(router['name']), 'router', 'var(--good)'),
    ),
  )
}
