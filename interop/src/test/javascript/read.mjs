// Prints columns of a table, a line of JSON a row, as two clients that share no code with Iceberg's
// own read it: iceberg-js the catalog, icebird the files. Usage: read.mjs CATALOG WAREHOUSE TABLE COLUMN…
import { readFile } from 'node:fs/promises'
import { IcebergRestCatalog } from 'iceberg-js'
import { icebergRead } from 'icebird'

const [catalogUrl, warehouse, name, ...columns] = process.argv.slice(2)
const overHttp = globalThis.fetch

// The files are on this machine; icebird knows URLs only.
globalThis.fetch = async (url, init) => {
  if (!String(url).startsWith('file:')) return overHttp(url, init)
  const bytes = await readFile(new URL(url))
  const range = /^bytes=(\d+)-(\d*)$/.exec(new Headers(init?.headers).get('range') ?? '')
  if (!range) return new Response(init?.method === 'HEAD' ? null : bytes, { headers: { 'content-length': `${bytes.length}` } })
  const end = range[2] === '' ? bytes.length : Number(range[2]) + 1
  return new Response(bytes.subarray(Number(range[1]), end), { status: 206 })
}

const catalog = new IcebergRestCatalog({ baseUrl: catalogUrl, auth: { type: 'none' } })
const { identifiers } = await catalog.listTables({ namespace: [warehouse] })
if (!identifiers.some(table => table.name === name)) throw new Error(`no table ${name}`)
const metadata = await catalog.loadTable({ namespace: [warehouse], name })
const rows = await icebergRead({ tableUrl: metadata.location, metadata })
for (const row of rows) {
  console.log(JSON.stringify(columns.map(column => row[column] ?? null), (key, value) =>
    typeof value === 'bigint' ? Number(value) : value))
}
