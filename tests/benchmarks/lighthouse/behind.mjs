// What Lighthouse says of a page behind the PIN: from the PIN to the page, and of the page as it stands then.
// node behind.mjs MODULES PORT ADDRESS PIN → {"timespan": report, "snapshot": report}
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [modules, port, address, pin] = process.argv.slice(2)
const require = createRequire(`${modules}/`)
const { startFlow } = await import(pathToFileURL(require.resolve('lighthouse')))
const { connect } = require('puppeteer-core')

const browser = await connect({ browserURL: `http://localhost:${port}`, defaultViewport: null })
const page = await browser.newPage()
const flow = await startFlow(page, { flags: { disableStorageReset: true } })
await page.goto(address)
await page.waitForSelector('#lock-secret')
await flow.startTimespan()
await page.type('#lock-secret', pin)
await page.click('form.lock button[type=submit]')
await page.waitForFunction(() => !document.querySelector('#lock-secret') && document.querySelector('h1'))
await flow.endTimespan()
await flow.snapshot()
const [timespan, snapshot] = (await flow.createFlowResult()).steps.map(({ lhr }) => lhr)
console.log(JSON.stringify({ timespan, snapshot }))
await page.close()
await browser.disconnect()
