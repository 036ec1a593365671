import { invariants } from '@nephos/core'
import { checks } from './checks/index.ts'

/** Where an invariant is checked. */
export interface Coverage {
  /** Its number, 1 to 36. */
  readonly invariant: number
  /** What always holds. */
  readonly title: string
  /** Names of the core's rules: over rows, after each commit of a story and in `nephos audit`. */
  readonly rules: readonly string[]
  /** What stories watch besides: over what happens, what is answered, and when all is at rest. */
  readonly checks: readonly string[]
  /** What else tests it: files, faults of the world, tenants of stories. */
  readonly also: readonly string[]
  /** Why there is nothing to check yet; null otherwise. */
  readonly absent: string | null
}

interface Row {
  readonly title: string
  readonly also?: readonly string[]
  readonly absent?: string
}

const tenants = 'tenants of stories'
const crashes = 'tests/simulation/crashes.test.ts'

/** In order of their numbers. */
const rows: readonly Row[] = [
  { title: 'No host is over capacity in any resource class.', also: ['tests/e2e/races.test.ts'] },
  { title: 'An allocation exists exactly for each live consumer.', also: [crashes] },
  { title: 'Each counter equals the sum it stands for; none is negative.', also: [tenants] },
  {
    title: 'Group and zone rules hold when they are committed.',
    also: ['packages/testkit/src/conformance/scheduler-policies.ts', tenants],
  },
  { title: 'A request for N makes at most N, each with one outcome.', also: [tenants] },
  { title: 'What was accepted is never lost, and ends.', also: [crashes] },
  {
    title: 'An idempotency key has one effect and one answer.',
    also: ['tests/e2e/idempotency.test.ts', tenants],
  },
  { title: 'An unknown outcome is all or nothing.', also: [crashes, tenants] },
  { title: 'What is exclusive has one holder, and is reused after release.', also: [tenants] },
  {
    title: 'A volume has one attachment.',
    also: ['tests/e2e/volume-failures.test.ts', tenants],
  },
  { title: 'A guest runs on at most one host.', also: [crashes] },
  {
    title: 'Who comes late is refused; generations only grow.',
    also: ['packages/testkit/src/conformance/hypervisor.ts', tenants],
  },
  { title: 'A quota’s use is the sum over its project, within its limit.', also: [tenants] },
  { title: 'A deletion completes; no child outlives its parent.', also: [crashes, tenants] },
  { title: 'Nothing deleted comes back.', also: [crashes] },
  {
    title: 'State machines take listed edges only.',
    also: [
      'packages/core/src/model/compute/server-state.test.ts',
      'packages/core/src/model/image/image-state.test.ts',
    ],
  },
  { title: 'What is between two states has work, an owner and a deadline.', also: [crashes] },
  { title: 'A workflow ends done or undone, and never silently.', also: [crashes] },
  { title: 'At rest, what runs is what should.', also: [crashes] },
  {
    title: 'A change of packet filters never opens more than the old or the new.',
    absent: 'no packet filter is rendered',
  },
  { title: 'No byte of one project is in another’s answers.', also: [tenants] },
  { title: 'What is foreign cannot be told from what is not there.', also: [tenants] },
  {
    title: 'What is derived from a right never exceeds it.',
    also: ['packages/core/src/services/identity/role.test.ts', tenants],
  },
  { title: 'What was revoked is accepted by no process.', also: [tenants] },
  { title: 'Each mutation has exactly one audit record.' },
  {
    title: 'A watch is ordered, without gaps or repeats, and can be resumed.',
    also: ['packages/core/src/services/event/event.test.ts', tenants],
  },
  { title: 'What is committed is delivered, and nothing else is.' },
  {
    title: 'A message that comes twice or late leaves the same state.',
    also: ['faults busTwice, busLate, hostTwice, hostLate and networkLate', crashes],
  },
  {
    title: 'Placement believes what the store holds; a wrong proposal breaks nothing.',
    also: ['fault engineLies', 'packages/testkit/src/conformance/scheduler.ts', tenants],
  },
  { title: 'The bytes of a usable image are whole.', also: [tenants, crashes] },
  {
    title: 'All stores answer alike.',
    also: [
      'packages/testkit/src/conformance/store.ts',
      'packages/drivers/test/sqlite-model.test.ts',
    ],
  },
  { title: 'Everything has a limit.', also: ['tests/e2e/bad-input.test.ts', tenants] },
  { title: 'No secret is in rows, logs, answers or errors.' },
  { title: 'Who asks within his share is neither refused for load nor starved.' },
  {
    title: 'From one version to the next and back, all of this holds.',
    absent: 'there is one version',
  },
  {
    title: 'No safety rests on a clock.',
    also: ['faults clockJump and clockStops, up to a year, under every check'],
  },
]

/** Each of the 36 invariants: which rules, checks and tests look at it, or why none does. */
export const invariantsCoverage: readonly Coverage[] = rows.map(
  ({ title, also = [], absent = null }, index) => {
    const invariant = index + 1
    const rules = invariants.filter(({ number }) => number === invariant)
    return {
      invariant,
      title,
      rules: rules.flatMap((one) => one.rules.map(({ name }) => name)),
      checks: checks.filter((one) => one.invariant === invariant).map((one) => one.title),
      also,
      absent,
    }
  },
)
