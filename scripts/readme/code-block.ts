/**
 * The first fenced block in a language after a heading, before the next heading of the same or a
 * higher level.
 *
 * @throws Error when the heading or the block is not there.
 */
export function codeBlock(markdown: string, heading: string, language: string): string {
  const lines = markdown.split('\n')
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.includes(heading))
  if (start === -1) throw new Error(`No heading "${heading}".`)
  const level = lines[start]?.indexOf(' ') ?? 0
  const block: string[] = []
  let fence: 'none' | 'ours' | 'other' = 'none'
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('```')) {
      if (fence === 'ours') return `${block.join('\n')}\n`
      if (fence === 'other') fence = 'none'
      else fence = line.slice(3).trim() === language ? 'ours' : 'other'
    } else if (fence === 'ours') {
      block.push(line)
    } else if (fence === 'none' && /^#+ /.test(line) && line.indexOf(' ') <= level) {
      break
    }
  }
  throw new Error(`No closed \`\`\`${language} block under "${heading}".`)
}
