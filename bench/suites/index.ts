import { file, integer, optionalInteger } from '../harness/options.ts'
import { type Suite, suite } from '../harness/suite.ts'
import { azureSuite } from './azure.ts'
import { http } from './http.ts'
import { huawei } from './huawei.ts'
import { kubeMirrorSuite } from './kube-mirror.ts'
import { launch } from './launch.ts'
import { openbSuite } from './openb.ts'
import { run as runPlace } from './place.ts'
import { scaleSuite } from './scale.ts'
import { services } from './services.ts'
import { simulate } from './simulate.ts'
import { tclab } from './tclab.ts'

/** Every benchmark by its name. */
export const suites: Readonly<Record<string, Suite>> = {
  openb: openbSuite,
  azure: azureSuite,
  tclab: suite({
    summary: 'Long-running applications with limits between them, planned at once: fewest hosts.',
    options: {
      file: file('TClab_dataset_2D.csv or .csv.gz; else generated'),
      hosts: integer('size of the generated instance', 1_000, { min: 10, max: 100_000 }),
      seed: integer('generated instance, and the planner', 1),
      budget: optionalInteger('hosts that the planner may look at, in its search'),
    },
    run: async ({ file: path, budget, ...values }) => ({
      figures: await tclab({
        ...values,
        ...(path !== undefined && { file: path }),
        ...(budget !== undefined && { budget }),
      }),
      tier: null,
    }),
  }),
  huawei: suite({
    summary: 'Groups in racks on hosts of two NUMA cells, in order: how many are placed.',
    options: {
      nodes: file('free amounts of the cells: pm_res.csv or .csv.gz; else generated'),
      racks: file('racks of the hosts: topology.csv or .csv.gz'),
      file: file('requests: VM_data_*.csv or .csv.gz'),
      seed: integer('generated instance', 1),
    },
    run: async ({ nodes, racks, file: path, seed }) => {
      const figures = await huawei({
        seed,
        ...(nodes !== undefined && { nodes }),
        ...(racks !== undefined && { racks }),
        ...(path !== undefined && { file: path }),
      })
      return { figures, tier: figures.tier }
    },
  }),
  scale: scaleSuite,
  'kube-mirror': kubeMirrorSuite,
  http: suite({
    summary: 'OpenStack’s interfaces on loopback: many servers, lists, tokens, images.',
    options: {
      hosts: integer('hosts of the cloud', 1_000, { min: 100 }),
      count: integer('servers of a request', 500, { min: 1, max: 1_000 }),
      rounds: integer('requests measured', 20, { min: 1 }),
      live: integer('servers there before lists are measured', 10_000),
      mib: integer('size of an image in MiB', 512, { min: 1 }),
    },
    run: async (values) => ({ figures: await http(values), tier: null }),
  }),
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
  services: suite({
    summary:
      'Requests of block storage, shares, balancers, images, metering, one and many; a stack.',
    options: {
      count: integer('things that a request of many is about', 500, { min: 1, max: 500 }),
      rounds: integer('requests measured', 11, { min: 1 }),
      mib: integer('size of an image in MiB', 256, { min: 1 }),
      periods: integer('ended periods of use that are summed', 5_000, { min: 1 }),
      resources: integer('resources of one stack', 10_000, { min: 100, max: 10_000 }),
    },
    run: async (values) => ({ figures: await services(values), tier: null }),
  }),
  simulate: suite({
    summary: 'A whole cloud under one seed, with everything that goes wrong: how fast it runs.',
    options: {
      stories: integer('small stories in a round', 50, { min: 1, max: 10_000 }),
      seed: integer('first seed', 1),
    },
    run: async (values) => ({ figures: await simulate(values), tier: 'typescript' }),
  }),
}
