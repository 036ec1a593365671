import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { membersOf, someText } from './plain.ts'

/** Nobody is told anything of another project; operators are. */
export const ownDataOnly: Check = {
  invariant: 21,
  title: 'No byte of one project is in another’s answers.',
  watch: (scene) =>
    ({
      answer: (entry) => {
        const { projectId } = entry
        if (projectId === null || scene.canaries.byProject.size < 2) return
        const others: (readonly [string, string])[] = []
        for (const pair of scene.canaries.byProject) if (pair[0] !== projectId) others.push(pair)
        checkMessage(scene, entry, others)
        checkAnswer(scene, entry, others)
      },
    }) satisfies Watch,
}

type Others = readonly (readonly [projectId: string, canary: string])[]

function checkMessage({ report }: Scene, entry: HistoryEntry, others: Others): void {
  const { message, operation, input, tenant } = entry
  for (const [other, canary] of message === undefined ? [] : others) {
    // What the caller said himself may be repeated to him.
    if (!message?.includes(canary) || isSaid(input, canary)) continue
    report(`project:${other}`, `${tenant} learnt of it from the refusal of ${operation}`)
  }
}

function checkAnswer({ report }: Scene, entry: HistoryEntry, others: Others): void {
  const { answer, operation, input, tenant } = entry
  if (answer === undefined || answer === null) return
  const items: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  for (const item of items) {
    const found = others.find(([, canary]) => isSaid(item, canary))
    if (!found) continue
    const [other, canary] = found
    if (isForAll(item, other) || isSaid(input, canary)) continue
    report(`project:${other}`, `${tenant} was shown something of it by ${operation}`)
  }
}

function isSaid(value: unknown, canary: string): boolean {
  return someText(value, (text) => text.includes(canary))
}

const open: ReadonlySet<unknown> = new Set(['public', 'community', 'shared'])

/** True for what its owner shows to others: images that are not private, shared networks. */
function isForAll(item: unknown, owner: string): boolean {
  const { projectId, visibility, shared } = membersOf(item)
  return projectId === owner && (open.has(visibility) || shared === true)
}
