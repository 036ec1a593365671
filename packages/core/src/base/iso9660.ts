/** Files by their paths, `a/b/c`. */
export type Files = ReadonlyMap<string, Uint8Array>

const sector = 2_048
/** Of volume descriptors: what is before them belongs to the machine. */
const firstDescriptor = 16

interface Entry {
  readonly name: string
  readonly parent: Entry | undefined
  /** Absent for a directory. */
  readonly data?: Uint8Array
  readonly children: Entry[]
}

/** One of the two trees that lead to the same files: of short names, and of names as they are. */
interface Tree {
  readonly nameOf: (entry: Entry) => Uint8Array
  /** In the order of the path table: parents first. */
  readonly directories: readonly Entry[]
  /** First sectors of directories. */
  readonly at: Map<Entry, number>
  readonly table: { little: number; big: number; length: number }
}

/**
 * A read-only disk with these files: ISO 9660 (ECMA-119), and Joliet beside it for names as they
 * are. Equal input makes equal bytes. Short names, where other letters than `A-Z0-9_` become `_`,
 * are to differ within a directory.
 *
 * @param label of the volume, 16 characters at most: `config-2`.
 * @param at when the disk was made, in milliseconds.
 */
export function isoImage(files: Files, label: string, at: number): Uint8Array {
  const root = rootOf(files)
  const directories = breadthFirst(root)
  const trees = [treeOf(directories, shortName), treeOf(directories, longName)] as const
  let next = firstDescriptor + 3
  for (const tree of trees) {
    tree.table.little = next
    tree.table.big = next + sectorsOf(tree.table.length)
    next = tree.table.big + sectorsOf(tree.table.length)
  }
  for (const tree of trees) {
    for (const directory of directories) {
      tree.at.set(directory, next)
      next += sectorsOf(directorySize(tree, directory))
    }
  }
  const content = new Map<Entry, number>()
  for (const file of directories.flatMap(({ children }) => children)) {
    if (file.data === undefined) continue
    content.set(file, next)
    next += sectorsOf(file.data.length)
  }
  const image = new Uint8Array(next * sector)
  const disk: Disk = { image, root, content, sectors: next, date: new Date(at) }
  for (const [i, tree] of trees.entries()) {
    writeDescriptor(disk, tree, (firstDescriptor + i) * sector, label, i === 1)
    writeTables(disk, tree)
    for (const directory of directories) writeDirectory(disk, tree, directory)
  }
  image.set([255, ...ascii('CD001'), 1], (firstDescriptor + 2) * sector)
  for (const [file, start] of content) image.set(file.data ?? [], start * sector)
  return image
}

interface Disk {
  readonly image: Uint8Array
  readonly root: Entry
  readonly content: ReadonlyMap<Entry, number>
  readonly sectors: number
  readonly date: Date
}

function rootOf(files: Files): Entry {
  const root: Entry = { name: '', parent: undefined, children: [] }
  for (const [path, data] of files) {
    const names = path.split('/')
    let at = root
    for (const [i, name] of names.entries()) {
      const known = at.children.find((child) => child.name === name)
      const isFile = i === names.length - 1
      const entry: Entry = known ?? { name, parent: at, children: [], ...(isFile && { data }) }
      if (!known) at.children.push(entry)
      at = entry
    }
  }
  return root
}

function breadthFirst(root: Entry): Entry[] {
  const directories = [root]
  for (const directory of directories) {
    directory.children.sort((a, b) => compare(shortName(a), shortName(b)))
    directories.push(...directory.children.filter(({ data }) => data === undefined))
  }
  return directories
}

function treeOf(directories: readonly Entry[], nameOf: Tree['nameOf']): Tree {
  const length = directories.reduce((sum, entry) => sum + even(8 + nameOf(entry).length), 0)
  return { nameOf, directories, at: new Map(), table: { little: 0, big: 0, length } }
}

/** `META_DATA.JSON;1`: capitals, digits and underscores. */
function shortName({ name, parent, data }: Entry): Uint8Array {
  if (!parent) return new Uint8Array(1)
  const dot = data === undefined ? -1 : name.lastIndexOf('.')
  const [stem, extension] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)]
  const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_')
  if (data === undefined) return ascii(plain(stem))
  return ascii(`${plain(stem)}.${plain(extension)};1`)
}

/** In UCS-2. */
function longName({ name, parent, data }: Entry): Uint8Array {
  if (!parent) return new Uint8Array(1)
  return wide(data === undefined ? name : `${name};1`)
}

