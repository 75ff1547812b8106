/** The engine in Node as a filter: a JSON line [act, definition, interview] in, a JSON line out. */
import { createInterface } from 'node:readline'
import { check, compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Definition, Interview } from '../../webapp/client/engine/index.ts'

for await (const line of createInterface({ input: process.stdin })) {
  const [act, definition, interview] = JSON.parse(line) as [string, Definition, Interview]
  console.log(JSON.stringify(act === 'check' ? check(definition) : evaluate(compile(definition), interview)))
}
