import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  gib,
  gptImage,
  isoImage,
  luksImage,
  ploopImage,
  put,
  qcow2Image,
  vdiImage,
  vhdImage,
  vhdxImage,
  vhdxMetadata,
  vmdkImage,
  vmdkText,
} from '../../../../test/disk-headers.ts'
import type { DiskFormat } from '../../../model/image/image.ts'
import { Inspector } from './inspector.ts'
import { judgeFormat } from './judge.ts'
import type { Verdict } from './reader.ts'

function inspect(bytes: Uint8Array, chunk = bytes.length): readonly Verdict[] {
  const inspector = new Inspector()
  for (let at = 0; at < bytes.length; at += chunk) inspector.update(bytes.subarray(at, at + chunk))
  expect(inspector.size).toBe(bytes.length)
  return inspector.finish()
}

const judge = (declared: DiskFormat, bytes: Uint8Array): number | null =>
  judgeFormat(declared, inspect(bytes), bytes.length)

const whole: readonly (readonly [Verdict['format'], Uint8Array, number | null])[] = [
  ['qcow2', qcow2Image(), gib],
  ['vmdk', vmdkImage(), gib],
  ['vhd', vhdImage(), gib],
  ['vhd', vhdImage(3), gib],
  ['vhdx', vhdxImage(), gib],
  ['vdi', vdiImage(), gib],
  ['iso', isoImage(), 204_800],
  ['gpt', gptImage(), null],
  ['luks', luksImage(), null],
  ['ploop', ploopImage(), gib],
]

describe('I12: what an image is', () => {
  it.each(whole)('is told from its bytes: %s', (format, bytes, virtualSize) => {
    expect(inspect(bytes)).toEqual([{ format, virtualSize }])
  })

  it.each(whole)('however they are cut: %s', (_format, bytes) => {
    for (const chunk of [7, 511, 512, 4_097, 65_535]) {
      expect(inspect(bytes, chunk)).toEqual(inspect(bytes))
    }
    if (bytes.length < 10_000) expect(inspect(bytes, 1)).toEqual(inspect(bytes))
  })

  it('is nothing in particular for all others, of any length', () => {
    for (const length of [0, 1, 511, 512, 1_535, 1_536, 40_000]) {
      expect(inspect(new Uint8Array(length).fill(1), 100)).toEqual([])
    }
  })

  it('is never an error, whatever follows the marks', () => {
    const marked = whole.map(([, bytes]) => bytes.slice(0, 2_048))
    const any = fc.tuple(
      fc.constantFrom(...marked),
      fc.array(fc.tuple(fc.nat(2_047), fc.nat(255)), { maxLength: 40 }),
      fc.nat(2_048),
      fc.integer({ min: 1, max: 900 }),
    )
    fc.assert(
      fc.property(any, ([base, changes, length, chunk]) => {
        const bytes = base.slice()
        for (const [at, value] of changes) bytes[at] = value
        for (const { virtualSize } of inspect(bytes.subarray(0, length), chunk)) {
          expect(virtualSize === null || Number.isSafeInteger(virtualSize)).toBe(true)
        }
      }),
    )
  })
})

