// PouchDB's own server: express-pouchdb over LevelDB in a folder.
//     node pouchdb_hub.js FOLDER
"use strict";

const fs = require("fs");
const path = require("path");
const express = require("express");
const PouchDB = require("pouchdb");

const folder = path.resolve(process.argv[2]);
fs.mkdirSync(folder, { recursive: true });
process.chdir(folder);
const app = express();
const Kept = PouchDB.defaults({ prefix: folder + path.sep });
app.use("/", require("express-pouchdb")(Kept, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: "/dev/null" }));
app.listen(8443, "10.77.0.1");
