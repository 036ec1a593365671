import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foreign, openrc } from '../support/foreign.ts'
import { type Recorder, recorderOf } from '../support/record.ts'
import { startUp, type Up } from '../support/up.ts'

let up: Up
let recorder: Recorder
let folder: string
let keys: { readonly access: string; readonly secret: string }
beforeAll(async () => {
  up = await startUp('--hosts', '3')
  folder = await mkdtemp(join(tmpdir(), 'nephos-s3-'))
  const words = ['ec2', 'credentials', 'create', '-f', 'json']
  keys = JSON.parse(await foreign('/usr/bin/openstack', words, openrc(up, 'demo'))) as typeof keys
})
afterAll(async () => {
  await up[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** Larger than the 5 MiB that parts have at least, and not twice the same. */
const large = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i * 2_654_435_761))
const parts = Buffer.concat([large, large, large, large])

describe('O10: s3cmd, unchanged', () => {
  beforeAll(async () => {
    recorder = await recorderOf(up)
  })

  const s3cmd = (...words: readonly string[]): Promise<string> => {
    const host = up.origin.replace('http://', '')
    const said = [`--access_key=${keys.access}`, `--secret_key=${keys.secret}`, '--no-ssl']
    const where = [`--host=${host}`, `--host-bucket=${host}`, '--region=us-east-1']
    return foreign('/usr/bin/s3cmd', ['-c', join(folder, 'none'), ...said, ...where, ...words])
  }

  it('makes a bucket, puts, lists, copies, gets and deletes', async () => {
    const [one, back] = [join(folder, 'one'), join(folder, 'back')]
    await writeFile(one, 'some text')
    await s3cmd('mb', 's3://by-s3cmd')
    await s3cmd('put', '--add-header=x-amz-meta-colour:red', one, 's3://by-s3cmd/a/one')
    await s3cmd('cp', 's3://by-s3cmd/a/one', 's3://by-s3cmd/a/b c+ü')
    expect(await s3cmd('ls', '-r', 's3://by-s3cmd')).toMatch(/a\/b c\+ü\n.*a\/one$/)
    await s3cmd('get', 's3://by-s3cmd/a/b c+ü', back)
    expect(await readFile(back, 'utf8')).toBe('some text')
    expect(await s3cmd('info', 's3://by-s3cmd/a/one')).toMatch(/x-amz-meta-colour: red/i)
    await s3cmd('rb', '--recursive', '--force', 's3://by-s3cmd')
    expect(await s3cmd('ls')).toBe('')
  })

  it('uploads in parts', async () => {
    const [file, back] = [join(folder, 'large'), join(folder, 'large-back')]
    await writeFile(file, parts)
    await s3cmd('mb', 's3://in-parts')
    await s3cmd('put', '--multipart-chunk-size-mb=5', file, 's3://in-parts/large')
    await s3cmd('get', 's3://in-parts/large', back)
    expect((await readFile(back)).equals(parts)).toBe(true)
    await s3cmd('rb', '--recursive', '--force', 's3://in-parts')
  })

  it('uses what its record says', () => recorder.end('s3cmd'))
})

describe('O10: rclone, unchanged', () => {
  beforeAll(async () => {
    recorder = await recorderOf(up)
  })

  const rclone = (...words: readonly string[]): Promise<string> =>
    foreign('/usr/bin/rclone', words, {
      RCLONE_CONFIG: '/dev/null',
      RCLONE_CONFIG_S_TYPE: 's3',
      RCLONE_CONFIG_S_PROVIDER: 'Other',
      RCLONE_CONFIG_S_ENDPOINT: up.origin,
      RCLONE_CONFIG_S_ACCESS_KEY_ID: keys.access,
      RCLONE_CONFIG_S_SECRET_ACCESS_KEY: keys.secret,
      RCLONE_CONFIG_W_TYPE: 'swift',
      RCLONE_CONFIG_W_ENV_AUTH: 'true',
      ...openrc(up, 'demo'),
    })

  it.each(['s', 'w'])('copies a tree there and back, and finds it the same: %s', async (remote) => {
    const [here, back] = [join(folder, `tree-${remote}`), join(folder, `back-${remote}`)]
    const names = ['x', 'deep/y', 'deep/er/ü z', '+%&']
    await mkdir(join(here, 'deep/er'), { recursive: true })
    for (const name of names) await writeFile(join(here, name), name.repeat(1_000))
    await rclone('copy', here, `${remote}:tree-${remote}`)
    await rclone('check', here, `${remote}:tree-${remote}`)
    await rclone('sync', `${remote}:tree-${remote}`, back)
    expect((await readdir(back, { recursive: true })).length).toBe(6)
    await rclone('purge', `${remote}:tree-${remote}`)
    expect(await rclone('lsf', `${remote}:`)).not.toContain('tree')
  })

  it('uploads in parts, at once', async () => {
    const file = join(folder, 'parts')
    await writeFile(file, parts)
    await rclone('copy', '--s3-upload-cutoff=5M', '--s3-chunk-size=5M', file, 's:parts')
    await rclone('check', '--download', file, 's:parts')
    await rclone('purge', 's:parts')
  })

  it('uses what its record says', () => recorder.end('rclone'))
})

describe('O10: the AWS SDK for JavaScript, unchanged', () => {
  beforeAll(async () => {
    recorder = await recorderOf(up)
  })

  const client = (): S3Client =>
    new S3Client({
      endpoint: up.origin,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: keys.access, secretAccessKey: keys.secret },
    })
  const Bucket = 'by-sdk'

  it('puts, reads ranges, copies, lists in pages and deletes many', async () => {
    const s3 = client()
    await s3.send(new CreateBucketCommand({ Bucket }))
    const { Buckets } = await s3.send(new ListBucketsCommand({}))
    expect(Buckets?.map(({ Name }) => Name)).toContain(Bucket)
    const Metadata = { colour: 'red' }
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a/0', Body: 'some text', Metadata }))
    const range = { Bucket, Key: 'a/0', Range: 'bytes=5-8' }
    const got = await s3.send(new GetObjectCommand(range))
    expect(await got.Body?.transformToString()).toBe('text')
    expect(got.Metadata).toEqual(Metadata)
    for (const i of [1, 2, 3, 4]) {
      const copy = { Bucket, Key: `a/${i}`, CopySource: `${Bucket}/a/0` }
      await s3.send(new CopyObjectCommand(copy))
    }
    const first = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3 }))
    const ContinuationToken = first.NextContinuationToken
    const second = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }))
    const all = [...(first.Contents ?? []), ...(second.Contents ?? [])].map(({ Key }) => Key)
    expect(all).toEqual(['a/0', 'a/1', 'a/2', 'a/3', 'a/4'])
    const Objects = all.map((Key) => ({ Key }))
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(Deleted?.length).toBe(5)
    await s3.send(new DeleteBucketCommand({ Bucket }))
    const absent = s3.send(new HeadObjectCommand({ Bucket, Key: 'a/0' }))
    await expect(absent).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } })
  })

  it('uploads in parts, and gives an upload up', async () => {
    const s3 = client()
    const of = { Bucket, Key: 'large' }
    await s3.send(new CreateBucketCommand({ Bucket }))
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(of))
    const Parts = await Promise.all(
      [1, 2].map(async (PartNumber) => {
        const Body = PartNumber === 1 ? parts : Buffer.from('the end')
        const part = new UploadPartCommand({ ...of, UploadId, PartNumber, Body })
        return { PartNumber, ETag: (await s3.send(part)).ETag }
      }),
    )
    const MultipartUpload = { Parts }
    await s3.send(new CompleteMultipartUploadCommand({ ...of, UploadId, MultipartUpload }))
    const { ContentLength } = await s3.send(new HeadObjectCommand(of))
    expect(ContentLength).toBe(parts.length + 7)
    const other = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'no' }))
    const abort = { Bucket, Key: 'no', UploadId: other.UploadId }
    await s3.send(new AbortMultipartUploadCommand(abort))
    const late = new UploadPartCommand({ ...abort, PartNumber: 1, Body: 'x' })
    await expect(s3.send(late)).rejects.toMatchObject({ name: 'NoSuchUpload' })
  })

  it('keeps versions', async () => {
    const s3 = client()
    const versioned = { Bucket: 'versioned', Key: 'k' }
    await s3.send(new CreateBucketCommand({ Bucket: 'versioned' }))
    const VersioningConfiguration = { Status: 'Enabled' } as const
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration }))
    const { VersionId } = await s3.send(new PutObjectCommand({ ...versioned, Body: 'old' }))
    await s3.send(new PutObjectCommand({ ...versioned, Body: 'new' }))
    const old = await s3.send(new GetObjectCommand({ ...versioned, VersionId }))
    expect(await old.Body?.transformToString()).toBe('old')
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'versioned' }))
    expect(Versions?.map(({ IsLatest }) => IsLatest)).toEqual([true, false])
  })

  it('is refused with a wrong secret, in the form that it knows', async () => {
    const credentials = { accessKeyId: keys.access, secretAccessKey: 'wrong' }
    const wrong = new S3Client({ endpoint: up.origin, region: 'us-east-1', credentials })
    const listed = wrong.send(new ListBucketsCommand({}))
    await expect(listed).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  })

  it('uses what its record says', () => recorder.end('aws-sdk'))
})
