// Freshness: makes a few files anew and compares them with those in ../data. `npm run check -- pg axios@1`.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from './describe.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const list = JSON.parse(fs.readFileSync(path.join(here, 'packages.json')))
const wanted = process.argv.length > 2 ? process.argv.slice(2) : ['node', 'pg', 'axios', 'node-fetch']

let stale = 0
for (const entry of list.filter((e) => wanted.includes(e.name))) {
  for (const major of entry.majors ?? ['']) {
    const { file, bytes } = describe(entry, major)
    const same = bytes.equals(fs.readFileSync(path.join(here, '..', 'data', file)))
    if (!same) stale++
    console.log(`${file}: ${same ? 'fresh' : 'STALE'}`)
  }
}
process.exitCode = stale > 0 ? 1 : 0
