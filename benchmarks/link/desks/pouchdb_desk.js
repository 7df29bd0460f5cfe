// PouchDB's own replication of the same records, a document each.
//     node pouchdb_desk.js prepare|day|restore FOLDER
// It talks with the bench as telling.py does.
"use strict";

const fs = require("fs");
const net = require("net");
const path = require("path");
const readline = require("readline");
const PouchDB = require("pouchdb");

const [act, folder] = process.argv.slice(2);
const HOST = "10.77.0.1", PORT = 8443;
const local = new PouchDB(path.join(folder, act === "restore" ? "fresh" : "casework"));
const remote = new PouchDB(`http://${HOST}:${PORT}/casework`, { skip_setup: act !== "prepare" });
const heard = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function hubOpens() {
  for (;;) {
    const open = await new Promise((done) => {
      const socket = net.connect(PORT, HOST, () => { socket.destroy(); done(true); });
      socket.on("error", () => done(false));
    });
    if (open) return;
    await pause(50);
  }
}

async function tell(line) {
  process.stdout.write(JSON.stringify(line) + "\n");
  const word = await heard.next();
  if (word.done || word.value.trim() !== "go") process.exit(0);
}

async function phase(name, work) {
  const began = performance.now();
  const complete = await work();
  await tell({ phase: name, seconds: (performance.now() - began) / 1000, complete });
}

function rows(name) {
  return fs.readFileSync(path.join(folder, name), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function write(name) {
  const wanted = rows(name).map((row) => ({ _id: row.id, type: row.type, ...row.fields }));
  const known = await local.allDocs({ keys: wanted.map((doc) => doc._id) });
  const revisions = new Map(known.rows.filter((row) => row.value).map((row) => [row.id, row.value.rev]));
  const said = await local.bulkDocs(wanted.map((doc) => ({ ...doc, _rev: revisions.get(doc._id) })));
  if (said.some((one) => one.error)) throw new Error(JSON.stringify(said.find((one) => one.error)));
}

async function synced() {
  for (;;) {
    try {
      const both = await local.sync(remote);
      if (both.push.ok && both.pull.ok && both.push.doc_write_failures === 0) return true;
    } catch (problem) {
      console.error(String(problem));
    }
    await pause(1000);
  }
}

const acts = {
  async prepare() {
    await write("stock.jsonl");
    await synced();
    if (fs.existsSync(path.join(folder, "day.jsonl"))) await write("day.jsonl");
  },
  async day() {
    await tell({ phase: "ready" });
    await phase("day", synced);
    await phase("noop", synced);
  },
  async restore() {
    await tell({ phase: "ready" });
    await phase("restore", synced);
  },
};

// a rejection PouchDB itself forgets must not end the run: whoever started this ends it when it takes too long
process.on("unhandledRejection", (problem) => console.error(String(problem)));

hubOpens().then(acts[act]).then(() => local.close()).then(() => process.exit(0), (problem) => {
  console.error(problem);
  process.exit(1);
});
