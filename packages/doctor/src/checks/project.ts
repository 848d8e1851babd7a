import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { finding, type Finding } from '../finding.js';
import { parseObject } from '../http.js';
import { judgeVersion, PEERS } from './versions.js';

const BINDING = '@sesamy-kit/react';
const CORE = '@sesamy-kit/session';

/** Checks the dependencies of an app: the versions that the kit needs, and that there is one copy of the kit. */
export function checkProject(directory: string): readonly Finding[] {
  return [...checkPeers(directory), ...checkCopies(directory)];
}

function checkPeers(directory: string): readonly Finding[] {
  const binding = findPackage(directory, BINDING);
  const ranges = binding === null ? null : readManifest(binding)?.['peerDependencies'];
  if (typeof ranges !== 'object' || ranges === null) return [];
  return PEERS.map(({ id, name }) => {
    const range: unknown = Reflect.get(ranges, name);
    const found = findPackage(directory, name);
    const version = found === null ? null : readVersion(found);
    return judgeVersion(id, version, typeof range === 'string' ? range : '*');
  });
}

function checkCopies(directory: string): readonly Finding[] {
  const found = [CORE, BINDING].flatMap((name) => {
    const first = findPackage(directory, name);
    const nested = copiesBelow(join(directory, 'node_modules'), name);
    const copies = [...new Set([...(first === null ? [] : [first]), ...nested])];
    return copies.length === 0 ? [] : [{ name, copies }];
  });
  if (found.length === 0) return [];
  const seen = found.map(({ name, copies }) => {
    const places = copies.map((copy) => `${readVersion(copy)} in ${relative(directory, copy)}`);
    return `${name} ${places.join(', ')}.`;
  });
  const level = found.every(({ copies }) => copies.length === 1) ? 'ok' : 'warning';
  return [finding('kit-copies', level, seen.join(' '))];
}

/** Returns where a package is that the directory's code would get, as Node resolves it. */
function findPackage(directory: string, name: string): string | null {
  const path = join(directory, 'node_modules', name);
  if (existsSync(join(path, 'package.json'))) return realpathSync(path);
  const parent = dirname(directory);
  return parent === directory ? null : findPackage(parent, name);
}

/** Returns the copies of a package in a `node_modules` and those nested in it. Links are followed to that package only. */
function copiesBelow(modules: string, name: string): readonly string[] {
  const own = join(modules, name);
  const copies = existsSync(join(own, 'package.json')) ? [realpathSync(own)] : [];
  const nested = packagesOf(modules).map((each) => join(each, 'node_modules'));
  return [
    ...copies,
    ...nested.filter((each) => existsSync(each)).flatMap((each) => copiesBelow(each, name)),
  ];
}

/** Returns the packages that really are in a `node_modules`, including those in pnpm's store. */
function packagesOf(modules: string): readonly string[] {
  return directoriesOf(modules).flatMap((path) => {
    const name = relative(modules, path);
    return name.startsWith('@') || name === '.pnpm' ? directoriesOf(path) : [path];
  });
}

function directoriesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}

function readVersion(path: string): string | null {
  const version = readManifest(path)?.['version'];
  return typeof version === 'string' ? version : null;
}

function readManifest(path: string): Readonly<Record<string, unknown>> | null {
  return parseObject(readFileSync(join(path, 'package.json'), 'utf8'));
}
