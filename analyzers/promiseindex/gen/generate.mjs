// Writes the index: `npm run generate` for all packages, `npm run generate -- twilio pg@8` for some,
// `npm run generate -- --part 0/3` for every third; MISSING=1 makes only files that are not there.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from './describe.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const data = path.join(here, '..', 'data')
const list = JSON.parse(fs.readFileSync(path.join(here, 'packages.json')))
const [part, parts] = process.argv[2] === '--part' ? process.argv[3].split('/').map(Number) : [0, 1]
const wanted = process.argv.slice(process.argv[2] === '--part' ? 4 : 2)

fs.mkdirSync(data, { recursive: true })
let failed = 0
for (const entry of list.filter((_, i) => i % parts === part)) {
  for (const major of entry.majors ?? ['']) {
    const id = major === '' ? entry.name : `${entry.name}@${major}`
    if (wanted.length > 0 && !wanted.includes(entry.name) && !wanted.includes(id)) continue
    if (process.env.MISSING && present(entry.name, major)) continue
    try {
      const { file, bytes, report } = describe(entry, major)
      fs.writeFileSync(path.join(data, file), bytes)
      console.log(`${id}: ${report}`)
    } catch (e) {
      failed++
      console.log(`${id}: FAILED ${String(e.stderr ?? e.stack).slice(0, 300)}`)
    }
  }
}
process.exitCode = failed > 0 ? 1 : 0

function present(name, major) {
  const prefix = `${name.replace('/', '+')}@${major}`
  return fs.readdirSync(data).some((f) => (major === '' ? f.startsWith(prefix) : f === `${prefix}.gz`))
}
