import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'

/** What stands between a network of the template and its use: that it has its subnets. */
export function networkWord(value: Json | undefined): string[] {
  const name = isJsonMap(value) ? value['get_resource'] : undefined
  return typeof name === 'string' ? [`network ${name}`] : []
}

/** The networks that a server's properties name. */
export function networkWords(properties: JsonMap): string[] {
  const { networks } = properties
  if (!isJsonList(networks)) return []
  return networks.flatMap((one) =>
    isJsonMap(one) ? [...networkWord(one['network']), ...networkWord(one['uuid'])] : [],
  )
}

/** That routers lead where floating IPs are to lead. */
export const routingWord = 'routing'
