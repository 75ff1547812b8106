/** Faults of a definition, in plain words. */

import type { Definition, Problem } from './types.ts'

/** A definition under check; faults are added to `found`. */
export interface Checking {
  definition: Definition
  found: Problem[]
}

export function report({ found }: Checking, where: string, what_th: string, what_en: string): void {
  found.push({ where, what_th, what_en })
}

/** Reports every name that stands twice. */
export function reportDoubles(checking: Checking, where: string, names: string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) report(checking, where, `มี '${name}' ซ้ำกัน`, `'${name}' stands twice`)
    seen.add(name)
  }
}

const LOWER_SNAKE = /^[a-z][a-z0-9_]*$/

/** Names that rules use: lower_snake English, no word of the rule language. */
export function reportBadNames(checking: Checking, where: string, names: string[], reserved: string[]): void {
  for (const name of names) {
    if (!LOWER_SNAKE.test(name)) report(checking, where, `ชื่อ '${name}' ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ _`, `'${name}' is not a lower_snake name`)
    else if (reserved.includes(name)) report(checking, where, `ชื่อ '${name}' เป็นคำของภาษาเงื่อนไข ใช้ไม่ได้`, `'${name}' is a word of the rule language`)
  }
}
