import { isJsonMap, type JsonMap } from '../../../model/stack/json.ts'
import { each, removal } from './each.ts'
import type { Done } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

type About = Pick<
  ResourceType,
  'name' | 'summary' | 'properties' | 'attributes' | 'check' | 'replaces' | 'awaits' | 'provides'
>

/** How a service makes, changes, shows and forgets what a type stands for, each in one call. */
interface Service<View> {
  readonly make: (work: ResourceWork, properties: JsonMap, key: string) => Promise<View>
  readonly change?: (
    work: ResourceWork,
    id: string,
    change: { readonly to: JsonMap; readonly from: JsonMap },
    key: string,
  ) => Promise<View>
  readonly look?: (work: ResourceWork, id: string, properties: JsonMap) => Promise<View>
  readonly drop: (
    work: ResourceWork,
    id: string,
    properties: JsonMap,
    key: string,
  ) => Promise<unknown>
  readonly idOf: (view: View) => string
  readonly told: (view: View) => JsonMap
}

/** A type whose resources are there, changed and gone as soon as their service has answered. */
export function madeType<View>(about: About, service: Service<View>): ResourceType {
  const { make, change, look, drop } = service
  const done = (view: View): Done => ({
    state: 'done',
    physicalId: service.idOf(view),
    attributes: service.told(view),
  })
  return {
    ...about,
    create: each(async (work, row) =>
      done(await make(work, row.target ?? {}, work.keyOf(row, 'create'))),
    ),
    ...(change && {
      update: each(async (work, row) => {
        const { physicalId, properties, target } = row
        const pair = { to: target ?? {}, from: properties ?? {} }
        return done(await change(work, physicalId ?? '', pair, work.keyOf(row, 'update')))
      }),
    }),
    ...(look && {
      verify: each(async (work, row) =>
        done(await look(work, row.physicalId ?? '', row.properties ?? row.target ?? {})),
      ),
    }),
    recover: async (_work, _row, answer) => idIn(answer),
    remove: removal((work, id, row) =>
      // One that was refused is no answer to the next try.
      drop(work, id, row.properties ?? row.target ?? {}, work.keyOf(row, `delete ${row.tries}`)),
    ),
  }
}

function idIn(answer: unknown): string | null {
  const id = isJsonMap(answer) ? answer['id'] : undefined
  return typeof id === 'string' ? id : null
}
