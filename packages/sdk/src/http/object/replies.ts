import type { Reply } from '../reply.ts'

/** The one storage policy that there is. */
export const policyName = 'Policy-0'

const type = 'text/html; charset=UTF-8'

/** An answer without a body, which says of what type that would be, as Swift does. */
export function html(headers: Readonly<Record<string, string>>, status?: number): Reply {
  return {
    headers: { 'content-type': type, ...headers },
    ...(status !== undefined && { status }),
  }
}

/** The body of an error. */
export function htmlFault(title: string, message: string): string {
  const text = message.replaceAll(/[<>&]/g, (letter) => `&#${letter.charCodeAt(0)};`)
  return `<html><h1>${title}</h1><p>${text}</p></html>`
}

export const htmlType = type
