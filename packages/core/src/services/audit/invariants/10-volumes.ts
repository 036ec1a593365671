import { volumeKind } from '../../../model/block/volume.ts'
import { type Invariant, type Problem, rowRule, type ScopeSums } from '../rule.ts'
import { attachmentTally } from '../tallies/block.ts'

export const volumeUses: Invariant = {
  number: 10,
  title: 'A volume has one attachment.',
  cause:
    'Two uses of a volume both committed, or a use was written without its volume. Two guests ' +
    'may write to one disk, which neither survives; or a volume that nobody has is not free.',
  rules: [
    rowRule('volume-attachments', volumeKind, ({ attachments, multiattach }) =>
      attachments.length > 1 && !multiattach ? [`has ${attachments.length} uses`] : [],
    ),
    {
      type: 'sum',
      name: 'volume-uses',
      tally: attachmentTally,
      judge: async (_, page) => page.flatMap(judgeUses),
    },
  ],
}

/** A volume's row and those of its uses say the same. */
function judgeUses({ scope, id, sums }: ScopeSums): Problem[] {
  return [...(sums ?? [])].flatMap(([name, amount]): Problem[] => {
    if (amount === 0) return []
    const only = amount > 0 ? 'its row' : 'the use'
    return [{ of: scope, subject: `volume:${id}`, message: `only ${only} says ${name.slice(1)}` }]
  })
}
