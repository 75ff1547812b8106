/** Builds the client: page bundles with hashed names, the engine for QuickJS, the service worker, and the list of files it keeps. */
import * as esbuild from 'esbuild'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

const FINAL = 'webapp/static/dist'
const DIST = `${FINAL}.${process.pid}.new` // a build beside another build must not disturb it
const ADDRESS = '/static/dist/'
const ENTRIES = {
  app: 'webapp/client/app.ts',
  map: 'webapp/client/map/page.ts',
  page: 'webapp/client/ui/page.ts',
  office: 'webapp/client/office/page.ts',
  review: 'webapp/client/review/page.ts',
  register: 'webapp/client/register/page.ts',
  css: 'webapp/static/css/main.css',
}
/** What the volunteer's app needs with no network; the map and the server's pages are for the desk. */
const KEPT_ENTRIES = ['app', 'css']
/** `node build.mjs css page` builds these alone, into what is there; without a word, everything anew. */
const ASKED = process.argv.slice(2)
const COMMON = { bundle: true, minify: true, charset: 'utf8', legalComments: 'linked', logLevel: 'warning' }

/** The entries asked for whose source is there; a missing one is named aloud. */
function present(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([name, source]) => {
    if (ASKED.length && !ASKED.includes(name)) return false
    if (!existsSync(source)) console.warn(`build: no source for ${name} (${source})`)
    return existsSync(source)
  }))
}

/** Browser bundles as ES modules that share their common parts. */
async function buildPages() {
  const result = await esbuild.build({
    ...COMMON,
    entryPoints: present(ENTRIES),
    outdir: DIST,
    format: 'esm',
    splitting: true,
    metafile: true,
    target: ['chrome100', 'firefox115', 'safari16'],
    sourcemap: 'linked',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.woff': 'file', '.svg': 'file', '.png': 'file' },
    external: ['/static/*'],
  })
  return result.metafile.outputs
}

/** One file each, run as classic scripts: the engine in QuickJS, the worker in the browser. */
async function buildScripts() {
  const scripts = { 'engine-server': 'webapp/client/engine/server.ts', 'service-worker': 'service-worker/service-worker.ts' }
  for (const [name, source] of Object.entries(present(scripts))) {
    const target = name === 'engine-server' ? ['es2020'] : ['chrome100', 'firefox115', 'safari16']
    await esbuild.build({ ...COMMON, entryPoints: { [name]: source }, outdir: DIST, format: 'iife', target, legalComments: 'none', define: { 'import.meta.url': '""' } })
  }
}

/** Logical name to file; a style sheet that a script brings along is called `<entry>.css`. */
function manifestOf(outputs) {
  const names = Object.fromEntries(Object.entries(ENTRIES).map(([name, source]) => [source, name]))
  const manifest = {}
  for (const [file, output] of Object.entries(outputs)) {
    const name = names[output.entryPoint]
    if (!name || file.endsWith('.map')) continue
    manifest[name] = basename(file)
    if (output.cssBundle) manifest[`${name}.css`] = basename(output.cssBundle)
  }
  return manifest
}

/** The files that `file` needs to work, itself included: imports of scripts, fonts and pictures of style sheets. */
function needs(outputs, file, found = new Set()) {
  if (found.has(file) || !outputs[file]) return found
  found.add(file)
  const { imports, cssBundle } = outputs[file]
  for (const { path } of imports) needs(outputs, path, found)
  if (cssBundle) needs(outputs, cssBundle, found)
  return found
}

async function keptOf(outputs, manifest) {
  const files = new Set()
  for (const name of KEPT_ENTRIES.flatMap((entry) => [entry, `${entry}.css`]))
    if (manifest[name]) needs(outputs, `${DIST}/${manifest[name]}`, files)
  const wanted = [...files].filter((file) => !file.endsWith('.woff')).sort() // every browser with a worker reads woff2
  return Promise.all(wanted.map(async (file) => ({ url: ADDRESS + basename(file), digest: await digestOf(file) })))
}

async function digestOf(file) {
  return createHash('sha256').update(await readFile(file)).digest('hex')
}

/** maplibre-gl looks for its worker beside the bundle that calls it. */
function copyMapWorker() {
  return copyFile('node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs', `${DIST}/maplibre-gl-worker.mjs`)
}

/** The licences of what the browser is given, in full, as they ask. */
async function writeLicences() {
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'))
  const texts = await Promise.all(Object.keys(dependencies).sort().map(async (name) => {
    const folder = `node_modules/${name}`
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
    return `${name} ${version} (${license})\n\n${file ? await readFile(`${folder}/${file}`, 'utf8') : ''}\n`
  }))
  await writeFile(`${DIST}/licences.txt`, texts.join(`\n${'-'.repeat(80)}\n\n`))
}

/** Each script and style sheet also as a browser may take it packed: the build has the time that an answer has not. */
async function pack() {
  const names = (await readdir(DIST)).filter((name) => /\.(js|mjs|css)$/.test(name))
  await Promise.all(names.map(async (name) => {
    const content = await readFile(`${DIST}/${name}`)
    await writeFile(`${DIST}/${name}.br`, await promisify(brotliCompress)(content))
    await writeFile(`${DIST}/${name}.gz`, await promisify(gzip)(content, { level: 9 }))
  }))
}

const writeJson = (name, value) => writeFile(`${DIST}/${name}`, JSON.stringify(value, null, 1) + '\n')

async function build() {
  await mkdir(DIST, { recursive: true })
  const outputs = await buildPages()
  const manifest = manifestOf(outputs)
  await Promise.all([buildScripts(), copyMapWorker(), writeLicences(), writeJson('manifest.json', manifest)])
  await writeJson('kept.json', await keptOf(outputs, manifest))
}

/** The parts built take their place beside what is there. */
async function addToFinal() {
  const before = JSON.parse(await readFile(`${FINAL}/manifest.json`, 'utf8'))
  const built = JSON.parse(await readFile(`${DIST}/manifest.json`, 'utf8'))
  await Promise.all([writeJson('manifest.json', { ...before, ...built }), rm(`${DIST}/kept.json`)])
  await cp(DIST, FINAL, { recursive: true })
}

async function replaceFinal() {
  await rm(FINAL, { recursive: true, force: true })
  await rename(DIST, FINAL)
}

try {
  await build()
  await pack()
  await (ASKED.length && existsSync(FINAL) ? addToFinal() : replaceFinal())
} catch (error) {
  if (!error.errors) throw error // esbuild has said on the screen what is wrong
  process.exitCode = 1
} finally {
  await rm(DIST, { recursive: true, force: true })
}
