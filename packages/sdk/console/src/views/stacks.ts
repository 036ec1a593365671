import { ask, list, type Session, text } from '../cloud.ts'
import { h, table } from '../dom.ts'
import { status } from './servers.ts'

/** Stacks of the project, each with its resources on demand. */
export async function stacksView(
  session: Session,
  main: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const stacks = list((await ask(session, 'orchestration', '/stacks', { signal }))['stacks'])
  const detail = h('div')
  const show = async (name: string, id: string): Promise<void> => {
    const path = `/stacks/${encodeURIComponent(name)}/${encodeURIComponent(id)}/resources`
    const resources = list((await ask(session, 'orchestration', path, { signal }))['resources'])
    detail.replaceChildren(
      h('h2', {}, `Resources of ${name}`),
      table(
        'Resources',
        ['Name', 'Type', 'Status', 'Reason'],
        resources.map((resource) => [
          text(resource['resource_name']),
          text(resource['resource_type']),
          status(text(resource['resource_status'])),
          text(resource['resource_status_reason']),
        ]),
      ),
    )
  }
  main.append(
    table(
      'Stacks',
      ['Name', 'Status', 'Reason', 'Made', ''],
      stacks.map((stack) => {
        const [name, id] = [text(stack['stack_name']), text(stack['id'])]
        return [
          name,
          status(text(stack['stack_status'])),
          text(stack['stack_status_reason']),
          text(stack['creation_time']),
          h('button', { type: 'button', click: () => void show(name, id) }, 'Resources'),
        ]
      }),
    ),
    detail,
  )
}
