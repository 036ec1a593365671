import ts from 'typescript'
import { type Finding, isPure, limits, type Source } from './source.ts'

const timers = ['setTimeout', 'setInterval', 'setImmediate']
const outside = ['process', 'fetch', 'performance', 'crypto', 'globalThis', 'console']
const collector = ['WeakRef', 'FinalizationRegistry']
const impureGlobals = new Set([...timers, ...outside, ...collector, 'require', 'randomUUID'])
const impureMembers = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID'])
const runners = new Set(['test', 'it', 'describe', 'suite', 'bench'])

/** Rules that need the syntax tree. */
export function syntaxFindings(source: Source): Finding[] {
  const file = parse(source)
  const findings: Finding[] = []
  const declared = isPure(source.path) ? declaredNames(file) : undefined
  const report: Report = (node, rule, message) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    findings.push({ path: source.path, line: line + 1, rule, message })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) checkFunction(node, file, report)
    if (ts.isEnumDeclaration(node)) report(node, 'enum', 'use a union of string literals')
    if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
      report(node, 'as-any', 'use unknown and narrow it')
    }
    if (ts.isCallExpression(node)) checkTestCall(node, report)
    if (declared !== undefined) checkPurity(node, declared, report)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return findings
}

/** Module specifiers of every import, export-from, dynamic import and import type. */
export function importsOf(source: Source): string[] {
  const specifiers: string[] = []
  const add = (node: ts.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) specifiers.push(node.text)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    // `import('./x.ts')`, and `new URL('./x.ts', import.meta.url)` for workers.
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0])
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'URL') add(node.arguments?.[0])
    ts.forEachChild(node, visit)
  }
  visit(parse(source))
  return specifiers
}

type Report = (node: ts.Node, rule: string, message: string) => void

function parse(source: Source): ts.SourceFile {
  return ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true)
}

function checkFunction(node: ts.SignatureDeclaration, file: ts.SourceFile, report: Report): void {
  if (!('body' in node) || node.body === undefined || isDescribeBody(node)) return
  const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line
  const last = file.getLineAndCharacterOfPosition(node.getEnd()).line
  const lines = last - first + 1 - testLines(node.body, file)
  if (lines <= limits.functionLines) return
  report(node, 'function-lines', `${lines} lines, limit ${limits.functionLines}`)
}

/**
 * Lines of the tests that a body registers: a suite is a list of tests, each measured by itself.
 */
function testLines(body: ts.Node, file: ts.SourceFile): number {
  let lines = 0
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|it)\b/.test(node.expression.getText())) {
      const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line
      lines += file.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1
    } else {
      ts.forEachChild(node, visit)
    }
  }
  visit(body)
  return lines
}

/** A `describe` body is a list of tests, not one piece of logic. */
function isDescribeBody(node: ts.Node): boolean {
  const { parent } = node
  return ts.isCallExpression(parent) && /^(?:describe|suite)\b/.test(parent.expression.getText())
}

/** `.only` never; a skip only from inside a test, `context.skip('why')`: it prints the reason. */
function checkTestCall(node: ts.CallExpression, report: Report): void {
  const callee = node.expression
  if (!ts.isPropertyAccessExpression(callee)) return
  const name = callee.name.text
  const onRunner = runners.has(callee.expression.getText().split('.')[0] ?? '')
  if (onRunner && (name === 'only' || name === 'skipIf' || name === 'runIf' || name === 'todo')) {
    report(node, 'test-selection', `.${name}( hides tests`)
  }
  if (name !== 'skip') return
  const [reason] = node.arguments
  if (onRunner || reason === undefined || node.arguments.length > 1 || ts.isFunctionLike(reason)) {
    report(node, 'test-selection', 'skip needs a printed reason: context.skip(reason)')
  }
}

function checkPurity(node: ts.Node, declared: ReadonlySet<string>, report: Report): void {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const member = `${node.expression.text}.${node.name.text}`
    if (impureMembers.has(member)) report(node, 'purity', `${member}: take it from a port`)
  }
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) {
    report(node, 'purity', 'new Date() without a time: take it from the Clock')
  }
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) {
    report(node, 'purity', 'Date() reads the wall clock: take it from the Clock')
  }
  if (ts.isImportDeclaration(node) && isNodeModule(node.moduleSpecifier)) {
    report(node, 'purity', `import of ${node.moduleSpecifier.getText()}: reach it through a port`)
  }
  if (!ts.isIdentifier(node) || !impureGlobals.has(node.text)) return
  if (!declared.has(node.text) && isReference(node)) {
    report(node, 'purity', `${node.text}: take it from a port`)
  }
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

function isNodeModule(specifier: ts.Expression): boolean {
  if (!ts.isStringLiteral(specifier)) return false
  return /^node:|^(?:fs|child_process|net|http|https|os|crypto|timers|dgram|tls)(?:\/|$)/.test(
    specifier.text,
  )
}

/** True where the identifier stands for a value in scope, not for a member's or a type's name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  const named = ts.isClassElement(parent) || ts.isTypeElement(parent)
  if (named && parent.name === node) return false
  return !ts.isQualifiedName(parent) && !ts.isTypeReferenceNode(parent)
}

/** Names that the file binds itself: a local `fetch` is not the global one. */
function declaredNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    const binds =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node)
    if (binds && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return names
}
