import { imageKind } from '../../model/image/image.ts'
import { workKind } from '../../model/work/work.ts'
import { type ImportInput, importProgram } from '../image/import.ts'
import { type Problem, type Rule, type Tally, tallyPart } from './rule.ts'

/** Images that are being imported, and work that sees it through. */
const importTally: Tally = {
  prefix: 'import:',
  parts: [
    tallyPart(imageKind, ({ id, status, copying }) =>
      status === 'importing' || (copying && status !== 'pending_delete')
        ? [{ scope: `import:${id}`, name: '#importing', amount: 1 }]
        : [],
    ),
    tallyPart(workKind, ({ program, input }) =>
      program === importProgram.name
        ? [{ scope: `import:${(input as ImportInput).imageId}`, name: '#', amount: 1 }]
        : [],
    ),
  ],
}

export const imageWorkRule: Rule = {
  type: 'sum',
  name: 'image-work',
  tally: importTally,
  judge: async (_, page) =>
    page.flatMap(({ scope, id, sums }): Problem[] => {
      if (!sums?.has('#importing') || sums.has('#')) return []
      const message = 'is importing, but no work is under way'
      return [{ of: scope, subject: `image:${id}`, message }]
    }),
}
