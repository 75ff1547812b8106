/** Acts that a tap begins: one at a time, and what goes wrong is said. */
import { t } from '../ui/language.ts'
import { say } from '../ui/undo.ts'

/** A second tap while the first still works does nothing: otherwise one household would be begun twice. */
export function alone<A extends unknown[]>(act: (...asked: A) => Promise<unknown>): (...asked: A) => void {
  let busy = false
  return (...asked) => {
    if (busy) return
    busy = true
    void act(...asked)
      .catch(() => say(t('shell.act_failed')))
      .finally(() => {
        busy = false
      })
  }
}
