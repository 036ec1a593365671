import { askAll, type Session, text } from '../cloud.ts'
import { h } from '../dom.ts'

/** How often what progresses is looked at, in milliseconds. */
const every = 500

export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, every))
}

/** Shows how the servers of one request become active, until none is on its way any more. */
export async function follow(
  session: Session,
  reservationId: string,
  card: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const query = `/servers/detail?reservation_id=${encodeURIComponent(reservationId)}`
  while (!signal.aborted) {
    const servers = await askAll(session, 'compute', query, 'servers')
    const counts = { good: 0, bad: 0, wait: 0 }
    for (const server of servers) {
      const name = text(server['status'])
      counts[name === 'ACTIVE' ? 'good' : name === 'ERROR' ? 'bad' : 'wait'] += 1
    }
    const total = servers.length
    const failed = counts.bad > 0 ? `, ${counts.bad} failed` : ''
    const words = `${counts.good} of ${total} active${failed}`
    card.replaceChildren(
      h('p', { role: 'status' }, words),
      h(
        'div',
        {
          class: 'bar',
          role: 'progressbar',
          'aria-valuemax': total,
          'aria-valuenow': counts.good,
          'aria-label': 'Active servers',
        },
        ...(['good', 'wait', 'bad'] as const).map((kind) => {
          const part = h('span', { class: kind })
          part.style.width = `${total === 0 ? 0 : (100 * counts[kind]) / total}%`
          return part
        }),
      ),
    )
    if (counts.wait === 0) return
    await pause()
  }
}
