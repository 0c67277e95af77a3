// Holds a derived document to an answer key: every operation, parameter, body field and required flag, nothing invented.
// A header that is a security scheme counts as the parameter, and where the key names one of its own (`auth.header`) who wants it is compared too.
// usage: node derived.mjs FIXTURE OPENAPI.json [--operations]     without bodies; exits 1 with one line per difference
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [fixture, document, only] = process.argv.slice(2);
const key = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), `${fixture}.json`), 'utf8'));
const doc = JSON.parse(readFileSync(document, 'utf8'));
const differences = [];
let compared = 0;

const deref = (node) => {
  for (let depth = 0; node && node.$ref && depth < 20; depth++) {
    node = node.$ref.slice(2).split('/').reduce((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], doc);
  }
  return node ?? {};
};

// Of "this or null" this.
const present = (s) => {
  const others = (s.anyOf ?? []).filter((one) => deref(one).type !== 'null');
  return others.length === 1 && others.length < s.anyOf.length ? deref(others[0]) : s;
};

const merged = (schema) => {
  const s = present(deref(schema));
  return (s.allOf ?? []).map(merged).reduce(
    (all, part) => ({ ...all, ...part, properties: { ...all.properties, ...part.properties }, required: [...(all.required ?? []), ...(part.required ?? [])] }),
    s,
  );
};

function* fields(schema, prefix = '', depth = 0) {
  const s = merged(schema);
  if (depth > 8) return;
  if (s.items) {
    yield [`${prefix}[]`, null];
    yield* fields(s.items, `${prefix}[]`, depth + 1);
  }
  for (const [name, sub] of Object.entries(s.properties ?? {})) {
    const full = prefix ? `${prefix}.${name}` : name;
    yield [full, (s.required ?? []).includes(name)];
    yield* fields(sub, full, depth + 1);
  }
}

const compare = (where, wanted, got) => {
  for (const [name, required] of wanted) {
    compared++;
    if (!got.has(name)) differences.push(`missed   ${where} ${name}`);
    else if (got.get(name) !== null && got.get(name) !== required) differences.push(`required ${where} ${name}: ${got.get(name)}, should be ${required}`);
  }
  for (const name of got.keys()) if (!wanted.has(name) && !name.endsWith('[]')) differences.push(`invented ${where} ${name}`);
};

const hasSecurity = (key.auth?.header ?? 'authorization') !== 'authorization' && key.operations.some((o) => o.security !== undefined);
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const derived = new Map();
for (const [path, item] of Object.entries(doc.paths ?? {})) {
  for (const method of METHODS) if (item[method]) derived.set(`${method.toUpperCase()} ${path}`, { ...item[method], shared: item.parameters ?? [] });
}
const wantedOperations = new Map(key.operations.map((o) => [`${o.method} ${o.path}`, o]));
for (const [name, wanted] of wantedOperations) {
  const method = name.split(' ')[0];
  const names = method === 'ALL' ? METHODS.map((m) => `${m.toUpperCase()} ${wanted.path}`).filter((n) => derived.has(n)) : [name];
  compared++;
  if (names.length === 0 || !derived.has(names[0])) { differences.push(`missed   ${name}`); continue; }
  const got = derived.get(names[0]);
  names.forEach((n) => { derived.get(n).seen = true; });
  const parameters = [...got.shared, ...(got.parameters ?? [])].map(deref);
  const isWanted = (name) => (wanted.parameters ?? []).some((p) => p.in === 'header' && p.name.toLowerCase() === name);
  if ((got.security ?? []).length > 0 && isWanted('authorization')) parameters.push({ in: 'header', name: wanted.parameters.find((p) => p.name.toLowerCase() === 'authorization').name, required: true });
  const schemes = (got.security ?? []).flatMap(Object.keys).map((id) => deref(doc.components?.securitySchemes?.[id])).filter((scheme) => scheme.type === 'apiKey' && scheme.in === 'header');
  for (const scheme of schemes.filter((s) => isWanted(s.name.toLowerCase()))) {
    parameters.push({ in: 'header', name: wanted.parameters.find((p) => p.in === 'header' && p.name.toLowerCase() === scheme.name.toLowerCase()).name, required: true });
  }
  if (hasSecurity) {
    compared++;
    const asked = (got.security ?? []).flatMap(Object.keys).some((id) => (deref(doc.components?.securitySchemes?.[id]).name ?? '').toLowerCase() === key.auth.header.toLowerCase());
    if ((wanted.security === true) !== asked) differences.push(`security ${name}: should ${wanted.security ? '' : 'not '}be told of`);
  }
  compare(name, new Map((wanted.parameters ?? []).map((p) => [`${p.in} ${p.name}`, p.required])), new Map(parameters.map((p) => [`${p.in} ${p.name}`, p.required === true])));
  if (only === '--operations') continue;
  const media = Object.values(deref(got.requestBody).content ?? {})[0];
  compare(`${name} body`, new Map((wanted.body ?? []).map((b) => [b.field, b.required])), new Map(media ? fields(media.schema ?? {}) : []));
}
for (const [name, operation] of derived) if (!operation.seen) differences.push(`invented ${name}`);
for (const line of differences) console.log(line);
console.log(`${fixture}: ${compared} facts compared, ${differences.length} differ`);
process.exit(differences.length ? 1 : 0);
