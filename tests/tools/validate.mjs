// Judges what Faultline writes with other people's validators.
//
//     node tests/tools/validate.mjs openapi FILE…   the OpenAPI 3.1 JSON Schema, then a linter (errors only)
//     node tests/tools/validate.mjs report FILE…    docs/schema/report.schema.json
//     node tests/tools/validate.mjs sarif FILE…     the SARIF 2.1.0 rules that concern what we write; SARIF_SCHEMA=FILE: the whole schema
//
// Prints what is wrong and ends with 1, else prints "ok FILE". Needs `npm ci` in this folder.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createConfig, lint } from '@redocly/openapi-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

function byAjv(schema) {
  const Class = String(schema.$schema).includes('draft-04') ? Ajv04 : Ajv;
  const ajv = new Class({ allErrors: true, strict: false, validateFormats: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : validate.errors.slice(0, 20).map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`));
}

async function openapi(file) {
  const result = await new Validator().validate(path.resolve(file));
  if (!result.valid) {
    const errors = Array.isArray(result.errors) ? result.errors : [{ message: String(result.errors) }];
    return errors.slice(0, 20).map((e) => `${e.instancePath ?? ''} ${e.message} ${JSON.stringify(e.params ?? {})}`);
  }
  const config = await createConfig({ extends: ['minimal'], rules: { 'no-unresolved-refs': 'error', 'operation-operationId-unique': 'error', 'operation-parameters-unique': 'error', 'path-parameters-defined': 'error', 'no-identical-paths': 'error', 'security-defined': 'off', 'no-enum-type-mismatch': 'error', 'path-declaration-must-exist': 'error', 'path-not-include-query': 'error', 'no-path-trailing-slash': 'off', 'struct': 'error', 'no-ambiguous-paths': 'off' } });
  const problems = await lint({ ref: path.resolve(file), config });
  return problems.filter((p) => p.severity === 'error').map((p) => `${p.location[0]?.pointer ?? ''} ${p.message} [${p.ruleId}]`);
}

const report = byAjv(readJson(path.join(here, '../../docs/schema/report.schema.json')));
const sarif = () => byAjv(readJson(process.env.SARIF_SCHEMA ?? path.join(here, 'sarif.schema.json')));
const judges = { openapi, report: (file) => report(readJson(file)), sarif: (file) => sarif()(readJson(file)) };

const [kind, ...files] = process.argv.slice(2);
if (!judges[kind] || files.length === 0) {
  console.error('usage: validate.mjs openapi|report|sarif FILE…');
  process.exit(2);
}
let failures = 0;
for (const file of files) {
  const problems = await judges[kind](file);
  failures += problems.length > 0;
  console.log(problems.length > 0 ? `FAILED ${file}\n  ${problems.join('\n  ')}` : `ok ${file}`);
}
process.exit(failures > 0 ? 1 : 0);
