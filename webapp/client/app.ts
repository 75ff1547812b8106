/** The volunteer's app: the entry of its page. */
import './ui/texts/app.ts'
import { version } from '../../package.json'
import { App } from './interview/app.ts'
import { listenToKeys } from './ui/keyboard.ts'
import { rememberedLanguage } from './ui/language.ts'
import { guardScripts } from './ui/trusted-types.ts'

guardScripts()
document.documentElement.lang = rememberedLanguage()
listenToKeys()
const root = document.getElementById('app')
root?.replaceChildren()
root?.addEventListener('submit', (event) => event.preventDefault()) // nothing ever leaves as a form
if (root) void new App(root, version).start()
