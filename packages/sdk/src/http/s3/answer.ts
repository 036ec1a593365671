import { isCloudError } from '@nephos/core'
import { s3Error } from '../../wire/s3/error.ts'
import { xmlDocument, type XmlValue } from '../../wire/xml.ts'
import type { Reply } from '../reply.ts'

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** An answer of XML. */
export function xml(
  name: string,
  value: { readonly [name: string]: XmlValue },
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status: 200,
    text: xmlDocument(name, { '@xmlns': namespace, ...value }),
    headers: { 'content-type': 'application/xml', ...headers },
  }
}

/** An answer without a body. */
export function empty(status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers }
}

/** A time as S3 writes it. */
export function isoDate(ms: number): string {
  return new Date(ms).toISOString()
}

/** Runs, with errors by their names in S3. */
export async function asS3<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw isCloudError(error) ? s3Error(error) : error
  }
}

/** Who owns everything of an account. */
export function ownerOf(account: string): { readonly ID: string; readonly DisplayName: string } {
  return { ID: account, DisplayName: account }
}
