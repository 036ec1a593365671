import { ask, type Json, number, object, type Session } from '../cloud.ts'
import { h } from '../dom.ts'

const meters = [
  ['Instances', 'totalInstancesUsed', 'maxTotalInstances'],
  ['VCPUs', 'totalCoresUsed', 'maxTotalCores'],
  ['Memory in MiB', 'totalRAMUsed', 'maxTotalRAMSize'],
  ['Server groups', 'totalServerGroupsUsed', 'maxServerGroups'],
] as const

const volumeMeters = [
  ['Volumes', 'totalVolumesUsed', 'maxTotalVolumes'],
  ['Volumes in GiB', 'totalGigabytesUsed', 'maxTotalVolumeGigabytes'],
  ['Snapshots', 'totalSnapshotsUsed', 'maxTotalSnapshots'],
] as const

/** What the project uses of what it may have. */
export async function usageView(
  session: Session,
  main: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const [compute, volume] = await Promise.all([
    ask(session, 'compute', '/limits', { signal }),
    ask(session, 'volumev3', '/limits', { signal }),
  ])
  const absolute = (answer: Json): Json => object(object(answer['limits'])['absolute'])
  main.append(
    h(
      'div',
      { class: 'meters' },
      ...meters.map(([title, used, most]) => meter(absolute(compute), title, used, most)),
      ...volumeMeters.map(([title, used, most]) => meter(absolute(volume), title, used, most)),
    ),
  )
}

function meter(values: Json, title: string, usedName: string, mostName: string): HTMLElement {
  const used = number(values[usedName])
  const most = number(values[mostName])
  const isBounded = most >= 0
  const share = isBounded && most > 0 ? Math.min(used / most, 1) : 0
  const fill = h('span', { class: share > 0.9 ? 'bad' : 'good' })
  fill.style.width = `${share * 100}%`
  const bound = isBounded ? most.toLocaleString('en') : 'any number'
  const words = `${used.toLocaleString('en')} of ${bound}`
  return h(
    'section',
    { class: 'card', 'aria-label': title },
    h('h2', {}, title),
    h('p', {}, words),
    h('div', { class: 'bar', role: 'img', 'aria-label': `${Math.round(share * 100)} %` }, fill),
  )
}
