import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant } from '../../tests/mutants/mutant.ts'
import { root } from '../workspace.ts'

/** What is wrong with a ledger itself, one line each: empty for one that can be run. */
export function ledgerFaults(ledger: readonly Mutant[]): string[] {
  const faults: string[] = []
  const names = new Set<string>()
  for (const mutant of ledger) {
    const say = (text: string): number => faults.push(`${mutant.name}: ${text}`)
    if (names.has(mutant.name)) say('the name is taken')
    names.add(mutant.name)
    if (mutant.find === mutant.replace) say('replaces a text by itself')
    if (mutant.killers.length === 0) say('names nothing that ought to notice it')
    const times = occurrences(mutant)
    if (times === undefined) say(`${mutant.file} does not exist`)
    else if (times !== 1) say(`its text occurs ${times} times in ${mutant.file}, not once`)
    for (const file of testFiles(mutant)) {
      if (!existsSync(join(root, file))) say(`${file} does not exist`)
    }
  }
  return faults
}

/** The text with the mutant in it. */
export function mutated(code: string, mutant: Mutant): string {
  return code.replace(mutant.find, () => mutant.replace)
}

function occurrences({ file, find }: Mutant): number | undefined {
  const path = join(root, file)
  if (!existsSync(path)) return undefined
  return readFileSync(path, 'utf8').split(find).length - 1
}

function testFiles({ killers }: Mutant): string[] {
  return killers.flatMap((killer) => {
    if (typeof killer === 'string') return killer
    return 'file' in killer ? killer.file : []
  })
}
