import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { S3Error } from './error.ts'

/** An element as read: texts, elements by name; what is repeated is a list. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] }

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  // Both the five that XML has and numbers are read here, once: clients write quotes as either.
  processEntities: false,
  tagValueProcessor: (_name, value) => unescaped(value),
  // A key may begin and end with spaces.
  trimValues: false,
})

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (_, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] as string
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const isText = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      if (isText) return String.fromCodePoint(code)
      throw malformed()
    },
  )
}

/**
 * The root element of a document. A document type, and with it entities of its own, is refused.
 *
 * @throws S3Error `MalformedXML`.
 */
export function readXml(text: string, root: string): XmlNode {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) throw malformed()
  let parsed: unknown
  try {
    parsed = parser.parse(text)
  } catch {
    throw malformed()
  }
  const node = (parsed as Readonly<Record<string, XmlNode>>)[root]
  if (node === undefined) throw malformed()
  return node
}

export function malformed(): S3Error {
  return new S3Error('MalformedXML', 'The XML you provided was not well-formed.')
}

/** The elements of this name within an element. */
export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  const found = typeof node === 'string' || !Object.hasOwn(node, name) ? undefined : node[name]
  if (found === undefined) return []
  return Array.isArray(found) ? (found as readonly XmlNode[]) : [found as XmlNode]
}

/** The word in the one element of this name, without spaces around it. */
export function wordIn(node: XmlNode, name: string): string | undefined {
  return textIn(node, name)?.trim()
}

/** The text of the one element of this name. @throws S3Error `MalformedXML` for several. */
export function textIn(node: XmlNode, name: string): string | undefined {
  const [first, ...more] = childrenOf(node, name)
  if (first === undefined) return undefined
  if (typeof first === 'string' && more.length === 0) return first
  throw malformed()
}
