import { library } from '../../tsup.shared.ts'

export default library({ programs: ['simulate/cli'] })
