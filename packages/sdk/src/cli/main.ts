import { Command, InvalidArgumentError } from 'commander'
import { isCloudError, placementPolicies } from '@nephos/core'
import { runAudit } from './audit.ts'
import { runDemo } from './demo.ts'
import { replayHelp, runReplay } from './replay.ts'
import { runServe, serveRoles } from './serve.ts'
import { runUp } from './up.ts'

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`is not a whole number from ${least} to ${most}.`)
  }
}

const program = new Command('nephos')
  .description(
    'A massively scalable cloud in a library: try it, replay workloads through it, audit it.',
  )
  .showHelpAfterError()

/** What the commands that listen have in common. */
function withDoor(command: Command): Command {
  return command
    .option(
      '--url <origin>',
      'the origin that clients use, when it is not what they name themselves',
    )
    .option('--tls-cert <file>', 'HTTPS: the certificate, and those that it rests on, in PEM')
    .option('--tls-key <file>', 'HTTPS: the key of the certificate, in PEM')
    .option(
      '--cors-origin <origin...>',
      'whose scripts in browsers may use it, * for all (default: nobody’s)',
    )
    .option(
      '--rate <n>',
      'what each user of each project may spend in a second, a read being 1 and a change 5; ' +
        'beyond it he is told 429 (default: no limit)',
      whole(1, 1_000_000),
    )
    .option('--burst <n>', 'what he may have saved (default: of 10 seconds)', whole(1, 10_000_000))
    .option(
      '--lockout-failures <n>',
      'wrong passwords in a row after which a user is locked out; 0 is never',
      whole(0, 1_000),
      0,
    )
    .option('--lockout-seconds <n>', 'how long he is', whole(1, 86_400), 1_800)
}

program
  .command('demo')
  .description('One request for many servers, end to end, on a SQLite file and simulated hosts.')
  .option('--count <n>', 'servers in the request', whole(1, 10_000), 500)
  .option(
    '--hosts <n>',
    'simulated hosts in three availability zones',
    whole(3, 1_000_000),
    100_000,
  )
  .option(
    '--data <dir>',
    'keep the cloud here (default: a temporary directory, removed at the end)',
  )
  .option('--json', 'print one JSON object and nothing else')
  .action(runDemo)

withDoor(program.command('up'))
  .description('A whole cloud behind OpenStack’s HTTP interfaces, on simulated hosts.')
  .option(
    '--data <dir>',
    'keep the cloud here (default: a temporary directory, removed at the end)',
  )
  .option('--listen <host:port>', 'where to listen; port 0 is any free one', '127.0.0.1:5000')
  .option('--hosts <n>', 'simulated hosts in three availability zones', whole(1, 100_000), 100)
  .option('--admin-password <text>', 'of user admin', 'admin')
  .option('--demo-password <text>', 'of user demo', 'demo')
  .option(
    '--seed-users <file|list>',
    'more users: name:password:project, with commas between them, or a file of such lines',
  )
  .option('--print-env', 'print only what a shell needs to act as user demo')
  .option('--metrics <host:port>', 'where Prometheus reads GET /metrics (default: nowhere)')
  .action(runUp)

withDoor(program.command('serve'))
  .description('One of the processes that share a cloud on PostgreSQL, on simulated hosts.')
  .option('--role <name>', `what it is for: ${serveRoles.join(', ')}`, 'all')
  .requiredOption('--store <url>', 'postgres://user@host:port/database, one for all processes')
  .option('--bus <url>', 'nats://host:port; without it, others see what is new within a second')
  .requiredOption('--data <dir>', 'images and objects: one directory for all processes')
  .option('--listen <host:port>', 'where api and all listen', '127.0.0.1:5000')
  .option(
    '--lease <ms>',
    'work of a process that died is taken over after this',
    whole(1_000, 600_000),
    30_000,
  )
  .option(
    '--seed-hosts <n>',
    'first fit the cloud for a trial, on so many hosts',
    whole(1, 100_000),
  )
  .option('--admin-password <text>', 'of user admin, when seeded', 'admin')
  .option('--demo-password <text>', 'of user demo, when seeded', 'demo')
  .option('--metrics <host:port>', 'where Prometheus reads GET /metrics (default: nowhere)')
  .action(runServe)

program
  .command('replay')
  .description('Replays a workload through the whole stack in simulated time.')
  .argument('[file]', 'CSV, plain or .gz; without it a synthetic workload is generated')
  .option('--hosts <n>', 'hosts of 64 vCPU and 192 GiB', whole(1, 1_000_000), 1_000)
  .option('--limit <n>', 'stop after this many requests', whole(1, 100_000_000))
  .option('--policy <name>', `placement policy: ${placementPolicies.join(', ')}`, 'pack')
  .option(
    '--seed <n>',
    'seed of the synthetic workload and of placement',
    whole(0, 4_294_967_295),
    1,
  )
  .option('--store <file>', 'keep the state in this SQLite file instead of memory')
  .option('--networks', 'give each server a port with an address of 10.0.0.0/8')
  .option('--svg <file>', 'where the density plot goes', 'replay-density.svg')
  .option('--json', 'print one JSON object and nothing else')
  .addHelpText('after', replayHelp)
  .action(runReplay)

program
  .command('audit')
  .description(
    'Opens a cloud, finishes accepted work, recomputes every invariant; exits 1 on findings.',
  )
  .requiredOption('--data <dir>', 'the directory that `nephos demo --data` made')
  .option('--wait <seconds>', 'how long unfinished work may take', whole(0, 86_400), 60)
  .option('--json', 'print one JSON object and nothing else')
  .action(runAudit)

try {
  await program.parseAsync()
} catch (error) {
  if (!isCloudError(error)) throw error
  process.stderr.write(`nephos: ${error.code}: ${error.message}\n`)
  process.exitCode = 1
}
