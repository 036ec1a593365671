import { auditLinkKind, nodeDigest, verifyChain } from '@nephos/core'
import type { Check, Watch } from '../check.ts'
import { visit } from './rows.ts'

/** What is sealed stays as it was, and the chain holds whoever went on with it, and crashed. */
export const auditChain: Check = {
  invariant: 25,
  title: 'The chain of the audit log holds; links are only ever added, at its end.',
  watch: ({ report, world }) => {
    let number = 0
    return {
      commit: (commit) => {
        visit(commit, auditLinkKind, {
          insert: (link) => {
            number += 1
            if (link.number !== number) report(`auditLink:${link.number}`, `is not ${number}`)
          },
          update: ({ id }) => report(`auditLink:${id}`, 'was changed'),
          remove: ({ id }) => report(`auditLink:${id}`, 'was removed'),
        })
      },
      rest: async () => {
        const kernel = { store: world.store.truth, digest: nodeDigest }
        for await (const { subject, message } of verifyChain(kernel)) report(subject, message)
      },
    } satisfies Watch
  },
}