function wide(text: string): Uint8Array {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  return Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255]))
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Records of a directory, in sectors that none of them crosses; itself and its parent first. */
function recordsOf(
  { nameOf }: Tree,
  directory: Entry,
): readonly { readonly entry: Entry; readonly name: Uint8Array; readonly offset: number }[] {
  let offset = 0
  const own = { entry: directory, name: new Uint8Array(1) }
  const above = { entry: directory.parent ?? directory, name: Uint8Array.of(1) }
  const children = directory.children.map((entry) => ({ entry, name: nameOf(entry) }))
  return [own, above, ...children].map(({ entry, name }) => {
    const length = even(33 + name.length)
    if ((offset % sector) + length > sector) offset = sectorsOf(offset) * sector
    const record = { entry, name, offset }
    offset += length
    return record
  })
}

function directorySize(tree: Tree, directory: Entry): number {
  const last = recordsOf(tree, directory).at(-1)
  return last ? sectorsOf(last.offset + 1) * sector : 0
}

function writeDirectory(disk: Disk, tree: Tree, directory: Entry): void {
  const start = (tree.at.get(directory) ?? 0) * sector
  for (const { entry, name, offset } of recordsOf(tree, directory)) {
    disk.image.set(recordOf(disk, tree, entry, name), start + offset)
  }
}

function recordOf(disk: Disk, tree: Tree, entry: Entry, name: Uint8Array): Uint8Array {
  const { data } = entry
  const record = new Uint8Array(even(33 + name.length))
  const start = (data === undefined ? tree.at : disk.content).get(entry) ?? 0
  const size = data === undefined ? directorySize(tree, entry) : data.length
  const { date } = disk
  record[0] = record.length
  record.set(both32(start), 2)
  record.set(both32(size), 10)
  record.set([date.getUTCFullYear() - 1900, date.getUTCMonth() + 1, date.getUTCDate()], 18)
  record.set([date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), 0], 21)
  record[25] = data === undefined ? 2 : 0
  record.set(both16(1), 28)
  record[32] = name.length
  record.set(name, 33)
  return record
}

function writeTables({ image }: Disk, { nameOf, directories, at, table }: Tree): void {
  let offset = 0
  const view = new DataView(image.buffer)
  for (const directory of directories) {
    const name = nameOf(directory)
    const parent = directories.indexOf(directory.parent ?? directory) + 1
    for (const little of [true, false]) {
      const start = (little ? table.little : table.big) * sector + offset
      image[start] = name.length
      view.setUint32(start + 2, at.get(directory) ?? 0, little)
      view.setUint16(start + 6, parent, little)
      image.set(name, start + 8)
    }
    offset += even(8 + name.length)
  }
}

function writeDescriptor(
  disk: Disk,
  tree: Tree,
  start: number,
  label: string,
  isJoliet: boolean,
): void {
  const { image, root, sectors, date } = disk
  const text = (value: string, length: number): Uint8Array =>
    isJoliet ? wide(value.padEnd(length >> 1)) : ascii(value.padEnd(length))
  const put = (offset: number, bytes: Iterable<number>): void =>
    image.set([...bytes], start + offset)
  put(0, [isJoliet ? 2 : 1, ...ascii('CD001'), 1])
  put(8, text('', 32))
  put(40, text(label.slice(0, 16), 32))
  put(80, both32(sectors))
  // The sign of Joliet's names, of up to 64 characters.
  if (isJoliet) put(88, ascii('%/E'))
  for (const offset of [120, 124]) put(offset, both16(1))
  put(128, both16(sector))
  put(132, both32(tree.table.length))
  put(140, both32(tree.table.little).subarray(0, 4))
  put(148, both32(tree.table.big).subarray(4))
  put(156, recordOf(disk, tree, root, new Uint8Array(1)))
  for (const offset of [190, 318, 446, 574]) put(offset, text('', 128))
  for (const offset of [702, 739, 776]) put(offset, text('', 37))
  const made = ascii(`${date.toISOString().replaceAll(/\D/g, '').slice(0, 14)}00`)
  const never = ascii('0'.repeat(16))
  for (const [offset, when] of [
    [813, made],
    [830, made],
    [847, never],
    [864, never],
  ] as const) {
    put(offset, when)
  }
  put(881, [1])
}

/** Little end first, then again the other way round. */
function both32(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, value, true)
  view.setUint32(4, value, false)
  return bytes
}

function both16(value: number): Uint8Array {
  return Uint8Array.of(value & 255, value >> 8, value >> 8, value & 255)
}

function even(length: number): number {
  return length + (length % 2)
}

function sectorsOf(bytes: number): number {
  return Math.ceil(bytes / sector)
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
}
