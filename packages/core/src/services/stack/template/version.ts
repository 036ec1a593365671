import { templateError } from './error.ts'

/** Versions of HOT by release date, oldest first. */
export const hotVersions = [
  '2013-05-23',
  '2014-10-16',
  '2015-04-30',
  '2015-10-15',
  '2016-04-08',
  '2016-10-14',
  '2017-02-24',
  '2017-09-01',
  '2018-03-02',
  '2018-08-31',
  '2021-04-16',
] as const
export type HotVersion = (typeof hotVersions)[number]

/** Names of releases that stand for their version. */
export const hotAliases: Readonly<Record<string, HotVersion>> = {
  newton: '2016-10-14',
  ocata: '2017-02-24',
  pike: '2017-09-01',
  queens: '2018-03-02',
  rocky: '2018-08-31',
  wallaby: '2021-04-16',
}

/** @throws CloudError `invalid` for a version that there is not. */
export function readVersion(value: unknown, path: string): HotVersion {
  const text = typeof value === 'string' ? value : ''
  const version = Object.hasOwn(hotAliases, text) ? hotAliases[text] : text
  const known = hotVersions.find((one) => one === version)
  if (known) return known
  const all = [...hotVersions, ...Object.keys(hotAliases)].join(', ')
  throw templateError(path, `The template version is invalid: it is not one of ${all}.`)
}

/** True if what came with `since` is there in `version`: dates compare as texts. */
export function hasSince(version: HotVersion, since: HotVersion): boolean {
  return version >= since
}
