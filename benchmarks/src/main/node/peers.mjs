// What Yjs and diamond-types make of the same recorded sessions. Orders come line by line, answers are nanoseconds.
//
//   node peers.mjs TRACES
//   > replay yjs automerge-paper        local edits, one transaction each, what is to be sent kept
//   > load yjs automerge-paper          the stored document, opened until its text is there
//   > merge yjs friendsforever          what two people did at the same time, taken in by a third
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createInterface } from 'node:readline'
import * as Y from 'yjs'
import diamond from 'diamond-types-node'

const traces = new Map()

function trace (name) {
  if (!traces.has(name)) {
    traces.set(name, JSON.parse(gunzipSync(readFileSync(`${process.argv[2]}/${name}.json.gz`)).toString()))
  }
  return traces.get(name)
}

function check (what, text, expected) {
  if (text !== expected) throw new Error(`${what} ends with another text`)
}

const peers = {
  yjs: {
    replay (session) {
      const doc = new Y.Doc()
      const updates = []
      doc.on('update', update => updates.push(update))
      const text = doc.getText('t')
      for (const { patches } of session.txns) {
        for (const [position, deleted, inserted] of patches) {
          doc.transact(() => {
            if (deleted > 0) text.delete(position, deleted)
            if (inserted) text.insert(position, inserted)
          })
        }
      }
      check('yjs', text.toString(), session.endContent)
      return doc
    },
    store: doc => Y.encodeStateAsUpdateV2(doc),
    load (bytes) {
      const doc = new Y.Doc()
      Y.applyUpdateV2(doc, bytes)
      return doc.getText('t').toString()
    },
    // What each of the two sent, in an order in which nothing comes before what it was made after.
    sent (session) {
      const docs = new Map()
      const updates = []
      const known = []
      for (const [i, txn] of session.txns.entries()) {
        if (!docs.has(txn.agent)) {
          const made = new Y.Doc()
          made.clientID = txn.agent + 1 // who goes first at one place: as it was recorded, not by chance
          docs.set(txn.agent, { doc: made, has: new Set() })
        }
        const { doc, has } = docs.get(txn.agent)
        const missing = []
        const stack = [...txn.parents]
        while (stack.length > 0) {
          const parent = stack.pop()
          if (has.has(parent)) continue
          has.add(parent)
          missing.push(parent)
          stack.push(...known[parent])
        }
        missing.sort((a, b) => a - b).forEach(parent => updates[parent].forEach(update => Y.applyUpdateV2(doc, update)))
        known[i] = txn.parents
        updates[i] = []
        const keep = update => updates[i].push(update)
        doc.on('updateV2', keep)
        const text = doc.getText('t')
        for (const [position, deleted, inserted] of txn.patches) {
          if (deleted > 0) text.delete(position, deleted)
          if (inserted) text.insert(position, inserted)
        }
        doc.off('updateV2', keep)
        has.add(i)
      }
      return updates.flat()
    },
    merge (sent, session) {
      const doc = new Y.Doc()
      for (const update of sent) Y.applyUpdateV2(doc, update)
      check('yjs', doc.getText('t').toString(), session.endContent)
    }
  },
  'diamond-types': {
    replay (session) {
      const doc = new diamond.Doc('a')
      for (const { patches } of session.txns) {
        for (const [position, deleted, inserted] of patches) {
          if (deleted > 0) doc.del(position, deleted)
          if (inserted) doc.ins(position, inserted)
        }
      }
      check('diamond-types', doc.get(), session.endContent)
      return doc
    },
    store: doc => doc.toBytes(),
    load (bytes) {
      return diamond.Doc.fromBytes(bytes).get()
    }
  }
}

const prepared = new Map()

function once (key, make) {
  if (!prepared.has(key)) prepared.set(key, make())
  return prepared.get(key)
}

function order (kind, peer, name) {
  const session = trace(name)
  const with_ = peers[peer]
  let work
  if (kind === 'replay') {
    work = () => with_.replay(session)
  } else if (kind === 'load') {
    const bytes = once(`${peer} ${name}`, () => with_.store(with_.replay(session)))
    work = () => check(peer, with_.load(bytes), session.endContent)
  } else {
    const sent = once(`sent ${peer} ${name}`, () => with_.sent(session))
    work = () => with_.merge(sent, session)
  }
  const start = process.hrtime.bigint()
  work()
  return process.hrtime.bigint() - start
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log('found ' + order(...line.split(' ')))
  } catch (e) {
    console.log('failed ' + e.message)
  }
}
