import { expect, it } from 'vitest'
import { silentTelemetry } from './reference/silent-telemetry.ts'
import { safeTelemetry } from './safe-telemetry.ts'

it('what an exporter throws is nobody’s', () => {
  const said: string[] = []
  const broken = (text: string): never => {
    said.push(text)
    throw new Error('exporter')
  }
  const { logger, meter } = safeTelemetry({
    ...silentTelemetry,
    logger: { log: (_, text) => broken(text) },
    meter: { count: broken, record: broken },
  })
  logger.log('info', 'log')
  meter.count('count')
  meter.record('record', 1)
  expect(said).toEqual(['log', 'count', 'record'])
})