const dangers: readonly (readonly [string, Uint8Array])[] = [
  ['it has a backing file', qcow2Image(gib, (view) => view.setBigUint64(8, 512n))],
  ['it has an external data file', qcow2Image(gib, (view) => view.setBigUint64(72, 4n))],
  ['it has unknown features', qcow2Image(gib, (view) => view.setBigUint64(72, 32n))],
  ['version 4 is unknown', qcow2Image(gib, (view) => view.setUint32(4, 4))],
  ['it names extents outside', vmdkImage(vmdkText.replace('disk', '/etc/passwd'))],
  ['it names extents outside', vmdkImage(`${vmdkText}\nRW 1 FLAT "passwd" 0`)],
  ['it is of a kind with files outside', vmdkImage(vmdkText.replace('streamOpt', 'twoGbMax'))],
  ['it is of a kind with files outside', vmdkImage(`${vmdkText}\ncreateType="vmfs"`)],
  ['it has a parent', vmdkImage(`${vmdkText}\nparentFileNameHint="/etc/passwd"`)],
  ['its descriptor is none', vmdkImage('nothing')],
  ['its descriptor is too long', vmdkImage(vmdkText, (view) => view.setUint32(36, 1 << 20, true))],
  ['its footer tells otherwise', vmdkImage(vmdkText, (_view, bytes) => bytes.fill(0, 2_048))],
  [
    'its footer tells otherwise',
    vmdkImage(vmdkText, (view) => view.setBigUint64(2_048 + 28, 9n, true)),
  ],
  ['it has a parent', vhdImage(4)],
  ['its header is missing', vhdImage(3, 4_096, (_view, bytes) => bytes.fill(0, 0, 8))],
  ['it has a parent', vhdxImage(2)],
  ['its region tables differ', vhdxImage(0, (_view, bytes) => (bytes[(256 << 10) + 40] = 1))],
  ['its metadata are none', vhdxImage(0, (_view, bytes) => put(bytes, vhdxMetadata, 'elsewhere'))],
  ['it is not whole by itself', vdiImage(4)],
]

describe('I12: an image is refused that', () => {
  it.each(dangers)('%s', (danger, bytes) => {
    const [verdict] = inspect(bytes)
    expect(verdict?.danger).toBe(danger)
    const declared = verdict?.format as DiskFormat
    expect(() => judge(declared, bytes)).toThrow(danger)
    expect(() => judge('raw', bytes)).toThrow(danger)
  })

  it('is of another format than it was said to be', () => {
    const refused = { code: 'invalid', field: 'diskFormat' }
    const cases = [
      ['raw', qcow2Image()],
      ['qcow2', vmdkImage()],
      ['qcow2', new Uint8Array(4_096)],
      ['ami', vdiImage()],
      ['iso', gptImage()],
    ] as const
    for (const [declared, bytes] of cases) {
      expect(() => judge(declared, bytes)).toThrow(expect.objectContaining(refused))
    }
  })

  it('is two things at once', () => {
    const both = isoImage()
    both.set(qcow2Image())
    expect(() => judge('qcow2', both)).toThrow('qcow2 and iso at once')
    expect(() => judge('iso', both)).toThrow('qcow2 and iso at once')
  })

  it('but not what a disk holds: partitions, encryption, a disc that also boots from USB', () => {
    expect(judge('raw', gptImage())).toBe(2_048)
    expect(judge('raw', luksImage())).toBe(1_024)
    const hybrid = isoImage()
    hybrid.set(gptImage())
    expect(judge('iso', hybrid)).toBe(204_800)
    expect(judge('raw', hybrid)).toBe(hybrid.length)
    expect(judge('ari', new Uint8Array(10))).toBe(null)
  })
})

describe('I12: bytes without a mark', () => {
  it('are of any format where the operator says so, and those with one are not', () => {
    const verdicts = verdictsOf(new Uint8Array(64))
    expect(() => judgeFormat('qcow2', verdicts, 64)).toThrow('is raw')
    expect(judgeFormat('qcow2', verdicts, 64, { unmarked: true })).toBeNull()
    const marked = [{ format: 'qcow2', virtualSize: 1 }] as const
    expect(() => judgeFormat('raw', marked, 64, { unmarked: true })).toThrow('is qcow2')
    const danger = [{ format: 'qcow2', virtualSize: 1, danger: 'a backing file' }] as const
    expect(() => judgeFormat('qcow2', danger, 64, { unmarked: true })).toThrow('backing file')
  })
})

function verdictsOf(bytes: Uint8Array): ReturnType<Inspector['finish']> {
  const inspector = new Inspector()
  inspector.update(bytes)
  return inspector.finish()
}
