import { integer } from '../harness/options.ts'
import { type Suite, suite } from '../harness/suite.ts'
import { azureSuite } from './azure.ts'
import { kubeMirrorSuite } from './kube-mirror.ts'
import { launch } from './launch.ts'
import { openbSuite } from './openb.ts'
import { run as runPlace } from './place.ts'
import { scaleSuite } from './scale.ts'

/** Every benchmark by its name. */
export const suites: Readonly<Record<string, Suite>> = {
  openb: openbSuite,
  azure: azureSuite,
  scale: scaleSuite,
  'kube-mirror': kubeMirrorSuite,
  launch: suite({
    summary: 'A request for servers through the whole stack.',
    options: {
      hosts: integer('hosts of the cloud', 100_000, { min: 1 }),
      count: integer('servers of a request', 500, { min: 1 }),
      rounds: integer('requests measured', 30, { min: 1 }),
      live: integer('servers made before measuring', 0),
    },
    run: async (values) => ({ figures: await launch(values), tier: null }),
  }),
  place: suite({
    summary: 'Single decisions and gangs of 500 on half-used fleets, every tier.',
    options: {
      hosts: integer('largest fleet', 100_000, { min: 1_000 }),
      seed: integer('random fleet', 1),
    },
    run: async (values) => ({ figures: { rows: await runPlace(values) }, tier: 'all' }),
  }),
}
